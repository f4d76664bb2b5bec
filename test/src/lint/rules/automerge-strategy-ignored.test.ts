import { automergeStrategyIgnored } from '../../../../src/lint/rules/automerge-strategy-ignored.ts';
import { testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "automergeStrategy": "squash"\n}' };
const files = ['.gitlab-ci.yml'];

testRule(automergeStrategyIgnored, {
  accept: [
    { name: 'a repository without a pipeline for GitLab', documents, files: ['.github/workflows/ci.yaml'] },
    { name: 'the default', documents: { 'renovate.json': '{ "automergeStrategy": "auto" }' }, files },
    { name: 'automerge alone', documents: { 'renovate.json': '{ "automerge": true, "automergeType": "pr" }' }, files },
  ],
  reject: [
    {
      name: 'squash on GitLab',
      documents,
      files,
      findings: ['renovate.json:2:25 info automergeStrategy "squash" is ignored on GitLab: Renovate does not pass it on'],
      remedies: ['in the project\'s settings'],
    },
    {
      name: 'a rule in a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "packageRules": [{ "matchManagers": ["argocd"], "automergeStrategy": "rebase" }] }' },
      files,
      findings: ['shared.json:1:73 info automergeStrategy "rebase" is ignored on GitLab: Renovate does not pass it on'],
      remedies: ['in the project\'s settings'],
    },
  ],
});
