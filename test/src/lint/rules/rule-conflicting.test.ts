import { readFileSync } from 'node:fs';
import { ruleConflicting } from '../../../../src/lint/rules/rule-conflicting.ts';
import { findingsOf, testRule } from '../harness.ts';

function rules(...packageRules: object[]): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ packageRules }, null, 1) };
}

function text(selector: string, option: string): string {
  return `a package rule cannot have both ${selector} and ${option}: Renovate needs ${option} before it knows the update, refuses the config and stops every merge request`;
}

function refusal(index: number, selector: string, option: string, rule = {}): { level: 'error'; topic: string; message: string } {
  return { level: 'error', topic: 'Configuration Error', message: `packageRules[${index}]: packageRules cannot combine both ${selector} and ${option}. Rule: ${JSON.stringify(rule)}` };
}

testRule(ruleConflicting, {
  accept: [
    { name: 'each in a rule of its own', documents: rules({ matchDatasources: ['docker'], versioning: 'helm' }, { matchUpdateTypes: ['minor'], automerge: true }) },
    { name: 'an empty list', documents: rules({ matchUpdateTypes: [], versioning: 'helm' }) },
    { name: 'other things that Renovate says', documents: rules({}), messages: [{ level: 'error', topic: '', message: 'packageRules[0]: Each packageRule must contain something' }] },
  ],
  reject: [
    {
      name: 'versioning by update type, which Renovate says too',
      documents: rules({ matchUpdateTypes: ['minor'], versioning: 'helm' }),
      messages: [refusal(0, 'matchUpdateTypes', 'versioning')],
      findings: [`renovate.json:7:5 error ${text('matchUpdateTypes', 'versioning')}`],
      remedies: ['Move versioning to a rule of its own'],
    },
    {
      name: 'allowed versions by breaking or not, and an update type as a string',
      documents: rules({ matchIsBreaking: true, allowedVersions: '<2' }, { matchUpdateTypes: 'major', separateMinorPatch: true }),
      findings: [`renovate.json:5:5 error ${text('matchIsBreaking', 'allowedVersions')}`, `renovate.json:9:5 error ${text('matchUpdateTypes', 'separateMinorPatch')}`],
      remedies: ['"enabled": false', 'Move separateMinorPatch'],
    },
    {
      name: 'a rule in a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "packageRules": [{ "matchUpdateTypes": ["patch"], "registryUrls": [] }] }' },
      findings: [`shared.json:1:54 error ${text('matchUpdateTypes', 'registryUrls')}`],
      remedies: ['Move registryUrls'],
    },
    {
      name: 'a block of a rule',
      documents: rules({ matchManagers: ['argocd'], minor: { versioning: 'helm' }, vulnerabilityAlerts: { versioning: 'helm' } }),
      messages: [refusal(1, 'matchUpdateTypes', 'versioning')],
      findings: [`renovate.json:8:6 error ${text('matchUpdateTypes', 'versioning')}`],
      remedies: ['Move versioning'],
    },
    {
      name: 'a rule that Renovate counts differently',
      documents: rules({ matchManagers: ['argocd'] }, { matchUpdateTypes: ['minor'], extends: ['local>a/b'] }),
      messages: [refusal(7, 'matchUpdateTypes', 'versioning', { matchUpdateTypes: ['minor'], extends: ['local>a/b'] })],
      findings: [`renovate.json:8:3 error ${text('matchUpdateTypes', 'versioning')}`],
      remedies: ['Move versioning'],
    },
    {
      name: 'a rule whose preset brings the other half',
      documents: rules({ matchUpdateTypes: ['minor'], extends: ['local>a/b'] }),
      messages: [refusal(0, 'matchUpdateTypes', 'versioning'), refusal(3, 'matchUpdateTypes', 'followTag')],
      findings: [`renovate.json:2:3 error ${text('matchUpdateTypes', 'followTag')}`, `renovate.json:3:3 error ${text('matchUpdateTypes', 'versioning')}`],
      remedies: ['Move followTag', 'Move versioning'],
    },
  ],
});

it('knows every option that Renovate refuses', () => {
  const validation = readFileSync(new URL('../../../../node_modules/renovate/dist/config/validation.js', import.meta.url), 'utf8');
  const refused = JSON.parse(/const preLookupOptions = (\[[^\]]+\])/.exec(validation)![1]!) as string[];

  const found = findingsOf(ruleConflicting, { name: 'all', documents: rules({ matchUpdateTypes: ['minor'], ...Object.fromEntries(refused.map((option) => [option, true])) }) });

  expect(found.map(({ data }) => data['option'])).toEqual(refused);
});
