import { markersIn, MARKER_TEMPLATE } from '../../base/incident-marker.ts';
import { audienceOf, carries, incidentAlerts, labelsNamed, placeTarget, shown, whereGitLabListens, type AboutApplications, type Draft, type Rule } from '../rule.ts';

export const alertNoMarker: Rule = {
  name: 'alert-no-marker',
  severity: 'warning',
  summary: 'An alert about Applications does not say to programs which one failed, so the runner has to guess it from the title',
  fixable: false,
  check: ({ alerting }) =>
    incidentAlerts(alerting).flatMap((alert): Draft[] => {
      const fault = faultOf(alert);
      // who does not use the runner, or not GitLab, misses nothing
      if (fault === null || (!fault.broken && audienceOf(alerting) !== 'gitlab')) return [];
      return [
        {
          severity: whereGitLabListens(alerting, fault.broken ? 'warning' : 'info'),
          message: `${shown(alert.name)} ${fault.message}`,
          remedy: fault.remedy ?? `Write this line into the annotation gitlab_incident_markdown: ${MARKER_TEMPLATE}`,
          target: placeTarget(alert.annotations.get('gitlab_incident_markdown') ?? alert.name),
          data: { alert: shown(alert.name) },
        },
      ];
    }),
};

interface Fault {
  readonly message: string;
  /** When it is another than to write the marker. */
  readonly remedy?: string;
  /** Somebody wrote a marker that does not work. */
  readonly broken: boolean;
}

function faultOf({ annotations, complete, series }: AboutApplications): Fault | null {
  const markdown = annotations.get('gitlab_incident_markdown');
  // a sum over all Applications can name none
  if (series.labels?.length === 0) return null;
  if (markdown === undefined) return complete ? { message: 'has no annotation gitlab_incident_markdown with a marker, so the runner has to guess the Application from the title', broken: false } : null;
  if (markdown.text === null) return null;
  const markers = markersIn(markdown.text);
  const [first] = markers;
  if (first === undefined) return { message: 'has no marker in gitlab_incident_markdown, so the runner has to guess the Application from the title', broken: false };
  if (markers.includes(null) || first === null) return { message: 'has a marker in gitlab_incident_markdown that is not in form, so the runner does not read it', broken: true };
  if (markers.some((marker) => marker?.application !== first.application)) return { message: 'has markers for several Applications in gitlab_incident_markdown, so the runner takes its incidents to be about none', broken: true };
  const empty = (labelsNamed(`${first.application}${first.namespace ?? ''}`) ?? []).filter((label) => !carries(series, label));
  if (empty.length > 0) return { message: `has a marker that stays empty, so the runner does not read it: the expression does not keep ${empty.join(' and ')}`, remedy: 'Keep what the marker names: max by (namespace, name) (…).', broken: true };
  return first.namespace === null ? { message: 'has a marker without a namespace: Applications of one name in several namespaces are not told apart', broken: false } : null;
}
