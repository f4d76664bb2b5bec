import type { Draft, IdleSuppression, Rule } from '../rule.ts';

export const suppressionIdle: Rule = {
  name: 'suppression-idle',
  severity: 'warning',
  summary: 'A suppression comment silences nothing: unused, run out, or without a reason',
  fixable: false,
  last: true,
  check: (model) => (model.idle ?? []).map(draftOf),
};

const WORDS: Record<IdleSuppression['cause'], { message: string; remedy: string }> = {
  unused: { message: 'there is no such finding here', remedy: 'Remove the comment: what it silenced is mended, or stands elsewhere.' },
  expired: { message: 'its day has passed', remedy: 'Mend what it silenced, or give it a later day and a reason that still holds.' },
  'no-reason': { message: 'it gives no reason, and is not heeded', remedy: 'Write why behind a colon: # renovate-argocd-ignore RULE: reason' },
};

function draftOf({ suppression, cause }: IdleSuppression): Draft {
  const { file, line, column, rules, until } = suppression;
  const { message, remedy } = WORDS[cause];
  return {
    message: `this comment silences no ${rules.join(' or ')}: ${message}`,
    remedy,
    target: { kind: 'place', file, line, column, length: 1 },
    data: { cause, rules, until },
  };
}
