import { known } from '../../../../runner/preflight/check.ts';
import { tokenExpiry } from '../../../../runner/preflight/checks/token-expiry.ts';
import type { TokenFacts } from '../../../../runner/preflight/facts.ts';
import { refused, self, tokenFacts, verdictOf } from '../made-up.ts';

/** It is noon of January 5. */
it.each<[string | null, string]>([
  [null, 'ok: it has no expiry'],
  ['2026-12-31', 'ok: it expires on 2026-12-31, in 359 days'],
  ['2026-01-20', 'ok: it expires on 2026-01-20, in 14 days'],
  ['2026-01-19', 'warning: it expires on 2026-01-19, in 13 days'],
  ['2026-01-09', 'warning: it expires on 2026-01-09, in 3 days'],
  ['2026-01-08', 'problem: it expires on 2026-01-08, in 2 days'],
  ['2026-01-07', 'problem: it expires on 2026-01-07, in 1 day'],
  ['2026-01-06', 'problem: it expires on 2026-01-06, within a day'],
  ['2026-01-05', 'problem: it expired on 2026-01-05'],
])('%s', (expiresAt, expected) => {
  expect(verdictOf(tokenExpiry, tokenFacts({ token: known(self({ expiresAt })) }))).toBe(expected);
});

it.each<[string, Partial<TokenFacts>, string]>([
  ['of a kind that does not tell', { token: known(null) }, 'unknown: a token of this kind does not tell when it expires'],
  ['refused', { token: refused() }, 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(tokenExpiry, tokenFacts(fields))).toBe(expected);
});
