import { fileURLToPath } from 'node:url';
import { SOURCE_KEY, type JsonObject, type Renovate } from '../../../src/renovate/types.ts';
import { openBuilt } from './harness.ts';

const packageRoot = fileURLToPath(new URL('../../fixtures/renovate/package', import.meta.url));
const MAPPED = 'test/fixtures/renovate/mapped';
let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

function resolve(config: JsonObject, mapped: readonly { reference: string; file: string }[] = []) {
  return renovate.resolve({ config, source: 'renovate.json', presets: { packageRoot, mapped } });
}

/** Where each entry was written, in order. */
async function sources(config: JsonObject, mapped: readonly { reference: string; file: string }[] = []) {
  const { config: resolved, missing } = await resolve(config, mapped);
  const entries = ['customManagers', 'packageRules'].flatMap((list) => (resolved[list] ?? []) as readonly JsonObject[]);
  const found = entries.map((entry) => entry[SOURCE_KEY] as { source: string; index: number } | undefined);
  return { sources: found.map((source) => `${source?.source}#${source?.index}`), missing: missing.map(({ reference }) => reference) };
}

it('an own preset, whatever group, source and tag', async () => {
  const references = ['local>a/renovate-argocd//presets/managers/application', 'gitlab>a/b/renovate-argocd//presets/managers/application#v1', 'github>c/renovate-argocd//presets/managers/application', 'https://git.example.org/a/renovate-argocd/-/raw/main/presets/managers/application.json'];
  for (const reference of references) {
    const { config, missing } = await resolve({ extends: [reference] });
    expect(missing).toEqual([]);
    expect(config['argocd']).toEqual({ managerFilePatterns: ['/\\.yaml$/'] });
  }
});

it.each<[string, JsonObject, string[]]>([
  ['the config itself', { packageRules: [{ matchDepNames: ['a'], enabled: false }, { matchDepNames: ['b'], enabled: false }] }, ['renovate.json#0', 'renovate.json#1']],
  ['a rule that massageConfig splits', { packageRules: [{ matchDepNames: ['a'], labels: ['x'], patch: { automerge: true } }] }, ['renovate.json#0', 'renovate.json#0']],
  ['a built-in preset', { extends: ['helpers:renovateChangelog'] }, ['helpers:renovateChangelog#0']],
  ['a manager in its old form', { regexManagers: [{ fileMatch: ['x'], matchStrings: ['(?<depName>a)(?<currentValue>b)'], datasourceTemplate: 'helm' }] }, ['renovate.json#0']],
  ['default.json, whose entries a preset file has too', { extends: ['local>a/renovate-argocd'] }, ['default.json#0', 'presets/managers/application.json#0']],
  ['relative presets with arguments', { extends: ['local>a/renovate-argocd//presets/recommended'] }, ['presets/managers/application.json#0', 'presets/automerge/patch.json#0', 'presets/automerge/patch.json#0']],
])('names the source: %s', async (_name, config, expected) => {
  await expect(sources(config)).resolves.toEqual({ sources: expected, missing: [] });
});

it('fills in arguments', async () => {
  const { config } = await resolve({ extends: ['local>a/renovate-argocd//presets/automerge/patch(cert-manager)'] });
  expect(config['packageRules']).toEqual([expect.objectContaining({ matchDepNames: ['cert-manager'], labels: ['x'] }), expect.objectContaining({ matchDepNames: ['cert-manager'], matchUpdateTypes: ['patch'], automerge: true })]);
});

it('a mapped preset, those beside it, and one that extends the first again', async () => {
  const mapped = [{ reference: 'local>team/presets', file: `${MAPPED}/default.json5` }];
  await expect(sources({ extends: ['local>team/presets#v2'] }, mapped)).resolves.toEqual({
    sources: [`${MAPPED}/rules/charts.json#0`, `${MAPPED}/default.json5#0`],
    missing: [],
  });
});

it('presets beside a mapped one in a folder stand as far from it as in its repository', async () => {
  const mapped = [{ reference: 'github>team/presets//rules/charts', file: `${MAPPED}/rules/charts.json` }];
  await expect(sources({ extends: ['github>team/presets//rules/charts'] }, mapped)).resolves.toEqual({
    sources: [`${MAPPED}/rules/charts.json#0`],
    missing: ['github>team/presets'],
  });
});

it('arguments that grow for ever end', async () => {
  const { missing } = await resolve({ extends: ['local>team/presets//growing(a)'] }, [{ reference: 'local>team/presets//growing', file: `${MAPPED}/growing.json` }]);
  expect(missing).toHaveLength(1);
});

it.each<[string, string, string]>([
  ['another repository', 'local>platform/other', "Cannot find preset's package (local>platform/other)"],
  ['with tag and arguments as written', 'gitlab>a/b//c/d#v1(x)', "Cannot find preset's package (gitlab>a/b//c/d#v1(x))"],
  ['a file that the package does not have', 'local>a/renovate-argocd//presets/nope', "Cannot find preset's package (local>a/renovate-argocd//presets/nope)"],
  ['a file that is no preset', 'local>a/renovate-argocd:private', "Cannot find preset's package (local>a/renovate-argocd:private)"],
  ['a path out of the package', 'local>a/renovate-argocd//presets/../../../package', "Cannot find preset's package (local>a/renovate-argocd//presets/../../../package)"],
  ['a built-in one', 'config:nope', "Cannot find preset's package (config:nope)"],
  ['a relative one outside of a preset', './x', expect.stringContaining('Relative preset reference cannot be resolved (./x)')],
  ['a malformed one', 'local>a/b//c:d', 'Sub-presets cannot be combined with a custom path (local>a/b//c:d)'],
  ['npm', 'npm>renovate-config-x', "Cannot find preset's package (npm>renovate-config-x)"],
  ['http', 'https://example.org/x.json', "Cannot find preset's package (https://example.org/x.json)"],
])('missing: %s', async (_name, reference, message) => {
  const { config, missing } = await resolve({ extends: [reference, 'helpers:renovateChangelog'], labels: ['kept'] });
  expect(missing).toEqual([{ reference, message }]);
  expect(config).toMatchObject({ labels: ['kept'], packageRules: [expect.anything()] });
});

it('config:recommended, put together at build time, is what Renovate puts together', async () => {
  const flattened = await resolve({ extends: ['config:recommended'], packageRules: [{ matchDepNames: ['a'], enabled: false }] });
  const original = await resolve({ extends: ['config:recommended'], ignorePresets: ['none'], packageRules: [{ matchDepNames: ['a'], enabled: false }] });
  expect((original.config['packageRules'] as unknown[]).length).toBeGreaterThan(700);
  expect(flattened.config).toEqual(original.config);
});

it('ignorePresets reaches into config:recommended', async () => {
  const all = await sources({ extends: ['config:recommended'] });
  const fewer = await sources({ extends: ['config:recommended'], ignorePresets: ['group:monorepos'] });
  expect(fewer.sources.length).toBeLessThan(all.sources.length / 2);
});
