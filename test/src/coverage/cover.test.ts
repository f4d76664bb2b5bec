import { cover } from '../../../src/coverage/cover.ts';
import type { Pin } from '../../../src/pins/pin.ts';
import type { ExtractedDependency, ManagerRun } from '../../../src/renovate/types.ts';

const helm: Pin = { file: 'a.yaml', line: 9, column: 21, offset: 100, value: '1.0.0', kind: 'helm', idiom: 'application', floating: false, name: 'chart', repository: 'https://charts.example.org', application: 'app' };
const oci: Pin = { ...helm, kind: 'oci', name: 'chart', repository: 'oci://ghcr.io/owner/charts' };
const git: Pin = { ...helm, kind: 'git', value: 'v1.0.0', name: 'repo', repository: 'https://github.com/owner/repo.git' };
const branch: Pin = { ...git, value: 'main', floating: true };
const image: Pin = { ...helm, kind: 'image', name: 'docker.io/library/redis', repository: 'docker.io/library' };

const dependency: ExtractedDependency = {
  file: 'a.yaml', depName: 'chart', packageName: 'chart', datasource: 'helm', currentValue: '1.0.0', currentDigest: null, versioning: null, registryUrls: ['https://charts.example.org/'], enabled: true, skipReason: null, match: null, writeBack: { kind: 'exact', offset: 100 },
};
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const docker = { datasource: 'docker', registryUrls: [] };

function runs(...dependencies: ExtractedDependency[]): ManagerRun[] {
  return [{ manager: 'argocd', index: null, source: null, filePatterns: [], matchStrings: [], matchedFiles: ['a.yaml'], dependencies, dropped: [], error: null }];
}

test.each<[string, Pin, readonly ExtractedDependency[], string, string | null]>([
  ['one dependency that fits', helm, [dependency], 'managed', null],
  ['another host spelling and a final slash are the same registry', { ...helm, repository: 'HTTPS://Charts.example.org' }, [dependency], 'managed', null],
  ['a templated repository is not held against it', { ...helm, repository: null }, [dependency], 'managed', null],
  ['two dependencies', helm, [dependency, { ...dependency }], 'duplicate', 'several-managers'],
  ['a disabled one beside it does not count', helm, [dependency, { ...dependency, enabled: false }], 'managed', null],
  ['a disabled one that never fitted leaves the version to nobody', helm, [{ ...dependency, enabled: false, packageName: '/chart', datasource: 'docker' }], 'unmanaged', 'not-extracted'],
  ['only a disabled one', helm, [{ ...dependency, enabled: false }], 'ignored', 'disabled'],
  ['one that Renovate skips', helm, [{ ...dependency, skipReason: 'invalid-value' }], 'unmanaged', 'skipped'],
  ['none at this place', helm, [{ ...dependency, writeBack: { kind: 'exact', offset: 7 } }], 'unmanaged', 'not-extracted'],
  ['none in this file', { ...helm, file: 'b.yaml' }, [dependency], 'unmanaged', 'no-manager-reads-file'],
  ['another chart', helm, [{ ...dependency, packageName: 'other' }], 'mismatch', 'wrong-name'],
  ['another registry', helm, [{ ...dependency, registryUrls: ['https://other.example.org'] }], 'mismatch', 'wrong-registry'],
  ['no registry', helm, [{ ...dependency, registryUrls: [] }], 'mismatch', 'wrong-registry'],
  ['another datasource', helm, [{ ...dependency, datasource: 'docker' }], 'mismatch', 'wrong-datasource'],
  ['another value', helm, [{ ...dependency, currentValue: '1.0.0"' }], 'mismatch', 'wrong-value'],
  ['an update that changes two places', helm, [{ ...dependency, writeBack: { kind: 'spread', offsets: [100, 200] } }], 'mismatch', 'write-back-spread'],
  ['an update that Renovate cannot write', helm, [{ ...dependency, writeBack: { kind: 'failed', reason: 'x' } }], 'mismatch', 'write-back-failed'],
  ['an OCI chart by its address', oci, [{ ...dependency, ...docker, packageName: 'ghcr.io/owner/charts/chart' }], 'managed', null],
  ['an OCI address that names the chart itself', { ...oci, repository: 'oci://ghcr.io/owner/charts/chart' }, [{ ...dependency, ...docker, packageName: 'ghcr.io/owner/charts/chart' }], 'managed', null],
  ['an OCI chart elsewhere', oci, [{ ...dependency, ...docker, packageName: 'quay.io/owner/charts/chart' }], 'mismatch', 'wrong-registry'],
  ['an OCI chart looked up as http', oci, [dependency], 'mismatch', 'wrong-datasource'],
  ['a git tag', git, [{ ...dependency, datasource: 'git-tags', packageName: 'https://github.com/owner/repo', currentValue: 'v1.0.0' }], 'managed', null],
  ['a git tag by owner and repository', git, [{ ...dependency, datasource: 'github-tags', packageName: 'owner/repo', currentValue: 'v1.0.0' }], 'managed', null],
  ['a git tag of another repository', git, [{ ...dependency, datasource: 'github-tags', packageName: 'owner/other', currentValue: 'v1.0.0' }], 'mismatch', 'wrong-name'],
  ['a branch has nothing to update', branch, [], 'ignored', 'floating'],
  ['a commit, which only a digest can update', { ...git, value: COMMIT }, [{ ...dependency, datasource: 'git-refs', packageName: 'https://github.com/owner/repo.git', currentValue: 'main', currentDigest: COMMIT }], 'managed', null],
  ['another commit', { ...git, value: COMMIT }, [{ ...dependency, datasource: 'git-refs', packageName: 'https://github.com/owner/repo.git', currentValue: 'main', currentDigest: COMMIT.replace('0', '1') }], 'mismatch', 'wrong-value'],
  ['a digest', { ...oci, value: `sha256:${COMMIT}` }, [{ ...dependency, ...docker, packageName: 'ghcr.io/owner/charts/chart', currentValue: null, currentDigest: `sha256:${COMMIT}` }], 'managed', null],
  ['a registry that Flux fills in', { ...helm, repository: null }, [{ ...dependency, registryUrls: ['https://${host}/charts'] }], 'mismatch', 'wrong-registry'],
  ['an OCI registry that Flux fills in', { ...oci, repository: null }, [{ ...dependency, ...docker, packageName: '${registry}/charts/chart' }], 'mismatch', 'wrong-registry'],
  ['a tag that moves has nothing to update', { ...oci, value: 'latest', floating: true }, [], 'ignored', 'floating'],
  ['a range of an OCI chart has', { ...oci, value: '1.x', floating: true }, [], 'unmanaged', 'not-extracted'],
  ['a range that the newest always fits has nothing to update', { ...oci, value: '>=1.2.0', floating: true }, [], 'ignored', 'floating'],
  ['and so has any version', { ...helm, value: '*', floating: true }, [], 'ignored', 'floating'],
  ['a range with an end has', { ...helm, value: '>=1.2.0 <2.0.0', floating: true }, [], 'unmanaged', 'not-extracted'],
  ['Docker Hub in its three spellings', image, [{ ...dependency, ...docker, packageName: 'redis' }], 'managed', null],
])('%s', (_name, pin, dependencies, status, reason) => {
  expect(cover({ pins: [pin], runs: runs(...dependencies), ignoredFiles: [] })).toMatchObject([{ status, reason }]);
});

test('a file that ignorePaths keeps from Renovate', () => {
  expect(cover({ pins: [helm], runs: [], ignoredFiles: ['a.yaml'] })).toMatchObject([{ status: 'ignored', reason: 'path-ignored' }]);
});

test('managers lists every dependency that touches the place, as the contract prints it', () => {
  const [pin] = cover({ pins: [helm], runs: [{ ...runs(dependency)[0]!, source: { source: 'presets/managers/application.json', index: 0 } }], ignoredFiles: [] });
  expect(pin!.managers).toEqual([{ manager: 'argocd', datasource: 'helm', packageName: 'chart', registryUrls: ['https://charts.example.org/'], currentValue: '1.0.0', source: 'presets/managers/application.json' }]);
});
