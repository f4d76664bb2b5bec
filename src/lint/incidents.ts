import { HOLE } from '../alerts/alerting.ts';
import type { Alert, Alerting, Receiver, Series, Webhook, Written } from './model.ts';
import type { Severity, Target } from './rule.ts';

// What rules about alerts share: no rule imports another.

export { HOLE } from '../alerts/alerting.ts';

/** For messages. */
export function shown({ pattern }: Written): string {
  return pattern.replaceAll(HOLE, '…');
}

/** GitLab's endpoints for alerts, under the path of a project (config/routes/project.rb): those of the Prometheus integration, of a nameless HTTP one, and of a named one. */
export const ALERT_ENDPOINT = /\/(?:prometheus\/alerts\/notify|alerts\/notify(?:\/[^/?#]+\/[A-Za-z0-9]+)?)\.json$/;

/** Whether a webhook goes to GitLab; null where its address is not known and its receiver's name says nothing. */
export function goesToGitLab({ url }: Webhook, { name }: Receiver): boolean | null {
  if (url !== null && /\/alerts\/notify\b|\/alert_management\b|\/prometheus\/alerts?\//.test(url.pattern)) return true;
  if (url === null || url.text === null) return /gitlab/i.test(name.pattern) ? true : null;
  return false;
}

export type Audience = 'gitlab' | 'unknown' | 'others';

/** Who gets the alerts of this repository, as far as its files say. */
export function audienceOf({ routings }: Alerting): Audience {
  const receivers = routings.flatMap((routing) => routing.receivers ?? []);
  const verdicts = receivers.flatMap((receiver) => receiver.webhooks.map((webhook) => goesToGitLab(webhook, receiver)));
  if (verdicts.includes(true)) return 'gitlab';
  return verdicts.includes(null) || !receivers.some(({ sends }) => sends) ? 'unknown' : 'others';
}

/** Alerts about Applications, which become incidents where GitLab gets them; none where it does not. */
export function incidentAlerts(alerting: Alerting): readonly AboutApplications[] {
  return audienceOf(alerting) === 'others' ? [] : applicationAlerts(alerting);
}

export type AboutApplications = Alert & { readonly about: NonNullable<Alert['about']>; readonly series: Series };

export function applicationAlerts({ alerts }: Alerting): readonly AboutApplications[] {
  return alerts.filter((alert): alert is AboutApplications => alert.about !== null && alert.series !== null);
}

/** Where no receiver is in sight, it may be GitLab or not. */
export function whereGitLabListens(alerting: Alerting, severity: Severity): Severity {
  return audienceOf(alerting) === 'gitlab' ? severity : 'info';
}

export interface Title {
  readonly from: 'title' | 'summary' | 'name';
  readonly written: Written;
}

/** What GitLab calls the incident: the annotation title, else summary, else the alert's name (lib/gitlab/alert_management/payload/prometheus.rb). */
export function titleOf({ annotations, name }: Alert): Title {
  for (const from of ['title', 'summary'] as const) {
    const written = annotations.get(from);
    if (written !== undefined) return { from, written };
  }
  return { from: 'name', written: name };
}

export function carries({ labels, dropped }: Series, label: string): boolean {
  return labels === null ? !dropped.includes(label) : labels.includes(label);
}

/** Labels that Prometheus fills into a text; null where its template may name any. */
export function labelsNamed(template: string): readonly string[] | null {
  const names: string[] = [];
  for (const [action] of template.matchAll(/\{\{[^]{0,2000}?\}\}/g)) {
    const found = [...action.matchAll(/(?:\$labels|\.Labels)\.(?<dot>\w+)|\bindex\s+(?:\$labels|\.Labels)\s+"(?<index>\w+)"/g)].map(({ groups = {} }) => groups['dot'] ?? groups['index'] ?? '');
    if (found.length === 0 && /\$labels|\.Labels|\bquery\b/.test(action)) return null;
    names.push(...found);
  }
  return [...new Set(names)];
}

/** Labels in which Applications do not differ: those of a state, of a group, and of the pod that Prometheus reads. */
const SHARED = new Set(['namespace', 'project', 'dest_server', 'sync_status', 'health_status', 'operation', 'autosync_enabled', 'job', 'instance', 'pod', 'container', 'service', 'endpoint', 'cluster']);

/** Why a title does not tell apart what may fail at once, null where it does or nothing is sure. */
export function sameTitle({ series }: AboutApplications, { written: { text } }: Title): string | null {
  const named = text === null ? null : labelsNamed(text);
  if (named === null || series.fixed['name'] !== undefined || series.labels?.length === 0) return null;
  const kept = named.filter((label) => carries(series, label));
  const byName = carries(series, 'name');
  // without the name, what the series are counted by tells them apart
  if (!byName && series.labels === null) return null;
  if (kept.some((label) => !byName || !SHARED.has(label))) return null;
  if (named.length === 0) return 'names no label';
  return kept.length === 0 ? `names only ${named.join(' and ')}, which the expression does not keep` : `names only ${kept.join(' and ')}, in which Applications do not differ`;
}

export function placeTarget({ place }: Pick<Written, 'place'>): Target {
  return { kind: 'place', ...place };
}
