import { managerUnknownDatasource } from '../../../../src/lint/rules/manager-unknown-datasource.ts';
import { run, testRule, type Case } from '../harness.ts';

function given(name: string, datasource: string): Case {
  return { name, documents: { 'renovate.json': `{\n  "customManagers": [\n    { "datasourceTemplate": "${datasource}" }\n  ]\n}` }, runs: [run()] };
}

testRule(managerUnknownDatasource, {
  accept: [
    given('a datasource of Renovate', 'helm'),
    given('one that is taken from the file', '{{#if datasource}}{{datasource}}{{else}}helm{{/if}}'),
    given('an older name', 'node'),
    { ...given('a datasource of the config', 'custom.charts'), resolved: { customDatasources: { charts: {} } } },
    { name: 'a manager without a template', documents: { 'renovate.json': '{ "customManagers": [{}] }' }, runs: [run()] },
    { ...given('an entry that does not run', 'hlem'), runs: [] },
  ],
  reject: [
    {
      ...given('a misspelt name', 'hlem'),
      findings: ['renovate.json:3:30 error customManagers[0] (custom.regex): Renovate has no datasource "hlem", so what this manager extracts is never looked up'],
      remedies: ['Write "helm".'],
    },
    {
      ...given('a name that nobody has', 'artifact-hub-charts'),
      findings: ['renovate.json:3:30 error customManagers[0] (custom.regex): Renovate has no datasource "artifact-hub-charts", so what this manager extracts is never looked up'],
      remedies: ['Charts of an http repository are "helm"'],
    },
    {
      ...given('a datasource of the config that it does not define', 'custom.charts'),
      findings: ['renovate.json:3:30 error customManagers[0] (custom.regex): Renovate has no datasource "custom.charts", so what this manager extracts is never looked up'],
      remedies: ['Define "charts" under "customDatasources"'],
    },
  ],
});
