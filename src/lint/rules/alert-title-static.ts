import { incidentAlerts, placeTarget, shown, sameTitle, titleOf, whereGitLabListens, type Draft, type Rule, type Title } from '../rule.ts';

export const alertTitleStatic: Rule = {
  name: 'alert-title-static',
  severity: 'error',
  summary: 'An alert about Applications has the same title for all of them, so GitLab makes one incident of several failures',
  fixable: false,
  check: ({ alerting }) =>
    incidentAlerts(alerting).flatMap((alert): Draft[] => {
      const title = titleOf(alert);
      const why = title.from !== 'title' && !alert.complete ? null : sameTitle(alert, title);
      if (why === null) return [];
      return [
        {
          severity: whereGitLabListens(alerting, 'error'),
          // startsAt, title and expression are all of the fingerprint
          message: `${WHAT[title.from]} of ${shown(alert.name)} ${why}: Applications that fail in one evaluation become one incident in GitLab, and the first that recovers closes it`,
          remedy: `Name the Application in the annotation title, such as title: '{{ $labels.namespace }}/{{ $labels.name }} is not synced'${alert.series.labels === null || alert.series.labels.includes('name') ? '' : ', and keep the labels name and namespace in the expression'}.`,
          target: placeTarget(title.written),
          data: { alert: shown(alert.name), titleFrom: title.from },
        },
      ];
    }),
};

const WHAT: Readonly<Record<Title['from'], string>> = {
  title: 'the title',
  summary: 'the summary, which stands in for the missing title,',
  name: 'the name, which stands in for a missing title and summary,',
};
