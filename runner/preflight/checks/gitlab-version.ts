import { ok, problem, unknown, whenKnown, type Check } from '../check.ts';
import type { TokenFacts } from '../facts.ts';

/** What this runner's requests and answers are held against. */
const LEAST = 17;

export const gitlabVersion: Check<TokenFacts> = {
  name: 'gitlab-version',
  title: `GitLab is version ${LEAST} or later`,
  why: 'Older versions answer differently, and merge by other rules than this program and Renovate reckon with.',
  run({ version }) {
    return whenKnown(version, 'Help > Help, or /help', (text) => {
      const major = Number(/^\d+/.exec(text)?.[0] ?? NaN);
      if (Number.isNaN(major)) return unknown(`it calls itself ${text}`, 'Look by hand: Help > Help.');
      return major < LEAST ? problem(`it is ${text}`, `Upgrade GitLab to ${LEAST} or later.`) : ok(`it is ${text}`);
    });
  },
};
