import { ok, unknown, warning, whenKnown, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

const PLACE = 'Settings > Monitor > Alerts';

/** REST shows neither the integrations nor the settings of incidents: the Prometheus integration is gone from it since 17.8 (gitlab-org/gitlab!175395), and alert integrations are in GraphQL only. */
export const alertIntegration: Check<ProjectFacts> = {
  name: 'alert-integration',
  title: 'Alerts become incidents',
  why: 'A deployment that fails must become an incident, and the incident must close when all is well again: that is what holds an update back, and what lets it go on.',
  run({ project, incident }) {
    if (!project.issues) return warning('issues are switched off, and an incident is one', 'Switch them on: Settings > General > Visibility, project features, permissions > Issues.');
    if (!project.monitor) return warning('Monitor is switched off: no alert is received', 'Switch it on: Settings > General > Visibility, project features, permissions > Monitor.');
    return whenKnown(incident, PLACE, (last) => {
      if (last !== null && ALERT_BOT.test(last.author)) return ok(`an alert made incident #${last.iid} on ${last.createdAt.slice(0, 10)}`);
      return unknown('GitLab does not tell integrations here, and no alert has made an incident yet', `Look by hand: ${PLACE}: a Prometheus integration that is active, "Create an incident" and "Automatically close" ticked.`);
    });
  },
};

/** GitLab's own user, with a number when the name was taken (Users::Internal.alert_bot). */
const ALERT_BOT = /^alert-bot\d*$/;
