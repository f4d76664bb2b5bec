import { ok, problem, warning, whenKnown, unknown, type Check } from '../check.ts';
import type { TokenFacts } from '../facts.ts';

const PLACE = 'the list of access tokens of the user, project or group';

export const tokenScopes: Check<TokenFacts> = {
  name: 'token-scopes',
  title: 'The token may read and write',
  why: 'Renovate opens merge requests and issues (api) and pushes branches (write_repository, which api includes). With read_api alone it finds every update and can propose none.',
  run({ token, origin }) {
    return whenKnown(token, PLACE, (self) => {
      if (self === null) return unknown('a token of this kind does not tell its scopes', `Look by hand: ${PLACE}; it needs api and write_repository.`);
      const has = self.scopes.join(', ');
      if (!self.scopes.includes('api')) return problem(`it has ${has === '' ? 'no scope' : has}, but not api`, `Make a token with the scopes api and write_repository, and put it into ${origin}.`);
      const unneeded = self.scopes.filter((scope) => UNNEEDED.has(scope));
      return unneeded.length > 0 ? warning(`it has ${has}`, `Make a token without ${unneeded.join(' and ')}: charts and presets of strangers are worked on while it is at hand.`) : ok(`it has ${has}`);
    });
  },
};

/** Far beyond what Renovate does. */
const UNNEEDED = new Set(['sudo', 'admin_mode', 'create_runner', 'manage_runner', 'k8s_proxy']);
