import { get } from 'renovate/dist/modules/versioning/index.js';
import { classifyRelease } from 'renovate/dist/workers/repository/process/lookup/update-type.js';
import { openBuilt } from './src/renovate/harness.ts';
import { configOf, ownPreset, resolved } from './support/decide.ts';
import { dependencies } from './support/dependencies.ts';
import { projectRoot, temporaryFolder } from './support/fixtures.ts';

const renovate = openBuilt({ limit: 30_000 });
afterAll(() => renovate.close());

const FILES = {
  'chart.yaml': source('repoURL: quay.io/jetstack/charts\n    chart: cert-manager\n    targetRevision: 1.0.0-rc.1'),
  'whole.yaml': source('repoURL: oci://ghcr.io/stefanprodan/charts/podinfo\n    path: .\n    targetRevision: 6.0.0'),
  'number.yaml': source('repoURL: oci://ghcr.io/stefanprodan/charts\n    chart: podinfo\n    targetRevision: 6.10'),
  'images.yaml': source('repoURL: https://example.org/apps.git\n    path: a\n    targetRevision: v1.0.0\n    kustomize:\n      images:\n        - nginx=docker.io/library/nginx:1.27.0-alpine'),
  'values.yaml': 'apps:\n  - repoURL: oci://ghcr.io/stefanprodan/charts\n    chart: podinfo\n    targetRevision: 6.1.0\n',
  'umbrella/Chart.yaml': 'apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n  - name: podinfo\n    repository: oci://ghcr.io/stefanprodan/charts\n    version: ^6.2.0\n',
  'kustomization.yaml': 'helmCharts:\n  - name: podinfo\n    repo: oci://ghcr.io/stefanprodan/charts\n    version: 6.3.0\nimages:\n  - name: docker.io/library/nginx\n    newTag: 1.27.1-alpine\n',
  'versions/all.txt': 'oci://ghcr.io/stefanprodan/charts podinfo: 6.4.0\n',
};

function source(lines: string): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\nspec:\n  source:\n    ${lines}\n`;
}

test('charts of OCI registries have the versions of charts, images those of images', async () => {
  const folder = temporaryFolder(FILES);
  try {
    const { config } = await renovate.resolve({ config: { extends: ['local>platform/renovate-argocd'] }, source: 'renovate.json', presets: { packageRoot: projectRoot, mapped: [] } });
    const runs = await renovate.extract({ root: folder.root, files: Object.keys(FILES), config });
    const found = runs.flatMap(({ dependencies: all }) => all).filter(({ datasource, enabled }) => datasource === 'docker' && enabled);
    expect(found.map(({ file, currentValue, versioning, skipReason }) => [file, currentValue, versioning, skipReason].join(' ')).sort()).toEqual([
      'chart.yaml 1.0.0-rc.1 helm ',
      'images.yaml 1.27.0-alpine docker ',
      'kustomization.yaml 1.27.1-alpine docker ',
      'kustomization.yaml 6.3.0 helm ',
      'number.yaml 6.10 helm ',
      'umbrella/Chart.yaml ^6.2.0 helm ',
      'values.yaml 6.1.0 helm ',
      'versions/all.txt 6.4.0 helm ',
      'whole.yaml 6.0.0 helm ',
    ]);
  } finally {
    folder.remove();
  }
});

test.each([
  ['24.10.1', '25.1.0', 'minor'],
  ['24.10.1', '24.11.0', 'patch'],
  ['24.10.1', '24.10.2', 'patch'],
  ['2024.10', '2024.11', 'patch'],
  ['v2024.04.0', 'v2025.1.0', 'minor'],
])('versioning/calendar: from %s to %s is a %s', async (current, next, type) => {
  const config = await resolved(renovate, { extends: [ownPreset('versioning/calendar(authentik)')] });
  const versioning = get((await configOf(config, dependencies['http by date']!, 'minor'))['versioning'] as string);
  expect([versioning.isValid(current), versioning.isGreaterThan(next, current), versioning.isStable(next), versioning.isStable(`${next}-rc.1`)]).toEqual([true, true, true, false]);
  expect(classifyRelease(versioning, current, next)).toBe(type);
});
