import { pinUnmanaged } from '../../../../src/lint/rules/pin-unmanaged.ts';
import { versionUnparsable } from '../../../../src/lint/rules/version-unparsable.ts';
import type { CoveredPin } from '../../../../src/coverage/coverage.ts';
import type { ExtractedDependency } from '../../../../src/renovate/types.ts';
import { dependency, findingsOf, pin, run, testRule, type Case } from '../harness.ts';

const skipped = { status: 'unmanaged', reason: 'skipped' } as const;

/** A version of Argo CD and the dependency at its place. */
function pinned(name: string, value: string, extracted: Partial<ExtractedDependency> = {}, covered: Partial<CoveredPin> = {}): Case {
  const { file, offset } = pin();
  const found = dependency({ file, currentValue: value, versioning: 'docker', datasource: 'docker', skipReason: 'invalid-value', writeBack: { kind: 'exact', offset }, ...extracted });
  return { name, pins: [pin({ value, ...skipped, ...covered })], runs: [run({ dependencies: [found] })] };
}

/** A dependency that Argo CD knows nothing of, for each value. */
function other(name: string, values: readonly string[], extracted: Partial<ExtractedDependency> = {}): Case {
  const common = { depName: 'minio/minio', packageName: 'minio/minio', versioning: 'docker', datasource: 'docker', skipReason: 'invalid-value' } as const;
  return { name, texts: { 'values.yaml': `a: 1\ntag: ${values[0]!}\n` }, runs: [run({ dependencies: values.map((currentValue) => dependency({ ...common, currentValue, ...extracted })) })] };
}

const place = 'applications/templates/app-cert-manager.yaml:12:21';
const skips = 'so it is skipped (invalid-value) and never gets an update';

function rule(versioning: string, name = 'cert-manager'): string {
  return JSON.stringify({ matchPackageNames: [name], versioning });
}

testRule(versionUnparsable, {
  accept: [
    { name: 'a managed version', pins: [pin()], runs: [run({ dependencies: [dependency()] })] },
    pinned('another reason to skip', '1.0.0', { skipReason: 'invalid-config' }),
    pinned('a dependency that is off', '1.0.0', { enabled: false }),
    pinned('a branch with a number', 'feature/12', {}, { kind: 'git', floating: true }),
    pinned('a version that another manager keeps', '1.0.0+1', {}, { status: 'managed', reason: null }),
    other('an empty value', ['']),
    other('a word', ['latest']),
    other('a commit', ['e6190ae1']),
    other('the name of a build', ['preview-pr184']),
    other('a template', ['{{ .Values.tag }}-1.0']),
    other('a quote, which manager-captured-syntax reports', ['1.0.0"']),
    { ...other('a repository without a config, where nothing is skipped', ['RELEASE.2024-04-18T19-09-19Z']), documents: {} },
    { ...pinned('a version of Argo CD without a config, which pin-unmanaged reports', '1.0.0+1'), documents: {} },
  ],
  reject: [
    { ...pinned('build metadata of an OCI chart', '1.0.0+build.5'), findings: [`${place} error 1.0.0+build.5 of chart cert-manager is no version in Renovate's versioning docker, ${skips}`], remedies: [rule('helm')] },
    { ...pinned('a range of an OCI chart', '~1.2'), findings: [`${place} error ~1.2 of chart cert-manager is no version in Renovate's versioning docker, ${skips}`], remedies: [rule('helm')] },
    { ...pinned('a date of a chart', '2024.01.05', { versioning: 'helm', datasource: 'helm' }), findings: [`${place} error 2024.01.05 of chart cert-manager is no version in Renovate's versioning helm, ${skips}`], remedies: [rule('loose')] },
    { ...pinned('four numbers', '1.2.3.4', { versioning: 'helm', datasource: 'helm' }), findings: [`${place} error 1.2.3.4 of chart cert-manager is no version in Renovate's versioning helm, ${skips}`], remedies: [rule('loose')] },
    {
      ...pinned('a prefix', 'release-1.2.3-4', { versioning: 'semver', datasource: 'git-tags' }),
      findings: [`${place} error release-1.2.3-4 of chart cert-manager is no version in Renovate's versioning semver, ${skips}`],
      remedies: [rule('regex:^release-(?<major>\\d+)\\.(?<minor>\\d+)\\.(?<patch>\\d+)-(?<build>\\d+)$')],
    },
    { ...pinned('the wrong versioning for an image', '3.22', { versioning: 'semver' }), findings: [`${place} error 3.22 of chart cert-manager is no version in Renovate's versioning semver, ${skips}`], remedies: [rule('docker')] },
    { ...pinned('a name before the version', 'quay.io/a/b:v1.0.0', { versioning: 'semver' }), findings: [`${place} error quay.io/a/b:v1.0.0 of chart cert-manager is no version in Renovate's versioning semver, ${skips}`], remedies: ['capture the version alone'] },
    { ...pinned('a word with a number', 'tk5'), findings: [`${place} error tk5 of chart cert-manager is no version in Renovate's versioning docker, ${skips}`], remedies: ['another "versioning"'] },
    {
      ...pinned('a preset that could not be read, which may set a versioning', '1.0.0+1'),
      missing: [{ reference: 'local>a/b', message: 'not found' }],
      findings: [`${place} info 1.0.0+1 of chart cert-manager is no version in Renovate's versioning docker, ${skips}`],
      remedies: [rule('helm')],
    },
    {
      ...other('numbers before and behind the version', ['ubi9-17.5-2520']),
      findings: [`values.yaml:2:6 warning ubi9-17.5-2520 of minio/minio is no version in Renovate's versioning docker, ${skips}`],
      remedies: [rule('regex:^(?<compatibility>ubi\\d+-)(?<major>\\d+)\\.(?<minor>\\d+)-(?<build>\\d+)$', 'minio/minio')],
    },
    {
      ...other('dated tags, once for the package', ['RELEASE.2024-04-18T19-09-19Z', 'RELEASE.2024-05-01T01-02-03Z']),
      findings: [`values.yaml:2:6 warning RELEASE.2024-04-18T19-09-19Z of minio/minio is no version in Renovate's versioning docker, ${skips} (and 1 more such value)`],
      remedies: [rule('regex:^RELEASE\\.(?<major>\\d+)-(?<minor>\\d+)-(?<patch>\\d+)T\\d+-\\d+-\\d+Z$', 'minio/minio')],
    },
  ],
});

describe('an unmanaged version is reported by this rule or by pin-unmanaged, and never by both', () => {
  it.each<[string, Case, string]>([
    ['read as no version', pinned('', '1.0.0+1'), 'version-unparsable'],
    ['read as no version, by one of two', { ...pinned('', '1.0.0+1'), runs: [run({ dependencies: [dependency()] }), ...pinned('', '1.0.0+1').runs!] }, 'version-unparsable'],
    ['written back with another place', pinned('', '1.0.0+1', { writeBack: { kind: 'spread', offsets: [10, 300] } }), 'version-unparsable'],
    ['a word', pinned('', 'stable'), 'pin-unmanaged'],
    ['a branch', pinned('', 'feature/12', {}, { kind: 'git', floating: true }), 'pin-unmanaged'],
    ['another reason to skip', pinned('', '1.0.0', { skipReason: 'invalid-name' }), 'pin-unmanaged'],
    ['not extracted', pinned('', '1.0.0', {}, { reason: 'not-extracted' }), 'pin-unmanaged'],
    ['no config', { ...pinned('', '1.0.0+1'), documents: {} }, 'pin-unmanaged'],
    ['no manager', pinned('', '1.0.0', {}, { reason: 'no-manager-reads-file' }), 'pin-unmanaged'],
  ])('%s', (_name, given, expected) => {
    expect([versionUnparsable, pinUnmanaged].flatMap((each) => findingsOf(each, given)).map((finding) => finding.rule)).toEqual([expected]);
  });
});
