import type { Incident } from '../gitlab/schema.ts';
import { isName, markersIn } from './marker.ts';

/** How an incident's application is known: by the alert's own marker, by a label that a person or a rule set, by its name in the title. */
export type Confidence = 'marker' | 'label' | 'title';

export interface Attribution {
  /** Null when nothing says it, or several are meant. */
  readonly application: string | null;
  readonly confidence: Confidence | null;
  /** Why there is none, for people. */
  readonly reason: string | null;
}

const LABEL = /^(?:application|argocd)::(?<application>.+)$/;

/**
 * Which application an incident is about. The text of an alert is untrusted: it is compared with names and quoted, nothing else.
 * @param known applications that the repository deploys; a marker for another one is believed, too: it may have been renamed or be deployed from elsewhere, and then concerns no pin
 */
export function attribute(incident: Pick<Incident, 'title' | 'description' | 'labels'>, known: readonly string[]): Attribution {
  const markers = [...new Set(markersIn(incident.description).map(({ application }) => application))];
  if (markers.length === 1) return { application: markers[0]!, confidence: 'marker', reason: null };
  if (markers.length > 1) return nobody(`its text names several applications: ${markers.join(', ')}`);
  const labels = [...new Set(incident.labels.flatMap((label) => LABEL.exec(label)?.groups?.['application'] ?? []).filter(isName))];
  if (labels.length === 1) return { application: labels[0]!, confidence: 'label', reason: null };
  if (labels.length > 1) return nobody(`its labels name several applications: ${labels.join(', ')}`);
  const titled = known.filter((name) => namesIt(incident.title, name));
  // `cert-manager` names `cert-manager-webhook` not: the longest that stands there alone
  const longest = titled.filter((name) => !titled.some((other) => other !== name && other.includes(name)));
  if (longest.length === 1) return { application: longest[0]!, confidence: 'title', reason: null };
  return nobody(longest.length === 0 ? 'neither a marker nor a label nor the title names an application' : `its title names several applications: ${longest.join(', ')}`);
}

function nobody(reason: string): Attribution {
  return { application: null, confidence: null, reason };
}

/** As a word of its own: names hold letters, digits, dots and dashes. */
function namesIt(title: string, name: string): boolean {
  const index = title.toLowerCase().indexOf(name);
  if (index < 0) return false;
  const [before = '', after = ''] = [title.slice(0, index).at(-1), title[index + name.length]];
  return !/[a-z0-9-]/i.test(before) && !/[a-z0-9-]/i.test(after);
}
