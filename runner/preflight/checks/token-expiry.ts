import { ok, problem, unknown, warning, whenKnown, type Check } from '../check.ts';
import type { TokenFacts } from '../facts.ts';

const DAY = 86_400_000;
const PROBLEM_DAYS = 3;
const WARNING_DAYS = 14;
const PLACE = 'the list of access tokens of the user, project or group';

export const tokenExpiry: Check<TokenFacts> = {
  name: 'token-expiry',
  title: 'The token does not expire soon',
  why: 'From the day of its expiry on GitLab refuses it, and Renovate stops without a word to those whose updates it keeps.',
  run({ token, origin, now }) {
    return whenKnown(token, PLACE, (self) => {
      if (self === null) return unknown('a token of this kind does not tell when it expires', `Look by hand: ${PLACE}.`);
      if (self.expiresAt === null) return ok('it has no expiry');
      // it is refused from the beginning of that day in UTC (PersonalAccessToken.expired?)
      const days = Math.floor((Date.parse(self.expiresAt.slice(0, 10)) - now) / DAY);
      const found = days < 0 ? `it expired on ${self.expiresAt}` : `it expires on ${self.expiresAt}, ${days === 0 ? 'within a day' : `in ${days} ${days === 1 ? 'day' : 'days'}`}`;
      const remedy = `Rotate it, and put the new one into ${origin}.`;
      if (days < PROBLEM_DAYS) return problem(found, remedy);
      return days < WARNING_DAYS ? warning(found, remedy) : ok(found);
    });
  },
};
