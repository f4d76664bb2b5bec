import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtractedDependency, JsonObject, Renovate, RuleMatches } from '../src/renovate/types.ts';
import { dependenciesOf, noPresets, openBuilt } from './src/renovate/harness.ts';
import { expectedRows, fixturesRoot, projectRoot } from './support/fixtures.ts';

interface Rule extends JsonObject {
  readonly description: readonly string[];
}

interface Preset {
  readonly description: readonly string[];
  readonly packageRules: readonly Rule[];
}

const folder = join(projectRoot, 'presets/charts');
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, '')).sort();
const textOf = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8');
const read = (name: string): Preset => JSON.parse(textOf(name)) as Preset;
const rules = names.flatMap((name) => read(name).packageRules.map((rule, index) => ({ title: `${name} ${index}`, name, index, rule })));

const repository = join(fixturesRoot, 'charts');
const files = readdirSync(repository, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort();

/** What a rule may set: nothing that makes Renovate do more than without it. */
const EFFECTS = new Set(['automerge', 'dependencyDashboardApproval', 'groupName', 'prBodyDefinitions', 'prBodyNotes', 'separateMultipleMajor', 'separateMultipleMinor', 'versioning']);

let renovate: Renovate;
let extracted: readonly ExtractedDependency[];
let matched: { preset: string; rule: number; file: string; name: string | null; version: string | null }[];

beforeAll(async () => {
  renovate = openBuilt({ limit: 60_000 });
  const bundle = JSON.parse(readFileSync(join(projectRoot, 'default.json'), 'utf8')) as JsonObject & { packageRules: JsonObject[] };
  const flux = JSON.parse(readFileSync(join(projectRoot, 'presets/managers/flux.json'), 'utf8')) as { flux: JsonObject };
  const config = { ...bundle, flux: flux.flux, packageRules: [...bundle.packageRules, ...rules.map(({ rule }) => rule)] };
  const resolved = await renovate.resolve({ config, source: 'renovate.json', presets: noPresets });
  const runs = await renovate.extract({ root: repository, files, config: resolved.config });
  extracted = dependenciesOf(runs);
  const answer: RuleMatches = await renovate.matchRules({ rules: rules.map((_rule, index) => bundle.packageRules.length + index) });
  matched = answer.rules.flatMap(({ verdicts }, i) =>
    verdicts.flatMap((verdict, subject) =>
      verdict.kind !== 'matches'
        ? []
        : answer.subjects[subject]!.dependencies.map(({ run, index }) => {
            const { file, packageName, currentValue } = dependenciesOf([runs[run]!])[index]!;
            return { preset: rules[i]!.name, rule: rules[i]!.index, file, name: packageName, version: currentValue };
          }),
    ),
  );
});
afterAll(() => renovate.close());

test.each(names)('%s: Renovate finds nothing to object to', async (name) => {
  expect(await renovate.validate({ config: read(name) as unknown as JsonObject, source: `presets/charts/${name}.json` })).toEqual([]);
});

test.each(names)('%s says what it changes', (name) => {
  expect(read(name).description.join(' ').length).toBeGreaterThan(20);
});

test.each(rules)('$title states a fact and names its source', ({ rule }) => {
  expect(rule.description).toEqual([expect.stringMatching(/^.{20,}\.$/), expect.stringMatching(/^Source: https:\/\/\S+/)]);
});

test.each(rules)('$title names charts or a repository, in the managers of this package only', ({ rule }) => {
  expect(rule).toEqual(expect.objectContaining({ matchManagers: ['argocd', 'helmv3', 'helm-requirements', 'kustomize', 'flux', 'custom.*'], matchDatasources: expect.any(Array) }));
  expect([...((rule['matchPackageNames'] as string[] | undefined) ?? []), ...((rule['matchRegistryUrls'] as string[] | undefined) ?? [])].filter((pattern) => /[a-z]{3}/.test(pattern))).not.toEqual([]);
});

test.each(rules)('$title only makes Renovate more careful', ({ rule }) => {
  const effects = Object.keys(rule).filter((key) => key !== 'description' && !key.startsWith('match'));
  expect(effects.filter((key) => !EFFECTS.has(key))).toEqual([]);
  expect([false, undefined]).toContain(rule['automerge']);
  expect([true, undefined]).toContain(rule['dependencyDashboardApproval']);
});

/** A policy for all charts steps aside where it finds the mark of its update type. */
test.each(rules.filter(({ rule }) => rule['automerge'] !== undefined))('$title marks each update type that it keeps from merging', ({ rule }) => {
  const types = rule['matchUpdateTypes'] as string[];
  expect(rule['prBodyDefinitions']).toEqual(Object.fromEntries(types.map((type) => [`renovate-argocd-careful-${type}`, type])));
});

test.each(rules.filter(({ rule }) => rule['prBodyDefinitions'] !== undefined))('$title keeps what it marks from merging', ({ rule }) => {
  expect(rule['automerge']).toBe(false);
});

test('update types and versioning never meet in one rule: Renovate refuses it', () => {
  expect(rules.filter(({ rule }) => rule['matchUpdateTypes'] !== undefined && rule['versioning'] !== undefined)).toEqual([]);
});

test('each rule matches the charts of its fixture', () => {
  expect(matched).toEqual(expectedRows('charts', matched));
  expect(rules.filter(({ name, index }) => !matched.some((row) => row.preset === name && row.rule === index)).map(({ title }) => title)).toEqual([]);
});

test('nothing else of the same name is matched: images, forks, other tags', () => {
  const others = extracted.filter(({ file }) => file.startsWith('other/')).map(({ packageName }) => packageName);
  expect(others).toEqual(expect.arrayContaining(['traefik', 'nextcloud', 'quay.io/cilium/cilium', 'ghcr.io/forkline/helm-charts/ingress-nginx', 'gateway', 'https://github.com/external-secrets/external-secrets']));
  expect(matched.filter(({ file }) => file.startsWith('other/'))).toEqual([]);
});
