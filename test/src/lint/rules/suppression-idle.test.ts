import { suppressionIdle } from '../../../../src/lint/rules/suppression-idle.ts';
import type { Suppression } from '../../../../src/lint/rule.ts';
import { testRule } from '../harness.ts';

const suppression: Suppression = { file: 'values.yaml', line: 2, column: 3, target: 3, rules: ['pin-unmanaged'], until: null, reason: 'x' };

testRule(suppressionIdle, {
  accept: [{ name: 'no idle suppression', idle: [] }],
  reject: [
    { name: 'an unused one', idle: [{ suppression, cause: 'unused' }], findings: ['values.yaml:2:3 warning this comment silences no pin-unmanaged: there is no such finding here'], remedies: ['Remove'] },
    { name: 'one that has run out', idle: [{ suppression, cause: 'expired' }], findings: ['values.yaml:2:3 warning this comment silences no pin-unmanaged: its day has passed'], remedies: ['later day'] },
    { name: 'one without a reason', idle: [{ suppression, cause: 'no-reason' }], findings: ['values.yaml:2:3 warning this comment silences no pin-unmanaged: it gives no reason, and is not heeded'], remedies: ['behind a colon'] },
  ],
});
