import { coverageChanges } from '../../../src/coverage/compare.ts';
import type { CoveredPin } from '../../../src/coverage/coverage.ts';

function pin(name: string, overrides: Partial<CoveredPin> = {}): CoveredPin {
  const manager = { manager: 'argocd', datasource: 'helm', packageName: name, registryUrls: [], currentValue: '1.0.0', source: null };
  return { file: 'apps.yaml', line: 1, column: 1, offset: 0, value: '1.0.0', kind: 'helm', idiom: 'application', floating: false, name, repository: null, application: name, status: 'managed', reason: null, managers: [manager], ...overrides };
}

const lost = { status: 'unmanaged', reason: 'not-extracted', managers: [] } as const;

it.each<[string, CoveredPin[], CoveredPin[], string[]]>([
  ['nothing', [pin('web')], [pin('web')], []],
  ['another version on another line', [pin('web')], [pin('web', { value: '2.0.0', line: 9 })], []],
  ['a new one', [], [pin('web')], ['web: null → managed']],
  ['one that is gone', [pin('web')], [], ['web: managed → null']],
  ['one that nobody updates any more', [pin('web')], [pin('web', lost)], ['web: managed → unmanaged']],
  ['another manager', [pin('web')], [pin('web', { managers: [{ ...pin('web').managers[0]!, manager: 'custom.regex' }] })], ['web: managed → managed']],
  ['the second of two alike', [pin('web'), pin('web', { line: 5 })], [pin('web'), pin('web', { line: 5, ...lost })], ['web: managed → unmanaged']],
  ['what is new before what is gone', [pin('a'), pin('b')], [pin('b', lost), pin('c')], ['b: managed → unmanaged', 'c: null → managed', 'a: managed → null']],
])('%s', (_name, before, after, expected) => {
  expect(coverageChanges(before, after).map((change) => `${(change.after ?? change.before)!.name}: ${change.before?.status ?? null} → ${change.after?.status ?? null}`)).toEqual(expected);
});
