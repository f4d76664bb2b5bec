import { ok, problem, unknown, type Check } from '../check.ts';
import type { TokenFacts } from '../facts.ts';

export const tokenValid: Check<TokenFacts> = {
  name: 'token-valid',
  title: 'GitLab knows the token',
  why: 'Without a valid token nothing runs at all.',
  run({ user, token, origin }) {
    if (!user.known) {
      const remedy = `Put a valid token into ${origin}, with the scopes api and write_repository.`;
      return REFUSED.has(user.failure.code) ? problem(user.failure.message, remedy) : unknown(user.failure.message, 'Check `endpoint` and the network, and try again.');
    }
    if (token.known && token.value?.active === false) return problem(`the token of @${user.value.username} is revoked or expired`, `Make a new one and put it into ${origin}.`);
    return ok(`it is of @${user.value.username}`);
  },
};

const REFUSED: ReadonlySet<string> = new Set(['gitlab-unauthorised', 'gitlab-forbidden']);
