import { managerDroppedMatch } from '../../../../src/lint/rules/manager-dropped-match.ts';
import type { DroppedMatch, ManagerRun } from '../../../../src/renovate/types.ts';
import { dependency, run, testRule, type Case } from '../harness.ts';

const sourced = ['chart: (?<depName>\\\\S+)(?: # (?<datasource>\\\\w+))? (?<currentValue>\\\\S+)'];
const texts = { 'values.yaml': 'a: 1\nchart: redis 1.0.0\nchart: loki 2.0.0\n' };

function dropped(overrides: Partial<DroppedMatch> = {}): DroppedMatch {
  return { file: 'values.yaml', match: { offset: 5, length: 18 }, missing: ['datasource'], value: '1.0.0', ...overrides };
}

function given(name: string, overrides: Partial<ManagerRun>, { regexes = sourced, more = '' } = {}): Case {
  return { name, texts, documents: { 'renovate.json': `{\n  "customManagers": [\n    { "matchStrings": ["${regexes.join('", "')}"]${more} }\n  ]\n}` }, runs: [run(overrides)] };
}

const found = dependency({ writeBack: { kind: 'exact', offset: 35 } });
const subject = 'renovate.json:3:25 warning customManagers[0] (custom.regex): Renovate discards';
const invalid = { level: 'error', topic: 'Configuration Error', message: 'Regex Managers must contain datasourceTemplate configuration or regex group named datasource' } as const;

testRule(managerDroppedMatch, {
  accept: [
    given('a manager that keeps all its matches', { dependencies: [found] }),
    given('an empty version among others', { dependencies: [found], dropped: [dropped({ missing: ['value'], value: null })] }),
    given('no version but a word', { dependencies: [found], dropped: [dropped({ value: 'latest' })] }),
    given('a version that another regex extracts', { dependencies: [dependency({ writeBack: { kind: 'exact', offset: 18 } })], dropped: [dropped()] }),
    given('a combination that some files complete', { dependencies: [found], dropped: [dropped({ match: null })] }, { more: ', "matchStringsStrategy": "combination"' }),
    { ...given('a field that nothing gives, which config-invalid reports', { dropped: [dropped()] }, { regexes: ['(?<depName>a) (?<currentValue>b)'] }), messages: [invalid] },
    { ...given('a preset of this package', {}), runs: [run({ source: { source: 'presets/managers/values.json', index: 0 }, dropped: [dropped()] })] },
  ],
  reject: [
    { ...given('no datasource', { dependencies: [found], dropped: [dropped()] }), findings: [`${subject} its match (values.yaml:2), which has no datasource`], remedies: ['Set datasourceTemplate ("helm" for charts'] },
    {
      ...given('several matches, once for each set of fields', { dropped: [dropped(), dropped({ missing: ['name', 'datasource'] }), dropped({ match: { offset: 24, length: 17 } })] }),
      findings: [`${subject} 2 matches (the first is values.yaml:2), which have no datasource`, `${subject} its match (values.yaml:2), which has no name (depName or packageName) or datasource`],
      remedies: ['or demand (?<datasource>…) in each match', 'Set depNameTemplate, or demand (?<depName>…) in each match'],
    },
    { ...given('no version at all', { dropped: [dropped({ missing: ['value'], value: null })] }), findings: [`${subject} its match (values.yaml:2), which has no version (currentValue or currentDigest)`], remedies: ['at least one character'] },
    {
      ...given('the regex among several', { dropped: [dropped({ match: { offset: 5, length: 18 } })] }, { regexes: ['(?<datasource>x)', 'chart: (?<depName>\\\\S+) (?<currentValue>\\\\S+)'] }),
      findings: ['renovate.json:3:45 warning customManagers[0] (custom.regex): Renovate discards its match (values.yaml:2), which has no datasource'],
      remedies: ['Set datasourceTemplate'],
    },
    {
      ...given('a field that nothing gives, in a preset that Renovate does not validate', { source: { source: 'shared.json', index: 0 }, dropped: [dropped()] }),
      documents: { 'renovate.json': '{}', 'shared.json': '{ "customManagers": [{ "matchStrings": ["(?<depName>a) (?<currentValue>b)"] }] }' },
      messages: [invalid],
      findings: ['shared.json:1:42 error customManagers[0] (custom.regex): Renovate discards its match (values.yaml:2), which has no datasource'],
      remedies: ['Set datasourceTemplate'],
    },
    {
      ...given('a query', { manager: 'custom.jsonata', dropped: [dropped({ match: null, missing: ['value'], value: null })] }, { regexes: ['$'] }),
      findings: ['renovate.json:3:25 warning customManagers[0] (custom.jsonata): Renovate discards its match (values.yaml), which has no version (currentValue or currentDigest)'],
      remedies: ['currentValue, as a string'],
    },
  ],
});
