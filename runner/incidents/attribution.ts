import { escapeRegex } from '../../src/base/escape-regex.ts';
import type { Incident } from '../gitlab/schema.ts';
import { isName, markersIn } from './marker.ts';

/** How an incident's application is known: by the alert's own marker, by a label that a person or a rule set, by its name in the title. */
export type Confidence = 'marker' | 'label' | 'title';

export interface Attribution {
  /** As the repository names it: the Application, or what its name is made by (KnownApplication). Null when nothing says it, or several are meant. */
  readonly application: string | null;
  readonly confidence: Confidence | null;
  /** Why there is none, for people. */
  readonly reason: string | null;
}

/** An application that the repository deploys. */
export interface KnownApplication {
  /** Of an Application, of an ApplicationSet that makes Applications, or the pattern alone. */
  readonly name: string;
  /** What the Applications themselves are called, where `name` is none: `*-cert-manager` for names that a template makes. */
  readonly patterns: readonly string[];
}

const LABEL = /^(?:application|argocd)::(?<application>.+)$/;

/**
 * Which application an incident is about. The text of an alert is untrusted: it is compared with names and quoted, nothing else.
 * @param known what the repository deploys; a marker for another application is believed, too: it may have been renamed or be deployed from elsewhere, and then concerns no pin
 */
export function attribute(incident: Pick<Incident, 'title' | 'description' | 'labels'>, known: readonly KnownApplication[]): Attribution {
  const markers = [...new Set(markersIn(incident.description).map(({ application }) => application))];
  if (markers.length === 1) return declared(markers[0]!, 'marker', known);
  if (markers.length > 1) return nobody(`its text names several applications: ${markers.join(', ')}`);
  const labels = [...new Set(incident.labels.flatMap((label) => LABEL.exec(label)?.groups?.['application'] ?? []).filter(isName))];
  if (labels.length === 1) return declared(labels[0]!, 'label', known);
  if (labels.length > 1) return nobody(`its labels name several applications: ${labels.join(', ')}`);
  const titled = known.map(({ name }) => name).filter((name) => namesIt(incident.title, name));
  // `cert-manager` names `cert-manager-webhook` not: the longest that stands there alone
  const longest = titled.filter((name) => !titled.some((other) => other !== name && other.includes(name)));
  if (longest.length === 1) return { application: longest[0]!, confidence: 'title', reason: null };
  return nobody(longest.length === 0 ? 'neither a marker nor a label nor the title names an application' : `its title names several applications: ${longest.join(', ')}`);
}

/**
 * Where a repository has an Application of that name: what deploys its versions; else the application of that name, or the one whose names it fits best: `prod-cert-manager` is rather a `*-cert-manager` than a `*-manager`.
 */
function declared(named: string, confidence: Confidence, known: readonly KnownApplication[]): Attribution {
  const literally = only(known.filter(({ patterns }) => patterns.includes(named)));
  if (literally !== null) return { application: literally, confidence, reason: null };
  if (known.some(({ name }) => name === named)) return { application: named, confidence, reason: null };
  const fitting = known.flatMap(({ name, patterns }) => patterns.filter((pattern) => fits(named, pattern)).map((pattern) => ({ name, literal: pattern.replaceAll('*', '').length })));
  const longest = Math.max(...fitting.map(({ literal }) => literal));
  const best = fitting.filter(({ literal }) => literal === longest);
  if (best.length > 0 && only(best) === null) return nobody(`${named} may be any of ${[...new Set(best.map(({ name }) => name))].join(', ')}`);
  return { application: only(best) ?? named, confidence, reason: null };
}

/** The name that all have; null when there is none, or several. */
function only(some: readonly { readonly name: string }[]): string | null {
  const names = new Set(some.map(({ name }) => name));
  return names.size === 1 ? [...names][0]! : null;
}

/** Whether a name has the literal parts of a pattern, in their order. No regular expression: a repository may say anything, and this takes a time that is linear. */
function fits(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern;
  const parts = pattern.split('*');
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

function nobody(reason: string): Attribution {
  return { application: null, confidence: null, reason };
}

/** As a word of its own: names hold letters, digits, dots and dashes. What stands before a slash is a namespace. */
function namesIt(title: string, name: string): boolean {
  return new RegExp(`(?<![a-z0-9-])${escapeRegex(name)}(?![a-z0-9/-])`, 'i').test(title);
}
