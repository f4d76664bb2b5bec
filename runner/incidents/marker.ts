import { markersIn as written, type MarkerText } from '../../src/base/incident-marker.ts';

const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** A name that Kubernetes takes for an Application (DNS subdomain, RFC 1123), and that is therefore safe to compare and to quote. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** The Applications that a text names, each once. What is malformed is left out, whoever wrote it. */
export function markersIn(text: string): MarkerText[] {
  const found = written(text).filter((marker) => marker !== null && isName(marker.application) && (marker.namespace === null || isName(marker.namespace))) as MarkerText[];
  return [...new Map(found.map((marker) => [`${marker.namespace ?? ''}/${marker.application}`, marker])).values()];
}
