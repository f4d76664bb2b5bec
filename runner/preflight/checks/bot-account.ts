import { ok, warning, whenKnown, type Check } from '../check.ts';
import type { TokenFacts } from '../facts.ts';

export const botAccount: Check<TokenFacts> = {
  name: 'bot-account',
  title: 'The token belongs to a bot',
  why: "A person's token has all of that person's rights, ends with the employment, and makes Renovate's merge requests the person's own: who then may not approve them.",
  run({ user }) {
    return whenKnown(user, 'who the token belongs to', ({ username, bot, admin }) => {
      if (admin) return warning(`@${username} is an administrator`, 'Use a group access token or a service account with the role Developer or Maintainer in the groups concerned.');
      if (bot) return ok(`@${username} is a bot`);
      if (NAMES.test(username)) return ok(`@${username} is an account made for this, by its name`);
      return warning(`@${username} seems to be a person`, 'Use a group access token, a project access token or a service account.');
    });
  },
};

/** Accounts of their own are no bots for GitLab, but mostly say what they are. */
const NAMES = /(?:^|[-_.])(?:renovate|bot|ci|svc|service|automation|machine)(?:$|[-_.\d])|bot\d*$|renovate/i;
