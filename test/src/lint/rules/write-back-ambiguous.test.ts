import { writeBackAmbiguous } from '../../../../src/lint/rules/write-back-ambiguous.ts';
import type { WriteBack } from '../../../../src/renovate/types.ts';
import { dependency, pin, run, testRule, type Case } from '../harness.ts';

const text = 'name: redis-7.4.1\ntag: 7.4.1 # 7.4.1\n';

function given(name: string, writeBack: WriteBack, overrides: Parameters<typeof dependency>[0] = {}): Case {
  return { name, texts: { 'values.yaml': text }, runs: [run({ dependencies: [dependency({ depName: 'redis', currentValue: '7.4.1', writeBack, ...overrides })] })] };
}

const spread: WriteBack = { kind: 'spread', offsets: [12, 23] };
const failed: WriteBack = { kind: 'failed', reason: 'the text to replace does not occur in the file' };
const duplicate = { file: 'values.yaml', value: '7.4.1', status: 'mismatch' } as const;

testRule(writeBackAmbiguous, {
  accept: [
    given('a value in one place', { kind: 'exact', offset: 23 }),
    given('a value without a digit', { kind: 'none' }),
    given('a dependency that is off', spread, { enabled: false }),
    given('a dependency that is not looked up', failed, { skipReason: 'invalid-value' }),
    { ...given('a version of Argo CD, which pin-mismatch reports', spread), pins: [pin({ ...duplicate, offset: 23, reason: 'write-back-spread' })] },
    { ...given('a version of Argo CD that cannot be written', failed), pins: [pin({ ...duplicate, offset: 23, reason: 'write-back-failed' })] },
  ],
  reject: [
    {
      ...given('two lines', spread),
      findings: ['values.yaml:1:13 error 7.4.1 of redis: an update by custom.regex (renovate.json) would change 2 lines (1, 2)'],
      remedies: ['Renovate rewrites every occurrence'],
    },
    {
      ...given('one line', { kind: 'spread', offsets: [23, 31] }),
      findings: ['values.yaml:2:6 error 7.4.1 of redis: an update by custom.regex (renovate.json) would change more of this line than the value'],
      remedies: ['Renovate rewrites every occurrence'],
    },
    {
      ...given('a value that cannot be written', failed),
      findings: ['values.yaml:1:13 error 7.4.1 of redis: custom.regex (renovate.json) finds it but cannot write a new one: the text to replace does not occur in the file'],
      remedies: ['autoReplaceStringTemplate'],
    },
    {
      ...given('a value that is not in the file as such', failed, { currentValue: '8.0' }),
      findings: ['values.yaml:1:1 error 8.0 of redis: custom.regex (renovate.json) finds it but cannot write a new one: the text to replace does not occur in the file'],
      remedies: ['autoReplaceStringTemplate'],
    },
    {
      ...given('another version of the file than the one that argocd reads', spread),
      pins: [pin({ ...duplicate, offset: 23, status: 'managed', reason: null })],
      findings: ['values.yaml:1:13 error 7.4.1 of redis: an update by custom.regex (renovate.json) would change 2 lines (1, 2)'],
      remedies: ['Renovate rewrites every occurrence'],
    },
  ],
});
