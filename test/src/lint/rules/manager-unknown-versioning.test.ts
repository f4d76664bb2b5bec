import { managerUnknownVersioning } from '../../../../src/lint/rules/manager-unknown-versioning.ts';
import { run, testRule, type Case } from '../harness.ts';

function given(name: string, versioning: string): Case {
  return { name, documents: { 'renovate.json': `{\n  "customManagers": [\n    { "versioningTemplate": ${JSON.stringify(versioning)} }\n  ]\n}` }, runs: [run()] };
}

testRule(managerUnknownVersioning, {
  accept: [
    given('a versioning of Renovate', 'helm'),
    given('one with settings', 'regex:^v(?<major>\\d+)$'),
    given('one that is taken from the file', '{{#if versioning}}{{versioning}}{{else}}helm{{/if}}'),
    { name: 'a manager without a template', documents: { 'renovate.json': '{ "customManagers": [{}] }' }, runs: [run()] },
    { ...given('an entry that does not run', 'hlem'), runs: [] },
  ],
  reject: [
    {
      ...given('a misspelt name', 'semvar'),
      findings: ['renovate.json:3:30 warning customManagers[0] (custom.regex): Renovate has no versioning "semvar" and silently compares with semver-coerced'],
      remedies: ['Write "semver".'],
    },
    {
      ...given('a name that nobody has', 'calendar-version'),
      findings: ['renovate.json:3:30 warning customManagers[0] (custom.regex): Renovate has no versioning "calendar-version" and silently compares with semver-coerced'],
      remedies: ['write "helm" for charts'],
    },
  ],
});
