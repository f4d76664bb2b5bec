import type { JsonObject, Renovate } from '../../../src/renovate/types.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { dependenciesOf, extractFrom, noPresets, openBuilt } from './harness.ts';

let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

const CHART = `apiVersion: v2
name: umbrella
version: 0.1.0
dependencies:
  - name: redis
    version: 18.1.0
    repository: https://charts.example.org
`;

async function extract(files: Readonly<Record<string, string>>, config: JsonObject) {
  const folder = temporaryFolder(files);
  try {
    return await extractFrom(renovate, folder.root, Object.keys(files), config);
  } finally {
    folder.remove();
  }
}

it('names its engine', async () => {
  await expect(renovate.engine()).resolves.toEqual({ renovate: '44.121.2', regex: expect.stringMatching(/^(?:RE2|RegExp)$/) });
});

it.each<[string, JsonObject, object]>([
  ['as it is', {}, { enabled: true, skipReason: null, versioning: 'helm', packageName: 'redis' }],
  ['a rule switches it off', { packageRules: [{ matchDepNames: ['redis'], enabled: false }] }, { enabled: false, skipReason: 'disabled' }],
  ['a rule that does not match', { packageRules: [{ matchDepNames: ['other'], enabled: false }] }, { enabled: true }],
  ['a later rule switches it on', { packageRules: [{ matchDepNames: ['*'], enabled: false }, { matchManagers: ['helmv3'], enabled: true }] }, { enabled: true, skipReason: null }],
  ['the manager is off', { helmv3: { enabled: false } }, { enabled: false }],
  ['the repository is off', { enabled: false }, { enabled: false }],
  ['ignoreDeps', { ignoreDeps: ['redis'] }, { skipReason: 'ignored' }],
  ['another registry', { packageRules: [{ matchDepNames: ['redis'], registryUrls: ['https://mirror.example.org'] }] }, { registryUrls: ['https://mirror.example.org'] }],
  ['another name', { packageRules: [{ matchDepNames: ['redis'], overridePackageName: 'mirror/redis', overrideDatasource: 'docker' }] }, { packageName: 'mirror/redis', datasource: 'docker' }],
  ['an unknown datasource', { packageRules: [{ matchDepNames: ['redis'], overrideDatasource: 'nope' }] }, { skipReason: 'invalid-config' }],
  ['a versioning that refuses the value', { packageRules: [{ matchDepNames: ['redis'], versioning: 'regex:^v(?<major>\\d+)$' }] }, { skipReason: 'invalid-value' }],
  [
    'a condition on what an earlier rule wrote',
    { packageRules: [{ matchDepNames: ['redis'], groupName: 'marked' }, { matchJsonata: ["groupName = 'marked'"], enabled: false }] },
    { enabled: false },
  ],
])('%s', async (_name, config, expected) => {
  const runs = await extract({ 'Chart.yaml': CHART }, config);
  expect(dependenciesOf(runs)).toEqual([expect.objectContaining(expected)]);
});

it('ignored and not included files are not read', async () => {
  const runs = await extract({ 'a/Chart.yaml': CHART, 'b/Chart.yaml': CHART, 'c/Chart.yaml': CHART }, { includePaths: ['a/**', 'b/**'], ignorePaths: ['b/'] });
  expect(runs).toEqual([expect.objectContaining({ manager: 'helmv3', matchedFiles: ['a/Chart.yaml'] })]);
});

it('a custom manager that reads no file is listed, a built-in one is not', async () => {
  const runs = await extract({ 'x.txt': '' }, { customManagers: [{ customType: 'regex', managerFilePatterns: ['/y/'], matchStrings: ['(?<depName>z)'] }] });
  expect(runs).toEqual([
    { manager: 'custom.regex', index: 0, source: { source: 'renovate.json', index: 0 }, filePatterns: ['/y/'], matchStrings: ['(?<depName>z)'], matchedFiles: [], dependencies: [], dropped: [], error: null },
  ]);
});

it('the error of one manager does not lose the others', async () => {
  const runs = await extract(
    { 'Chart.yaml': CHART },
    { customManagers: [{ customType: 'regex', managerFilePatterns: ['**'], matchStrings: ['(?<depName>'], datasourceTemplate: 'helm' }] },
  );
  expect(runs.map(({ manager, dependencies, error }) => [manager, dependencies.length, error])).toEqual([
    ['helmv3', 1, null],
    ['custom.regex', 0, expect.stringMatching(/^Invalid regular expression \(re2\): \(\?<depName>/)],
  ]);
});

it("a JSONata query's warning is its error", async () => {
  const runs = await extract(
    { 'Chart.yaml': CHART },
    { enabledManagers: ['custom.jsonata'], customManagers: [{ customType: 'jsonata', fileFormat: 'yaml', managerFilePatterns: ['**'], matchStrings: ['$uppercase(1)'], datasourceTemplate: 'helm' }] },
  );
  expect(runs).toEqual([expect.objectContaining({ manager: 'custom.jsonata', error: expect.stringContaining('Error executing jsonata query') })]);
});

it('what a custom manager matches is kept with its place, and what Renovate discards of it with what it lacks', async () => {
  const runs = await extract(
    { 'x.yaml': 'a: 1.0.0\nb: 2.0.0 # helm\na: 1.0.0\n' },
    { customManagers: [{ customType: 'regex', managerFilePatterns: ['**'], matchStrings: ['(?<depName>\\w+): (?<currentValue>\\S+)(?: # (?<datasource>\\w+))?'] }] },
  );
  expect(runs).toEqual([
    expect.objectContaining({
      dependencies: [expect.objectContaining({ depName: 'b', match: { offset: 9, length: 15 }, writeBack: { kind: 'exact', offset: 12 } })],
      dropped: [
        { file: 'x.yaml', match: { offset: 0, length: 8 }, missing: ['datasource'], value: '1.0.0' },
        { file: 'x.yaml', match: { offset: 25, length: 8 }, missing: ['datasource'], value: '1.0.0' },
      ],
    }),
  ]);
});

it('a symbolic link out of the directory is not followed', async () => {
  const folder = temporaryFolder({ 'inside/x.txt': '', 'outside/Chart.yaml': CHART });
  try {
    const { symlinkSync } = await import('node:fs');
    symlinkSync('../outside/Chart.yaml', `${folder.root}/inside/Chart.yaml`);
    const runs = await extractFrom(renovate, `${folder.root}/inside`, ['Chart.yaml'], {});
    expect(dependenciesOf(runs)).toEqual([]);
  } finally {
    folder.remove();
  }
});

it('templates see no environment', async () => {
  process.env['RENOVATE_ARGOCD_TEST'] = 'leak';
  const runs = await extract({ 'x.txt': 'a: 1.0.0' }, {
    customManagers: [{ customType: 'regex', managerFilePatterns: ['**'], matchStrings: ['(?<depName>a): (?<currentValue>\\S+)'], datasourceTemplate: 'helm', packageNameTemplate: 'x{{env.RENOVATE_ARGOCD_TEST}}{{env.HOME}}{{env.PATH}}' }],
  });
  expect(dependenciesOf(runs)).toEqual([expect.objectContaining({ packageName: 'x' })]);
});

describe('validate', () => {
  it.each<[string, JsonObject, unknown[]]>([
    ['a good config', { extends: ['config:recommended'], argocd: { managerFilePatterns: ['/x/'] } }, []],
    ['an old config', { extends: ['config:base'], argocd: { fileMatch: ['x'] } }, []],
    ['an unknown option', { nope: true }, [{ level: 'error', topic: 'Configuration Error', message: 'Invalid configuration option: nope' }]],
    ['a missing preset in a rule', { packageRules: [{ extends: ['config:nope', 'local>a/b'], matchDepNames: ['a'], enabled: false }] }, []],
  ])('%s', async (_name, config, expected) => {
    await expect(renovate.validate({ config, source: 'renovate.json', presets: noPresets })).resolves.toEqual(expected);
  });
});
