import { known } from '../../../../runner/preflight/check.ts';
import { tokenScopes } from '../../../../runner/preflight/checks/token-scopes.ts';
import type { TokenFacts } from '../../../../runner/preflight/facts.ts';
import { refused, self, tokenFacts, verdictOf } from '../made-up.ts';

it.each<[string, Partial<TokenFacts>, string]>([
  ['both', {}, 'ok: it has api, write_repository'],
  ['api alone, which pushes too', { token: known(self({ scopes: ['api'] })) }, 'ok: it has api'],
  ['read only', { token: known(self({ scopes: ['read_api'] })) }, 'problem: it has read_api, but not api'],
  ['git only', { token: known(self({ scopes: ['write_repository'] })) }, 'problem: it has write_repository, but not api'],
  ['none', { token: known(self({ scopes: [] })) }, 'problem: it has no scope, but not api'],
  ['too much', { token: known(self({ scopes: ['api', 'sudo'] })) }, 'warning: it has api, sudo'],
  ['of a kind that does not tell', { token: known(null) }, 'unknown: a token of this kind does not tell its scopes'],
  ['refused', { token: refused() }, 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(tokenScopes, tokenFacts(fields))).toBe(expected);
});
