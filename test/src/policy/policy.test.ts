import { compare } from '../../../src/policy/compare.ts';
import { policyOf } from '../../../src/policy/policy.ts';
import type { PolicyRow } from '../../../src/policy/cell.ts';
import { SOURCE_KEY, UPDATE_TYPES, type JsonObject, type Outcome } from '../../../src/renovate/types.ts';
import { dependency, pin, run } from '../lint/harness.ts';

interface Given {
  readonly settings?: JsonObject;
  readonly rules?: readonly number[];
  readonly block?: readonly string[];
  readonly undecided?: Outcome['undecided'];
  readonly datasource?: string;
}

const packageRules = [
  { description: ['Patches merge.'], automerge: true, [SOURCE_KEY]: { source: 'presets/automerge/patch.json', index: 0 } },
  { description: 'Waits.', minimumReleaseAge: '3 days', [SOURCE_KEY]: { source: 'renovate.json', index: 1 } },
  { force: { automerge: false }, [SOURCE_KEY]: { source: 'renovate.json', index: 2 } },
  { enabled: false, [SOURCE_KEY]: { source: 'group:monorepos', index: 7 } },
];
const resolved = { automerge: true, patch: { automerge: true }, argocd: { groupName: 'apps' }, packageRules } as unknown as JsonObject;
const documents = [{ source: 'renovate.json', value: { patch: { automerge: true } } }];

function rowsFor(given: Given): PolicyRow[] {
  const found = dependency({ file: 'a.yaml', datasource: given.datasource ?? 'helm', writeBack: { kind: 'exact', offset: 7 } });
  const outcome = { type: 'patch', manager: 'argocd', settings: {}, block: [], rules: [], undecided: [], ...given } as Outcome;
  return policyOf({
    pins: [pin({ file: 'a.yaml', offset: 7 }), pin({ file: 'b.yaml', offset: 7, status: 'unmanaged' })],
    runs: [run({ dependencies: [found] })],
    decisions: { subjects: [{ dependencies: [{ run: 0, index: 0 }], cells: UPDATE_TYPES.map(() => 0) }], outcomes: [outcome] },
    resolved,
    documents,
    withoutReleaseDates: ['git-tags'],
  });
}

it.each<[string, Given, string, string[]]>([
  ['nothing that anybody says', { settings: {} }, 'merge-request', ['group', 'top']],
  ['a rule that merges', { settings: { automerge: true }, rules: [0] }, 'automerge', ['group', 'presets/automerge/patch.json 0 Patches merge.']],
  ['a rule that waits, and one that merges, which stands last', { settings: { automerge: true, minimumReleaseAge: '3 days' }, rules: [0, 1] }, 'automerge', ['group', 'renovate.json 1 Waits.', 'presets/automerge/patch.json 0 Patches merge.']],
  ['a forced one', { settings: { automerge: false }, rules: [0, 2] }, 'merge-request', ['group', 'renovate.json 2 ']],
  ['a block of the config', { settings: { automerge: true }, block: ['automerge'] }, 'automerge', ['group', 'renovate.json null patch: { automerge: true }']],
  ['approval before merging', { settings: { automerge: true, dependencyDashboardApproval: true }, rules: [0] }, 'approval', ['group']],
  ['what is off', { settings: { enabled: false, automerge: true }, rules: [3] }, 'disabled', ['group', 'group:monorepos 7 ']],
])('%s', (_name, given, action, rules) => {
  const { patch } = rowsFor(given)[0]!.updates;
  const words: Record<string, string> = { 'a preset null argocd: { groupName: "apps" }': 'group', 'a preset null automerge: true': 'top' };
  expect(patch.action).toBe(action);
  expect(patch.rules.map(({ source, index, description }) => `${source} ${index} ${description}`).map((text) => words[text] ?? text)).toEqual(rules);
});

it('a step back is proposed only where rollbackPrs says so', () => {
  const { rollback } = rowsFor({ settings: {} })[0]!.updates;
  expect(rollback.action).toBe('merge-request');
});

it.each<[string, Given, string | null]>([
  ['a date', { settings: { minimumReleaseAge: '3 days' } }, '3 days'],
  ['no date, which is waited for', { settings: { minimumReleaseAge: '3 days' }, datasource: 'git-tags' }, '3 days'],
  ['no date, which is not waited for', { settings: { minimumReleaseAge: '3 days', minimumReleaseAgeBehaviour: 'timestamp-optional' }, datasource: 'git-tags' }, null],
  ['a date where none would be waited for', { settings: { minimumReleaseAge: '3 days', minimumReleaseAgeBehaviour: 'timestamp-optional' } }, '3 days'],
])('the age of a release with %s', (_name, given, age) => {
  expect(rowsFor(given)[0]!.updates.patch.minimumReleaseAge).toBe(age);
});

it('rules that only a lookup can judge are said, but not those of built-in presets', () => {
  const undecided = [{ rule: 1, matchers: ['matchSourceUrls'] }, { rule: 3, matchers: ['matchSourceUrls'] }];
  expect(rowsFor({ undecided })[0]!.updates.patch.undecided).toEqual([{ source: 'renovate.json', index: 1, description: 'Waits.' }]);
});

it('what nobody manages is disabled', () => {
  expect(rowsFor({ settings: { automerge: true } })[1]!.updates.major).toMatchObject({ action: 'disabled', rules: [] });
});

describe('compare', () => {
  const manual = rowsFor({ settings: {} });
  const automatic = rowsFor({ settings: { automerge: true }, rules: [0] });

  it.each([
    ['the same', manual, manual[0]!, false, false],
    ['a bump that merges from now on', manual, automatic[0]!, true, true],
    ['one that no longer does', automatic, manual[0]!, true, false],
    ['a version that was not there', [], manual[0]!, true, false],
  ])('%s', (_name, before, now, differs, merges) => {
    const comparison = compare(before);
    expect([comparison.differs(now), comparison.beginsToMerge(now)]).toEqual([differs, merges]);
  });
});
