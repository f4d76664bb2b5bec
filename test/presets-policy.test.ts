import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../src/cli/analyse.ts';
import { judge } from '../src/cli/judge.ts';
import { rules } from '../src/lint/rules/index.ts';
import type { Json, JsonObject } from '../src/renovate/types.ts';
import { openBuilt } from './src/renovate/harness.ts';
import { application, certManager } from './support/application.ts';
import { configOf, decide, ownPreset, resolved } from './support/decide.ts';
import { dependencies, updateTypes } from './support/dependencies.ts';
import { expectedRows, fixturesRoot, foldersIn, projectRoot, temporaryFolder } from './support/fixtures.ts';

const renovate = openBuilt({ limit: 30_000 });
afterAll(() => renovate.close());

const read = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
const configs = foldersIn('policy').map((name) => [name, read(join(fixturesRoot, 'policy', name, 'renovate.json'))] as const);

/** Every kind of dependency and update, as Renovate's own rules engine decides it. */
async function tableOf(config: JsonObject): Promise<object[]> {
  const whole = await resolved(renovate, config);
  return Promise.all(
    Object.entries(dependencies).map(async ([kind, dependency]) => ({
      dependency: kind,
      ...Object.fromEntries(await Promise.all(updateTypes.map(async (type) => [type, await decide(whole, dependency, type)] as const))),
    })),
  );
}

test.each(configs)('%s', async (name, config) => {
  const table = await tableOf(config);
  expect(table).toEqual(expectedRows(`policy/${name}`, table));
});

const files = readdirSync(join(projectRoot, 'presets'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/').replace(/\.json$/, ''))
  .filter((file) => /^(?:automerge|environment|group|policy|schedule|tier|versioning)\/(?!lib$)/.test(file));
const written = files.map((file) => [file, read(join(projectRoot, 'presets', `${file}.json`))] as const);

test.each(written)('%s: Renovate finds nothing to object to', async (file, config) => {
  expect(await renovate.validate({ config, source: `presets/${file}.json` })).toEqual([]);
});

test.each(written)('%s: it says what it is for, and so do its rules', (file, { description, packageRules = [] }) => {
  const parts = [...(packageRules as readonly JsonObject[]).map((rule) => rule['description']), ...(file.includes('/lib/') ? [] : [description])] as (readonly string[])[];
  expect(parts.filter((part) => (part ?? []).join('').length < 20)).toEqual([]);
});

test('each preset is extended in a fixture', () => {
  const extended = new Set(configs.flatMap(([, config]) => config['extends'] as readonly string[]).map((reference) => reference.replace(/^.*\/\/presets\/|\(.*$/g, '')));
  expect(files.filter((file) => !file.includes('/lib/') && !extended.has(file))).toEqual([]);
});

test('no two files have an entry in common, so that the ones in default.json can be told', () => {
  const entries = readdirSync(join(projectRoot, 'presets'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => ((read(join(projectRoot, 'presets', file))['packageRules'] ?? []) as readonly JsonObject[]).map((rule) => JSON.stringify(rule)));
  expect(entries.filter((entry, index) => entries.indexOf(entry) !== index)).toEqual([]);
});

test('default.json is the managers and the standard policy', async () => {
  const { $schema: _schema, description: _description, packageRules, ...options } = read(join(projectRoot, 'presets/policy/standard.json'));
  const bundle = await resolved(renovate, { extends: ['local>platform/renovate-argocd'] });
  expect(bundle).toMatchObject(options);
  expect((bundle['packageRules'] as readonly JsonObject[]).slice(-(packageRules as readonly Json[]).length).map((rule) => rule['renovate-argocd:source'])).toEqual((packageRules as readonly Json[]).map((_rule, index) => ({ source: 'presets/policy/standard.json', index })));
});

test('merging is left to the pipeline of a merge request', async () => {
  const config = await resolved(renovate, { extends: ['local>platform/renovate-argocd'] });
  expect(await configOf(config, dependencies['http 1.x']!, 'patch')).toMatchObject({
    automerge: true,
    automergeType: 'pr',
    platformAutomerge: true,
    ignoreTests: false,
    minimumReleaseAgeBehaviour: 'timestamp-optional',
    statusCheckWhen: { minimumReleaseAge: 'never' },
    separateMinorPatch: true,
  });
});

test('check finds no fault in a config that extends them, nor in rules of its own behind them', async () => {
  const presets = files.filter((file) => !file.includes('/lib/')).map((file) => ownPreset(`${file}${/^(?:environment|versioning)/.test(file) ? '(apps/**)' : ''}`));
  const named = ['automerge/none', 'automerge/patch', 'tier/critical'].map((file) => ownPreset(`${file}#v1(cert-manager, podinfo)`));
  const packageRules = [{ matchDepNames: ['cert-manager'], matchUpdateTypes: ['patch'], automerge: true }, { matchDepNames: ['**/podinfo'], minimumReleaseAge: '5 days' }];
  const folder = temporaryFolder({
    'renovate.json': JSON.stringify({ extends: ['config:recommended', 'local>platform/renovate-argocd', ...presets, ...named], packageRules }),
    'apps/cert-manager.yaml': certManager,
    'apps/podinfo.yaml': application('podinfo', '6.0.0', 'ghcr.io/stefanprodan/charts'),
  });
  try {
    const analysis = await analyse({ root: folder.root, config: null, presets: { packageRoot: projectRoot, mapped: [] }, cwd: folder.root, validate: true, now: Date.UTC(2026, 0, 1), open: openBuilt });
    expect(judge(analysis, rules)).toEqual([]);
    expect(analysis.pins.map(({ status }) => status)).toEqual(['managed', 'managed']);
  } finally {
    folder.remove();
  }
});
