import { automergeWithoutTests } from '../../../../src/lint/rules/automerge-without-tests.ts';
import { testRule } from '../harness.ts';

function config(value: object): Record<string, string> {
  return { 'renovate.json': JSON.stringify(value, null, 1) };
}

const message = 'automerge and ignoreTests are on together: updates are merged without waiting for a pipeline, also when it fails';

testRule(automergeWithoutTests, {
  accept: [
    { name: 'automerge with tests', documents: config({ automerge: true, ignoreTests: false }) },
    { name: 'no automerge', documents: config({ ignoreTests: true }) },
    { name: 'automerge in another rule', documents: config({ packageRules: [{ matchManagers: ['argocd'], ignoreTests: true }, { matchManagers: ['helmv3'], automerge: true }] }) },
    { name: 'a rule that takes it back', documents: config({ ignoreTests: true, packageRules: [{ matchManagers: ['argocd'], ignoreTests: false, automerge: true }] }) },
  ],
  reject: [
    {
      name: 'both at the top, once although a rule repeats it',
      documents: config({ automerge: true, ignoreTests: true, packageRules: [{ matchManagers: ['argocd'], automerge: true }] }),
      findings: [`renovate.json:3:17 error ${message}`],
      remedies: ['Delete ignoreTests'],
    },
    {
      name: 'both in a rule',
      documents: config({ packageRules: [{ matchUpdateTypes: ['patch'], automerge: true, ignoreTests: true }] }),
      findings: [`renovate.json:8:19 error ${message}`],
      remedies: ['"Pipelines must succeed"'],
    },
    {
      name: 'a rule that merges under an outer ignoreTests',
      documents: config({ ignoreTests: true, packageRules: [{ matchManagers: ['argocd'], patch: { automerge: true } }] }),
      findings: [`renovate.json:9:18 error ${message}`],
      remedies: ['Delete ignoreTests'],
    },
    {
      name: 'one half from a preset',
      documents: config({ extends: [':automergeAll'], ignoreTests: true }),
      resolved: { automerge: true, ignoreTests: true },
      findings: [`renovate.json:5:17 error ${message}`],
      remedies: ['Delete ignoreTests'],
    },
    {
      name: 'both halves from presets',
      documents: config({ extends: [':automergeAll', ':skipStatusChecks'] }),
      resolved: { automerge: true, ignoreTests: true },
      findings: [`renovate.json:2:13 error ${message}`],
      remedies: ['Delete ignoreTests'],
    },
  ],
});
