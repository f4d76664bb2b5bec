/**
 * The line of an incident that says to programs which Application it is about: an HTML comment, which an alert brings along in its annotation
 * gitlab_incident_markdown. The namespace is that of the Application resource itself. Written by alerts, read by whoever acts on incidents.
 */

/** As a Prometheus rule writes it: the labels of argocd_app_info. */
export const MARKER_TEMPLATE = '<!-- renovate-argocd application="{{ $labels.name }}" namespace="{{ $labels.namespace }}" -->';

/** What a marker says, before or after Prometheus has filled it in. */
export interface MarkerText {
  readonly application: string;
  /** Null when it leaves it out. */
  readonly namespace: string | null;
}

/** What somebody meant as a marker, whatever it holds. */
const COMMENT = /<!--\s*renovate-argocd\b[^]*?(?:-->|$)/g;

const MARKER = /^<!-- *renovate-argocd +application="(?<application>[^"\n]+)"(?: +namespace="(?<namespace>[^"\n]+)")? *-->$/;

/** Every marker of a text, in order; null for one that is not in form. */
export function markersIn(markdown: string): readonly (MarkerText | null)[] {
  return [...markdown.matchAll(COMMENT)].map(([comment]) => {
    const { application, namespace = null } = MARKER.exec(comment)?.groups ?? {};
    return application === undefined ? null : { application, namespace };
  });
}
