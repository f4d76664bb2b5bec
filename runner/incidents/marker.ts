/** What an alert says of itself for machines: the Application resource that it is about. */
export interface Marker {
  readonly application: string;
  /** Namespace of the Application resource; null when the marker leaves it out. */
  readonly namespace: string | null;
}

/**
 * `<!-- renovate-argocd application="NAME" namespace="NAMESPACE" -->`, as our alert rules put it into `gitlab_incident_markdown`. Names are DNS subdomains (RFC 1123), as Kubernetes wants them: anything else is no
 * marker, whoever wrote it.
 */
const MARKER = /<!-- *renovate-argocd +application="(?<application>[^"]*)"(?: +namespace="(?<namespace>[^"]*)")? *-->/g;

const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** All that a text holds, each once; those that are malformed are left out. More than one application makes an incident about none: somebody has added one. */
export function markersIn(text: string): Marker[] {
  const found = [...text.matchAll(MARKER)].flatMap(({ groups }): Marker[] => {
    const { application = '', namespace } = groups ?? {};
    return isName(application) && (namespace === undefined || isName(namespace)) ? [{ application, namespace: namespace ?? null }] : [];
  });
  return [...new Map(found.map((marker) => [`${marker.namespace ?? ''}/${marker.application}`, marker])).values()];
}

/** A name that Kubernetes takes for an Application, and that is therefore safe to compare and to quote. */
export function isName(text: string): boolean {
  return NAME.test(text);
}
