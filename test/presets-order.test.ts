import { join } from 'node:path';
import type { JsonObject } from '../src/renovate/types.ts';
import { openBuilt } from './src/renovate/harness.ts';
import { ageAtLookup, configOf, decide, ownPreset, resolved } from './support/decide.ts';
import { dependencies } from './support/dependencies.ts';
import { fixturesRoot } from './support/fixtures.ts';

const renovate = openBuilt({ limit: 30_000 });
afterAll(() => renovate.close());

const CAREFUL = 'local>team/presets//careful';
const mapped = [{ reference: CAREFUL, file: join(fixturesRoot, 'presets/careful.json') }];

function load(presets: readonly string[], packageRules: readonly JsonObject[] = []): Promise<JsonObject> {
  const references = presets.map((preset) => (preset === 'careful' ? CAREFUL : ownPreset(preset)));
  return resolved(renovate, { extends: references, packageRules }, mapped);
}

const CELLS: readonly (readonly [string, string])[] = [
  ...['http 1.x', 'http 0.x', 'OCI in production'].flatMap((kind) => ['major', 'minor', 'patch'].map((type) => [kind, type] as const)),
  ['http 1.x', 'digest'],
  ['http in production', 'patch'],
];

async function outcome(presets: readonly string[]): Promise<string> {
  const config = await load(presets);
  const rows = await Promise.all(CELLS.map(async ([kind, type]) => `${kind} ${type}: ${await decide(config, dependencies[kind]!, type)}; looked up with ${await ageAtLookup(config, dependencies[kind]!, type)}`));
  return rows.join('\n');
}

function orders<T>(items: readonly T[]): T[][] {
  return items.length < 2 ? [[...items]] : items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const SETS: readonly (readonly string[])[] = [
  ['policy/fast', 'automerge/none(cert-manager)', 'automerge/patch(external-secrets)'],
  ['policy/fast', 'automerge/none(cert-manager)', 'automerge/minor(*-manager)', 'automerge/patch(external-*)'],
  ['policy/standard', 'automerge/minor', 'automerge/major(cert-manager)', 'automerge/patch(external-secrets)'],
  ['policy/standard', 'automerge/major', 'automerge/none(cert-manager)', 'automerge/digest(cert-manager)'],
  ['policy/standard', 'automerge/minor(cert-manager)', 'tier/normal', 'tier/critical(cert-manager)'],
  ['policy/fast', 'environment/production(clusters/production/**)', 'tier/low(cert-manager)', 'automerge/none(external-secrets)'],
  ['policy/fast', 'careful', 'automerge/minor', 'automerge/major(external-secrets)'],
  ['policy/standard', 'careful', 'automerge/major(cert-manager)'],
  ['policy/manual', 'automerge/minor(external-secrets)', 'automerge/patch'],
];

test.each(SETS.map((set) => [set.join(' '), set] as const))('the order does not matter: %s', async (_name, set) => {
  const outcomes = [];
  for (const order of orders(set)) outcomes.push(await outcome(order));
  expect([...new Set(outcomes)]).toEqual([outcomes[0]]);
});

test.each([
  ['no preset overrides none(NAME)', ['automerge/none(cert-manager)', 'automerge/major', 'policy/fast', 'automerge/major(cert-*)'], 'minor', 'merge-request after 3 days'],
  ['patch(NAME) under a policy that merges minors', ['automerge/patch(cert-manager)', 'policy/fast'], 'minor', 'merge-request after 3 days'],
  ['patch(NAME) still merges patches', ['automerge/patch(cert-manager)', 'policy/manual'], 'patch', 'automerge after 3 days'],
  ['major(NAME) needs no approval', ['automerge/major(cert-manager)', 'policy/standard'], 'major', 'automerge after 3 days'],
  ['minor(NAME) leaves majors to the policy', ['policy/standard', 'automerge/minor(cert-manager)'], 'major', 'approval'],
  ["a chart's own preset keeps its minors for a person", ['careful', 'policy/fast', 'automerge/minor(cert-manager)'], 'minor', 'merge-request after 3 days'],
  ["a chart's own preset keeps its approval", ['careful', 'policy/manual', 'automerge/major'], 'major', 'approval after 3 days'],
  ['of two policies the later holds', ['policy/fast', 'policy/manual'], 'minor', 'merge-request after 3 days'],
])('%s', async (_name, presets, type, expected) => {
  expect(await decide(await load(presets), dependencies['http 1.x']!, type)).toBe(expected);
});

const SETTINGS: readonly JsonObject[] = [
  { automerge: true, dependencyDashboardApproval: false, minimumReleaseAge: '1 day', platformAutomerge: true, automergeSchedule: ['* * * * 1'] },
  { automerge: false, dependencyDashboardApproval: true, minimumReleaseAge: '30 days', additionalBranchPrefix: 'x-', versioning: 'semver' },
];

test.each(SETS.flatMap((set) => SETTINGS.map((settings) => [set.join(' '), set, settings] as const)))("a user's own rule has the last word: %s", async (_name, set, settings) => {
  const config = await load(set, [{ matchDepNames: ['cert-manager', 'external-secrets'], ...settings }]);
  for (const [kind, type] of CELLS.slice(0, 6)) expect(await configOf(config, dependencies[kind]!, type)).toMatchObject(settings);
});
