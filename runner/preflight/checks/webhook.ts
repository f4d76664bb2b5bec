import type { Hook } from '../../gitlab/schema.ts';
import { ok, problem, unknown, warning, whenKnown, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

const PLACE = 'Settings > Webhooks';

export const webhook: Check<ProjectFacts> = {
  name: 'webhook',
  title: 'GitLab tells `serve` what happens',
  why: 'A tick on the Dependency Dashboard, a merge or a change of the config is worked on at once instead of at the next time of `cron`.',
  applies: (facts) => facts.webhook !== null,
  run({ hooks, webhook: address }) {
    return whenKnown(hooks, PLACE, (all) => {
      if (all === null) return unknown('webhooks are for Maintainers to see', `Look by hand: ${PLACE}.`);
      const ours = all.filter(({ url }) => isSameAddress(url, address!));
      if (ours.length === 0) return warning(`none leads to ${address}; one of the group does not show here`, `Add it: ${PLACE}, with push, issue and merge request events.`);
      const [best] = ours.sort((a, b) => missingIn(a).length - missingIn(b).length);
      if (!ours.some(({ working }) => working)) return problem('GitLab has switched it off after failures', `See why and test it: ${PLACE} > Edit > Recent events.`);
      const missing = missingIn(best!);
      return missing.length === 0 ? ok(`it leads to ${address}`) : warning(`it lacks ${missing.join(' and ')}`, `Tick them: ${PLACE} > Edit.`);
    });
  },
};

function missingIn({ pushes, issues, mergeRequests }: Hook): string[] {
  return [...(pushes ? [] : ['push events']), ...(issues ? [] : ['issue events']), ...(mergeRequests ? [] : ['merge request events'])];
}

/** Apart from a slash at the end and what stands behind a question mark. */
function isSameAddress(a: string, b: string): boolean {
  const [x, y] = [URL.parse(a), URL.parse(b)];
  return x !== null && y !== null && x.origin === y.origin && x.pathname.replace(/\/$/, '') === y.pathname.replace(/\/$/, '');
}
