import type { JsonObject, Renovate } from '../../../src/renovate/types.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { noPresets, openBuilt } from './harness.ts';

let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

const CHART = 'apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n  - name: cilium\n    version: 1.15.4\n    repository: https://helm.cilium.io\n  - name: redis\n    version: 18.0.0\n    repository: oci://ghcr.io/charts\n';

/** The verdicts of each rule on the charts cilium and redis. */
async function verdicts(packageRules: readonly JsonObject[], files: Readonly<Record<string, string>> = {}): Promise<{ verdicts: string[]; updateTypes: unknown; unread: readonly string[] }[]> {
  const folder = temporaryFolder({ 'charts/Chart.yaml': CHART, ...files });
  try {
    await renovate.resolve({ config: { packageRules } as JsonObject, source: 'renovate.json', presets: noPresets });
    await renovate.extract({ root: folder.root, files: ['charts/Chart.yaml', ...Object.keys(files)], config: null });
    const answer = await renovate.matchRules({ rules: packageRules.map((_rule, index) => index) });
    const unread = answer.unread.map(({ manager }) => manager);
    return answer.rules.map((rule) => ({ updateTypes: rule.updateTypes, unread, verdicts: rule.verdicts.map((verdict) => (verdict.kind === 'matches' ? 'matches' : `${verdict.kind} ${verdict.matchers.join(' ')}`)) }));
  } finally {
    folder.remove();
  }
}

const set = { automerge: true };

it.each<[string, JsonObject, string[]]>([
  ['no matcher', { ...set }, ['matches', 'matches']],
  ['a name', { ...set, matchPackageNames: ['cilium'] }, ['matches', 'fails matchPackageNames']],
  ['a name in an OCI registry', { ...set, matchPackageNames: ['**/redis'] }, ['fails matchPackageNames', 'matches']],
  ['a regex with a slash', { ...set, matchPackageNames: ['/cilium/.*/'] }, ['fails matchPackageNames', 'fails matchPackageNames']],
  ['all that fail', { ...set, matchManagers: ['argocd'], matchDatasources: ['docker'], matchFileNames: ['charts/**'] }, ['fails matchManagers matchDatasources', 'fails matchManagers']],
  ['a version', { ...set, matchCurrentVersion: '<2.0.0' }, ['matches', 'fails matchCurrentVersion']],
  ['a category', { ...set, matchCategories: ['helm'] }, ['matches', 'matches']],
  ['a registry', { ...set, matchRegistryUrls: ['https://helm.cilium.io**'] }, ['matches', 'fails matchRegistryUrls']],
  ['what only a lookup tells', { ...set, matchSourceUrls: ['**'] }, ['undecidable matchSourceUrls', 'undecidable matchSourceUrls']],
  ['the same beside a name', { ...set, matchSourceUrls: ['**'], matchPackageNames: ['cilium'] }, ['undecidable matchSourceUrls', 'fails matchPackageNames']],
  ['an expression about what is known', { ...set, matchJsonata: ["depName = 'cilium' and datasource = 'helm'"] }, ['matches', 'fails matchJsonata']],
  ['an expression about a release', { ...set, matchJsonata: ['$exists(releaseTimestamp)'] }, ['undecidable matchJsonata', 'undecidable matchJsonata']],
])('%s', async (_name, rule, expected) => {
  await expect(verdicts([rule])).resolves.toEqual([expect.objectContaining({ verdicts: expected, updateTypes: null })]);
});

it('rules change what the next one sees', async () => {
  const [, second] = await verdicts([{ matchPackageNames: ['cilium'], overridePackageName: 'isovalent' }, { ...set, matchPackageNames: ['isovalent'] }]);
  expect(second?.verdicts).toEqual(['matches', 'fails matchPackageNames']);
});

it('update types stand apart, globs and negations worked out', async () => {
  const rules = await verdicts([{ ...set, matchUpdateTypes: ['m*'] }, { ...set, matchUpdateTypes: ['!major'] }]);
  expect(rules.map(({ updateTypes }) => updateTypes)).toEqual([['major', 'minor'], expect.not.arrayContaining(['major'])]);
});

it('a rule that fits nothing asks who else has files', async () => {
  const [rule] = await verdicts([{ ...set, matchPackageNames: ['nobody'] }], { 'package.json': '{}', 'x.txt': '' });
  expect(rule?.unread).toEqual(['bun', 'npm']);
});

it('equal dependencies are one subject', async () => {
  const folder = temporaryFolder({ 'a/Chart.yaml': CHART, 'b/Chart.yaml': CHART });
  try {
    await renovate.resolve({ config: { packageRules: [{ ...set, matchPackageNames: ['cilium'] }] }, source: 'renovate.json', presets: noPresets });
    await renovate.extract({ root: folder.root, files: ['a/Chart.yaml', 'b/Chart.yaml'], config: null });
    const { subjects } = await renovate.matchRules({ rules: [0] });
    expect(subjects).toEqual([{ dependencies: [{ run: 0, index: 0 }, { run: 0, index: 2 }] }, { dependencies: [{ run: 0, index: 1 }, { run: 0, index: 3 }] }]);
  } finally {
    folder.remove();
  }
});
