import { known } from '../../../../runner/preflight/check.ts';
import { alertIntegration } from '../../../../runner/preflight/checks/alert-integration.ts';
import type { ProjectFacts } from '../../../../runner/preflight/facts.ts';
import { project, projectFacts, refused, verdictOf } from '../made-up.ts';

const NOT_TOLD = 'unknown: GitLab does not tell integrations here, and no alert has made an incident yet';

it.each<[string, Partial<ProjectFacts>, string]>([
  ['an incident of an alert', {}, 'ok: an alert made incident #3 on 2026-01-05'],
  ['where the name of the bot was taken', { incident: known({ iid: 4, author: 'alert-bot1', createdAt: '2026-01-06T10:00:00.000Z' }) }, 'ok: an alert made incident #4 on 2026-01-06'],
  ['an incident of a person', { incident: known({ iid: 3, author: 'anna', createdAt: '2026-01-05T10:00:00.000Z' }) }, NOT_TOLD],
  ['no incident yet', { incident: known(null) }, NOT_TOLD],
  ['no issues', { project: project({ issues: false }) }, 'warning: issues are switched off, and an incident is one'],
  ['no Monitor', { project: project({ monitor: false }) }, 'warning: Monitor is switched off: no alert is received'],
  ['not shown', { incident: refused() }, 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(alertIntegration, projectFacts(fields))).toBe(expected);
});
