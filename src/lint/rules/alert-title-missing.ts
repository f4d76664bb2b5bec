import { audienceOf, incidentAlerts, placeTarget, shown, sameTitle, titleOf, type Draft, type Rule } from '../rule.ts';

export const alertTitleMissing: Rule = {
  name: 'alert-title-missing',
  severity: 'info',
  summary: 'An alert about Applications has no title, so GitLab calls its incident by the summary or the name of the alert',
  fixable: false,
  check: ({ alerting }) =>
    (audienceOf(alerting) === 'gitlab' ? incidentAlerts(alerting) : []).flatMap((alert): Draft[] => {
      const title = titleOf(alert);
      // one that is the same for all is alert-title-static's
      if (title.from === 'title' || !alert.complete || sameTitle(alert, title) !== null) return [];
      return [
        {
          message: `${shown(alert.name)} has no annotation title, so GitLab calls the incident by ${title.from === 'summary' ? 'its summary' : 'the name of the alert'}`,
          remedy: "Write the annotation title, which tells incidents apart: short, with the Application's namespace and name and nothing that changes while it fails.",
          target: placeTarget(title.written),
          data: { alert: shown(alert.name), titleFrom: title.from },
        },
      ];
    }),
};
