import { known } from '../../../../runner/preflight/check.ts';
import { tokenValid } from '../../../../runner/preflight/checks/token-valid.ts';
import type { TokenFacts } from '../../../../runner/preflight/facts.ts';
import { refused, self, tokenFacts, verdictOf } from '../made-up.ts';

it.each<[string, Partial<TokenFacts>, string]>([
  ['valid', {}, 'ok: it is of @renovate-bot'],
  ['wrong or expired', { user: refused('gitlab-unauthorised') }, 'problem: GitLab says gitlab-unauthorised'],
  ['without any scope for this', { user: refused('gitlab-forbidden') }, 'problem: GitLab says gitlab-forbidden'],
  ['nobody there to ask', { user: refused('gitlab-unreachable') }, 'unknown: GitLab says gitlab-unreachable'],
  ['not active', { token: known(self({ active: false })) }, 'problem: the token of @renovate-bot is revoked or expired'],
  ['of a kind that cannot look at itself', { token: known(null) }, 'ok: it is of @renovate-bot'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(tokenValid, tokenFacts(fields))).toBe(expected);
});
