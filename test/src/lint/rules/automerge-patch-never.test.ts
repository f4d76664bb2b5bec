import { automergePatchNever } from '../../../../src/lint/rules/automerge-patch-never.ts';
import { testRule } from '../harness.ts';

function config(value: object): Record<string, string> {
  return { 'renovate.json': JSON.stringify(value, null, 1) };
}

const patch = { matchUpdateTypes: ['patch'], automerge: true };
const message = 'only patches are merged by themselves here, but when a newer minor is out as well, Renovate proposes that one alone and the patch never comes';

testRule(automergePatchNever, {
  accept: [
    { name: 'patches in merge requests of their own', documents: config({ separateMinorPatch: true, packageRules: [patch] }) },
    { name: 'the same by a preset', documents: config({ extends: [':separatePatchReleases'], packageRules: [patch] }), resolved: { separateMinorPatch: true, packageRules: [patch] } },
    { name: 'the same by a rule', documents: config({ packageRules: [{ matchManagers: ['argocd'], separateMinorPatch: true }, patch] }) },
    { name: 'each minor on its own', documents: config({ separateMultipleMinor: true, packageRules: [patch] }) },
    { name: 'minors too', documents: config({ packageRules: [{ matchUpdateTypes: ['minor', 'patch'], automerge: true }] }) },
    { name: 'minors in another rule', documents: config({ packageRules: [{ matchUpdateTypes: ['minor'], automerge: true }, { ...patch, matchManagers: ['argocd'] }] }) },
    { name: 'minors in another rule, but for those of 0.x', documents: config({ packageRules: [{ matchDatasources: ['helm'], ...patch }, { matchDatasources: ['helm'], matchUpdateTypes: ['minor'], matchCurrentVersion: '!/^0/', automerge: true }] }) },
    { name: 'minors in a block', documents: config({ minor: { automerge: true }, patch: { automerge: true } }) },
    { name: 'everything', documents: config({ automerge: true, packageRules: [patch] }) },
    { name: 'update types by a glob', documents: config({ packageRules: [{ matchUpdateTypes: ['!major'], automerge: true }] }) },
    { name: 'no automerge', documents: config({ packageRules: [{ matchUpdateTypes: ['patch'], automerge: false }] }) },
    { name: 'digests only', documents: config({ packageRules: [{ matchUpdateTypes: ['digest'], automerge: true }] }) },
  ],
  reject: [
    {
      name: 'a rule for patches, where a preset that was not read may separate them',
      documents: config({ packageRules: [patch] }),
      missing: [{ reference: 'local>a/b', message: 'x' }],
      findings: [`renovate.json:7:17 info ${message}`],
      remedies: ['"separateMinorPatch": true'],
    },
    {
      name: 'a rule for patches',
      documents: config({ packageRules: [patch] }),
      findings: [`renovate.json:7:17 warning ${message}`],
      remedies: ['"separateMinorPatch": true'],
    },
    {
      name: 'a rule for patches and digests, beside one for the minors of something else',
      documents: config({ packageRules: [{ matchUpdateTypes: ['patch', 'digest'], automerge: true }, { matchPackageNames: ['reloader'], automerge: true }] }),
      findings: [`renovate.json:8:17 warning ${message}`],
      remedies: ['"separateMinorPatch": true'],
    },
    {
      name: 'a block, while everything else waits',
      documents: config({ automerge: true, minor: { automerge: false }, patch: { automerge: true } }),
      findings: [`renovate.json:7:16 warning ${message}`],
      remedies: ['"separateMinorPatch": true'],
    },
    {
      name: 'the old spelling, in a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "automerge": "patch" }' },
      resolved: { patch: { automerge: true }, minor: { automerge: false } },
      findings: [`shared.json:1:17 warning ${message}`],
      remedies: ['"separateMinorPatch": true'],
    },
  ],
});
