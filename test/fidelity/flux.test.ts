import { PRESETS, startSandbox, type Charts, type Sandbox } from '../sandbox/index.ts';
import { helmRelease, helmRepository } from '../support/flux.ts';

/** What `explain` says of Flux, done by the real Renovate: patches merge, minors wait for a person, and each rewrites the line of its pin. */
const MINUTES = 5 * 60_000;
const PROJECT = 'clusters/flux';

const sources = (charts: Charts): string => `${helmRepository('stable', charts.helm('stable'))}---
${helmRepository('oci', `oci://${charts.registry}/charts`)}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: bundle
  namespace: flux-system
spec:
  url: oci://${charts.registry}/charts/bundle
  ref:
    tag: 1.0.0
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: shop
  namespace: flux-system
spec:
  url: ${charts.git('team/shop')}
  ref:
    tag: v1.0.0
`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    charts: {
      helm: { stable: { web: { '1.0.0': 90, '1.0.1': 30 }, db: { '2.0.0': 90, '2.1.0': 30 } } },
      oci: { 'charts/podinfo': ['6.0.0', '6.0.1', '6.0.2-rc.1'], 'charts/bundle': ['1.0.0', '1.1.0'] },
      git: { 'team/shop': ['v1.0.0', 'v1.0.1'] },
    },
    projects: (charts) => [
      {
        path: PROJECT,
        ci: 'success',
        pipelinesMustSucceed: true,
        files: {
          'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}`, `local>${PRESETS}//presets/managers/flux`], prHourlyLimit: 0 }),
          'sources/all.yaml': sources(charts),
          'apps/web.yaml': helmRelease('web', '1.0.0'),
          'apps/db.yaml': helmRelease('db', '2.0.0'),
          'apps/podinfo.yaml': helmRelease('podinfo', '6.0.0', 'oci'),
        },
      },
    ],
  });
  await sandbox.renovate({ projects: [PROJECT] });
  await sandbox.renovate({ projects: [PROJECT] });
}, MINUTES);
afterAll(() => sandbox.close());

it.each([
  ['a patch of an http chart', 'apps/web.yaml', '      version: 1.0.1\n'],
  ['a patch of a chart in a registry, and no pre-release', 'apps/podinfo.yaml', '      version: 6.0.1\n'],
  ['a patch of a git tag', 'sources/all.yaml', '    tag: v1.0.1\n'],
])('%s merges by itself', (_name, file, line) => {
  expect(sandbox.gitlab.file(PROJECT, file)).toContain(line);
});

it.each([
  ['an http chart', 'apps/db.yaml', 'db', '      version: 2.1.0\n'],
  ['an OCIRepository', 'sources/all.yaml', 'bundle', '    tag: 1.1.0\n'],
])('a minor of %s is a merge request', (_name, file, name, line) => {
  const branches = sandbox.gitlab.project(PROJECT).mergeRequests.filter(({ state, source }) => state === 'opened' && source.includes(name));
  expect(branches.map(({ source }) => sandbox.gitlab.file(PROJECT, file, source))).toEqual([expect.stringContaining(line)]);
});
