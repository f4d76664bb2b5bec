import { regexUnknownGroup } from '../../../../src/lint/rules/regex-unknown-group.ts';
import { run, testRule, type Case } from '../harness.ts';

function given(name: string, regex: string, templates: object = {}): Case {
  const entry = JSON.stringify({ matchStrings: [regex], ...templates });
  return { name, documents: { 'renovate.json': `{\n  "customManagers": [\n    ${entry}\n  ]\n}` }, runs: [run()] };
}

testRule(regexUnknownGroup, {
  accept: [
    given('all that Renovate knows', '(?<depName>a)(?<packageName>b)(?<currentValue>c)(?<currentDigest>d)(?<datasource>e)(?<versioning>f)(?<extractVersion>g)(?<registryUrl>h)(?<depType>i)(?<indentation>j)'),
    given('a group that a template uses', '(?<chart>\\S+) (?<currentValue>\\S+)', { depNameTemplate: '{{chart}}' }),
    given('a group that a template uses unescaped', '(?<chart>\\S+) (?<currentValue>\\S+)', { depNameTemplate: '{{{chart}}}' }),
    given('a group that a template asks for', '(?<oci>oci:)?(?<currentValue>\\S+)', { datasourceTemplate: '{{#if oci}}docker{{else}}helm{{/if}}' }),
    given('an escaped bracket', '\\(?<chart> (?<currentValue>\\S+)'),
    given('a class', '[(?<chart>]+(?<currentValue>\\S+)'),
    given('a regex that RE2 refuses, which has its own rule', '(?<chart>a)(?=b)'),
    { ...given('a query', '$.(?<chart>'), runs: [run({ manager: 'custom.jsonata' })] },
  ],
  reject: [
    {
      ...given('a misspelt group', '(?<depname>\\S+) (?<curentValue>\\S+)'),
      findings: [
        'renovate.json:3:23 warning customManagers[0] (custom.regex): Renovate does not know the group depname, and no template of this manager uses it',
        'renovate.json:3:23 warning customManagers[0] (custom.regex): Renovate does not know the group curentValue, and no template of this manager uses it',
      ],
      remedies: ['Write (?<depName>…).', 'Write (?<currentValue>…).'],
    },
    {
      ...given('the word of another tool', '(?<chart>\\S+) (?<version>\\S+)', { depNameTemplate: '{{chart}}' }),
      findings: ['renovate.json:3:23 warning customManagers[0] (custom.regex): Renovate does not know the group version, and no template of this manager uses it'],
      remedies: ['Write (?<currentValue>…).'],
    },
    {
      ...given('a name of its own', '(?P<quote>["\']?)(?<currentValue>\\S+)', { depNameTemplate: 'chart {{depName}}' }),
      findings: ['renovate.json:3:23 info customManagers[0] (custom.regex): Renovate does not know the group quote, and no template of this manager uses it'],
      remedies: ['Use {{quote}} in a template such as depNameTemplate'],
    },
  ],
});
