import { automergeBranchBypassesReview } from '../../../../src/lint/rules/automerge-branch-bypasses-review.ts';
import { testRule } from '../harness.ts';

const effect = 'lets Renovate push updates to the main branch without a merge request: its pipelines, approvals and gates never run';

testRule(automergeBranchBypassesReview, {
  accept: [
    { name: 'merge requests, said or not', documents: { 'renovate.json': '{ "automerge": true, "packageRules": [{ "automergeType": "pr" }, { "automergeType": "pr-comment" }] }' } },
    { name: 'a rule for managers that are off', documents: { 'renovate.json': '{ "devbox": { "enabled": false }, "packageRules": [{ "matchManagers": ["devbox"], "automergeType": "branch" }] }' } },
    { name: 'presets that merge by merge request', documents: { 'renovate.json': '{ "extends": [":automergeAll", ":automergePr", ":automergePatch"] }' } },
  ],
  reject: [
    {
      name: 'a rule for managers of which one is off',
      documents: { 'renovate.json': '{ "devbox": { "enabled": false }, "packageRules": [{ "matchManagers": ["devbox", "npm"], "automergeType": "branch" }] }' },
      findings: [`renovate.json:1:108 warning automergeType "branch" ${effect}`],
      remedies: ['"automergeType": "pr"'],
    },
    {
      name: 'at the top',
      documents: { 'renovate.json': '{\n  "automerge": true,\n  "automergeType": "branch"\n}' },
      findings: [`renovate.json:3:21 warning automergeType "branch" ${effect}`],
      remedies: ['"automergeType": "pr"'],
    },
    {
      name: 'an older name, in a rule of a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "packageRules": [{ "automergeType": "branch-push" }] }' },
      findings: [`shared.json:1:40 warning automergeType "branch-push" ${effect}`],
      remedies: ['"automergeType": "pr"'],
    },
    {
      name: 'by a preset',
      documents: { 'renovate.json': '{ "extends": ["config:recommended", ":automergeBranch"] }' },
      findings: [`renovate.json:1:38 warning the preset ":automergeBranch" ${effect}`],
      remedies: ['the default'],
    },
  ],
});
