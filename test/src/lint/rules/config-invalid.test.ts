import { configInvalid } from '../../../../src/lint/rules/config-invalid.ts';
import { testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "automerg": true,\n  "schedule": ["every tuesday at noon"],\n  "packageRules": [\n    { "matchManagers": ["argocd"], "automerge": "yes" }\n  ],\n  "customManagers": [{}]\n}' };
const topic = 'Configuration Error';

testRule(configInvalid, {
  accept: [
    { name: 'a valid config', documents },
    { name: 'a verdict on a regex, which depends on the machine', documents, messages: [{ level: 'error', topic, message: 'Invalid regExp for customManagers: `a(?=b)`' }] },
    { name: 'a conflict inside a rule, which rule-conflicting reports', documents, messages: [{ level: 'error', topic, message: 'packageRules[0]: packageRules cannot combine both matchUpdateTypes and versioning. Rule: {}' }] },
  ],
  reject: [
    {
      name: 'an unknown option',
      documents,
      messages: [{ level: 'error', topic, message: 'Invalid configuration option: automerg' }],
      findings: ['renovate.json:2:4 error Invalid configuration option: automerg'],
      remedies: ['Renovate stops'],
    },
    {
      name: 'an option of a rule, in backticks',
      documents,
      messages: [{ level: 'error', topic, message: 'Configuration option `packageRules[0].automerge` should be boolean. Found: "yes" (string)' }],
      findings: ['renovate.json:5:37 error Configuration option `packageRules[0].automerge` should be boolean. Found: "yes" (string)'],
      remedies: ['Renovate stops'],
    },
    {
      name: 'a path before a colon, over two lines',
      documents,
      messages: [{ level: 'error', topic, message: 'packageRules[0]: Each packageRule must\n contain something' }],
      findings: ['renovate.json:5:5 error packageRules[0]: Each packageRule must contain something'],
      remedies: ['Renovate stops'],
    },
    {
      name: 'a path as topic, and a warning',
      documents,
      messages: [{ level: 'warning', topic: 'packageRules[0].automerge', message: 'be careful' }],
      findings: ['renovate.json:5:37 warning be careful'],
      remedies: ['Renovate goes on'],
    },
    {
      name: 'a message about managers, without a path',
      documents,
      messages: [{ level: 'error', topic, message: 'Each Custom Manager must contain a non-empty customType string' }],
      findings: ['renovate.json:7:4 error Each Custom Manager must contain a non-empty customType string'],
      remedies: ['Renovate stops'],
    },
    {
      name: 'an option that is named in plain words',
      documents: { 'renovate.json': '{\n  "packageRules": [{ "matchManagers": ["npm"], "prTitle": "x" }]\n}' },
      messages: [{ level: 'warning', topic: 'Deprecation Warning', message: 'Direct editing of prTitle is now deprecated' }],
      findings: ['renovate.json:2:49 warning Direct editing of prTitle is now deprecated'],
      remedies: ['Renovate goes on'],
    },
    {
      name: 'a message without any place',
      documents,
      messages: [{ level: 'warning', topic: 'Deprecation Warning', message: 'Something old' }],
      findings: ['renovate.json:1:1 warning Something old'],
      remedies: ['Renovate goes on'],
    },
  ],
});
