import { ok, problem, warning, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const mergeChecks: Check<ProjectFacts> = {
  name: 'merge-checks',
  title: 'No other merge check stands in the way',
  why: 'GitLab also refuses to merge without an issue of Jira in the title or description, which Renovate does not write, or while an external status check is open.',
  run({ project, automerges }) {
    const place = 'Settings > Merge requests > Merge checks';
    if (project.jiraIssueRequired) return (automerges ? problem : warning)('an issue of Jira must be named in every merge request', `Switch it off (${place}), or have Renovate write one: commitMessageSuffix or prBodyNotes.`);
    if (project.statusChecksMustPass) return warning('external status checks must pass', `See to it that they answer for the bot's merge requests too; they are set in ${place}.`);
    return ok('none besides these');
  },
};
