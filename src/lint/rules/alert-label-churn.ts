import { applicationAlerts, audienceOf, carries, shown, type AboutApplications, type Draft, type Rule } from '../rule.ts';

export const alertLabelChurn: Rule = {
  name: 'alert-label-churn',
  severity: 'warning',
  summary: 'An alert about Applications carries labels that change while it fails: each change resolves it and raises another',
  fixable: false,
  check: ({ alerting }) =>
    applicationAlerts(alerting).flatMap((alert): Draft[] => {
      const changing = changingLabels(alert);
      if (changing.length === 0) return [];
      const incidents = audienceOf(alerting) === 'gitlab';
      return [
        {
          severity: incidents ? 'warning' : 'info',
          message: `${shown(alert.name)} carries ${changing.join(', ')} of argocd_app_info: when one of them changes, the alert resolves and another one starts${incidents ? ', so the incident closes although nothing is better, and a new one opens later' : ''}`,
          remedy: 'Aggregate by what only an edit changes: max by (namespace, name, project) (…). To tell states apart, write an alert for each, whose selector asks for that one state.',
          target: { kind: 'place', ...alert.about },
          data: { alert: shown(alert.name), labels: changing },
        },
      ];
    }),
};

/** State of the Application, and the pod that Prometheus read, which is another after a restart of Argo CD's controller. */
const CHANGING = ['sync_status', 'health_status', 'operation', 'pod', 'instance'];

/** What the selector asks for exactly does not change within one alert. */
function changingLabels({ series }: AboutApplications): string[] {
  return CHANGING.filter((label) => carries(series, label) && series.fixed[label] === undefined);
}
