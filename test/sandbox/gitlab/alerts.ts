import { createHash } from 'node:crypto';
import { closeIssue, openIssue } from './issues.ts';
import { nextId, now, type Alert, type Project, type State } from './state.ts';

/** GitLab's Alertmanager integration: what becomes of a payload (app/services/projects/prometheus/alerts/notify_service.rb, lib/gitlab/alert_management/payload/prometheus.rb). */
type Json = Readonly<Record<string, unknown>>;

const REQUIRED = ['version', 'groupKey', 'status', 'receiver', 'groupLabels', 'commonLabels', 'commonAnnotations', 'externalURL', 'alerts'];
const MOST_ALERTS = 100;
const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 1000;

/** 201 when it was taken; what the payload lacks is said before who sent it. */
export function notify(state: State, project: Project, key: string | null, payload: unknown): number {
  if (!isPayload(payload)) return 422;
  if (key === null || key !== project.settings.alertKey) return 401;
  (payload['alerts'] as readonly Json[]).slice(0, MOST_ALERTS).forEach((alert) => take(state, project, alert));
  return 201;
}

function isPayload(payload: unknown): payload is Json {
  return isObject(payload) && REQUIRED.every((key) => key in payload) && payload['version'] === '4' && Array.isArray(payload['alerts']);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function take(state: State, project: Project, payload: Json): void {
  const title = titleOf(payload);
  const startsAt = at(payload, 'startsAt');
  if (title === null || startsAt === null) return;
  const fingerprint = createHash('sha1').update([startsAt, title, queryOf(payload) ?? ''].join('/')).digest('hex');
  const open = project.alerts.find((alert) => alert.fingerprint === fingerprint && alert.status !== 'resolved');
  if (payload['status'] === 'resolved') {
    if (open !== undefined) resolve(state, project, open, at(payload, 'endsAt'));
  } else if (open === undefined) fire(state, project, payload, { title, startsAt, fingerprint });
  else open.events += 1;
}

/** Labels are not in the fingerprint: two alerts of one title that start together are one. */
function titleOf(payload: Json): string | null {
  const title = at(payload, 'annotations', 'title') ?? at(payload, 'annotations', 'summary') ?? at(payload, 'labels', 'alertname');
  return title === null || title === '' ? null : shortened(title, LONGEST_TITLE);
}

/** The expression in `http://prometheus/graph?g0.expr=…`. */
function queryOf(payload: Json): string | null {
  return URL.parse(at(payload, 'generatorURL') ?? '')?.searchParams.get('g0.expr') ?? null;
}

function at(value: unknown, ...path: readonly string[]): string | null {
  const found = path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
  return typeof found === 'string' ? found : null;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}

function fire(state: State, project: Project, payload: Json, { title, startsAt, fingerprint }: { title: string; startsAt: string; fingerprint: string }): void {
  const iid = project.alerts.length + 1;
  const alert: Alert = { id: nextId(state), iid, fingerprint, title, severity: severityOf(at(payload, 'labels', 'severity')), startedAt: startsAt, payload, status: 'triggered', endedAt: null, events: 1, issueIid: null };
  project.alerts.push(alert);
  if (!project.settings.createIncidents || project.settings.issuesOff) return;
  const issue = openIssue(state, project, state.alertBot, { type: 'incident', title, description: descriptionOf(state, project, alert), labels: [], assignees: [], confidential: false, severity: alert.severity });
  alert.issueIid = issue.iid;
}

function resolve(state: State, project: Project, alert: Alert, endsAt: string | null): void {
  Object.assign(alert, { status: 'resolved', endedAt: endsAt ?? now() });
  const incident = project.issues.find(({ iid }) => iid === alert.issueIid);
  if (project.settings.autoCloseIncidents && incident !== undefined) closeIssue(state, project, incident, state.alertBot);
}

const SEVERITIES: Readonly<Record<string, readonly string[]>> = {
  critical: ['critical', 's1', 'p1', 'emergency', 'fatal'],
  high: ['high', 's2', 'p2', 'major', 'page'],
  medium: ['medium', 's3', 'p3', 'error', 'alert'],
  low: ['low', 's4', 'p4', 'warn', 'warning', 'minor'],
  info: ['info', 's5', 'p5', 'debug', 'information', 'notice'],
};

/** What it does not know is critical. */
function severityOf(label: string | null): string {
  return Object.entries(SEVERITIES).find(([, names]) => names.includes(label?.toLowerCase() ?? ''))?.[0] ?? 'critical';
}

/** As app/presenters/alert_management/alert_presenter.rb writes it; two blanks end a line. */
function descriptionOf({ origin }: State, { path }: Project, { iid, severity, startedAt, payload }: Alert): string {
  const query = queryOf(payload as Json);
  const description = at(payload, 'annotations', 'description');
  const lines = [
    `**Start time:** ${startTime(startedAt)}`,
    `**Severity:** ${severity}`,
    ...(query === null ? [] : [`**full_query:** \`${query}\``]),
    '**Monitoring tool:** Prometheus',
    ...(description === null ? [] : [`**Description:** ${shortened(description, LONGEST_DESCRIPTION)}`]),
    `**GitLab alert:** ${origin}/${path}/-/alert_management/${iid}/details`,
  ];
  const markdown = at(payload, 'annotations', 'gitlab_incident_markdown');
  return [`${lines.join('  \n')}\n`, ...(markdown === null ? [] : [markdown])].join('\n\n---\n\n');
}

/** `27 April 2020, 10:10PM (UTC)` */
function startTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  const part = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(time);
  const hour = time.getUTCHours();
  return `${part({ day: '2-digit' })} ${part({ month: 'long' })} ${part({ year: 'numeric' })}, ${hour % 12 || 12}:${String(time.getUTCMinutes()).padStart(2, '0')}${hour < 12 ? 'AM' : 'PM'} (UTC)`;
}
