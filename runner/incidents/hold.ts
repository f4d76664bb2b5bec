import { escapeRegex } from '../../src/base/escape-regex.ts';
import { HOLD_LABEL } from './labels.ts';

/** While an incident is open, updates of what it is about do not merge by themselves. */
export interface Hold {
  /** Path of the project whose updates are held. */
  readonly project: string;
  /** Null holds all of the project. */
  readonly application: string | null;
  readonly incident: IncidentRef;
  /** ISO 8601. After an incident is closed, the hold stays for a while; null as long as it is open. */
  readonly until: string | null;
}

export interface IncidentRef {
  /** Project that has the incident. */
  readonly project: string;
  readonly iid: number;
  /** Null when it is confidential. */
  readonly title: string | null;
  readonly url: string;
}

/** An incident with what it is about. */
export interface AttributedIncident extends IncidentRef {
  readonly application: string | null;
  /** ISO 8601; null while it is open. */
  readonly closedAt: string | null;
}

export type HoldScope = 'application' | 'project' | 'group';

export interface HoldOptions {
  readonly scope: HoldScope;
  /** What an incident holds of which nobody knows the application. */
  readonly unattributed: 'project' | 'nothing';
  /** Minutes that a hold outlasts its incident. */
  readonly calmMinutes: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The holds that incidents lead to.
 * @param projects those of the run; with the scope `group` all in the incident's group are held
 */
export function holdsOf(incidents: readonly AttributedIncident[], projects: readonly string[], { scope, unattributed, calmMinutes, now }: HoldOptions): Hold[] {
  return incidents.flatMap((incident): Hold[] => {
    const until = incident.closedAt === null ? null : Date.parse(incident.closedAt) + calmMinutes * 60_000;
    if (until !== null && until <= now) return [];
    if (incident.application === null && unattributed === 'nothing') return [];
    const { application, closedAt: _closedAt, ...reference } = incident;
    const held = scope === 'group' ? projects.filter((path) => groupOf(path) === groupOf(incident.project)) : projects.filter((path) => path === incident.project);
    return held.map((project) => ({ project, application: scope === 'application' ? application : null, incident: reference, until: until === null ? null : new Date(until).toISOString() }));
  });
}

/** Path of the group that a project is in. */
export function groupOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** A version in a file, as a hold needs it. */
export interface HeldPin {
  readonly application: string | null;
  readonly file: string;
  /** Names under which Renovate knows it; several where several managers read it, none where none does. */
  readonly packageNames: readonly string[];
}

/**
 * Package rules for one project's entry in Renovate's `repositories`. `force` is what makes them stronger than any rule of the repository (44.121.2), files and names together what keeps them from touching anything
 * else. An application without a pin that is known leads to no rule here: see `isWhole`.
 */
export function holdRules(holds: readonly Hold[], pins: readonly HeldPin[]): Record<string, unknown>[] {
  const whole = holds.filter((hold) => isWhole(hold, pins));
  if (whole.length > 0) return [rule('everything', whole, {})];
  return [...Map.groupBy(holds, ({ application }) => application!)].flatMap(([application, own]) => {
    const held = pins.filter((pin) => pin.application === application && pin.packageNames.length > 0);
    const byFile = [...Map.groupBy(held, ({ file }) => file)];
    return byFile.map(([file, inside]) => rule(application, own, { matchFileNames: [literal(file)], matchPackageNames: [...new Set(inside.flatMap(({ packageNames }) => packageNames))].map(literal) }));
  });
}

/** Whether a hold is for the whole project: it says so, or its application has no version here that Renovate would update. */
export function isWhole({ application }: Hold, pins: readonly HeldPin[]): boolean {
  return application === null || !pins.some((pin) => pin.application === application && pin.packageNames.length > 0);
}

function rule(what: string, holds: readonly Hold[], match: Record<string, unknown>): Record<string, unknown> {
  const reasons = holds.map(({ incident }) => `${incident.project}#${incident.iid}`).join(', ');
  return { description: `renovate-argocd: ${what} is held by ${reasons}`, ...(Object.keys(match).length === 0 ? { matchFileNames: ['**'] } : match), addLabels: [HOLD_LABEL], force: { automerge: false } };
}

/** Matchers take globs and regexes; a name is meant as it is. */
export function literal(text: string): string {
  return /^[!/]|[*?{}[\]()]/.test(text) ? `/^${escapeRegex(text)}$/` : text;
}
