import type { CoverageReader } from '../../src/index.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { Incident, Project } from '../gitlab/schema.ts';
import type { Redact, Token } from '../../src/base/secrets.ts';
import { attribute, type Attribution } from './attribution.ts';
import { accuse, type Accusation } from './blame.ts';
import { applicationsIn, holdRules, holdsOf, type AttributedIncident, type Hold, type HoldOptions } from './hold.ts';
import { investigate, type DeployedPin, type Investigation } from './investigate.ts';
import { HOLD_LABEL, REVERT_LABEL, SUSPECT_LABEL } from './labels.ts';
import { accusedNote, suspectNote } from './notes.ts';
import { holdActions, noteActions, type Action, type OpenRequest } from './plan.ts';
import { exclusionRules } from './revert.ts';
import { applicationsTouched } from './touched.ts';

export interface RoundOptions extends Omit<HoldOptions, 'now'> {
  readonly gitlab: GitLab;
  readonly token: Token;
  readonly redact: Redact;
  readonly bot: string;
  readonly coverage: CoverageReader;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An incident of one project, with what is thought of it. */
export interface Judged {
  readonly incident: Incident;
  readonly attribution: Attribution;
  /** Null as long as nobody knows the application, and for one that is closed. */
  readonly accusation: Accusation | null;
}

/** What is so in a project with incidents, and what would make it as it should be. Nothing is written here. */
export interface Round {
  readonly project: Project;
  readonly judged: readonly Judged[];
  readonly holds: readonly Hold[];
  /** For Renovate. */
  readonly rules: readonly Record<string, unknown>[];
  readonly actions: readonly Action[];
}

/**
 * One project's incidents, from GitLab to what follows from them. All state is GitLab's: whatever an earlier round did or was killed in, this one plans what is missing.
 * @param others paths of the run's other projects, which a hold of the scope `group` extends to; their holds are in `holds`, too
 */
export async function incidentRound(project: Project, others: readonly string[], options: RoundOptions): Promise<Round> {
  const { gitlab, bot, now, calmMinutes } = options;
  const [open, closed, held, reverts] = await Promise.all([
    gitlab.incidents(project.id, { state: 'opened' }),
    calmMinutes === 0 ? [] : gitlab.incidents(project.id, { state: 'closed', updatedAfter: new Date(now - calmMinutes * 60_000).toISOString() }),
    gitlab.labelledRequests(project.id, bot, HOLD_LABEL),
    gitlab.labelledRequests(project.id, bot, REVERT_LABEL),
  ]);
  const excluded = exclusionRules(reverts);
  if (open.length + closed.length === 0 && !held.some(({ state }) => state === 'opened')) return { project, judged: [], holds: [], rules: excluded, actions: [] };
  const investigation = await investigate(project, options);
  try {
    const judged: Judged[] = [];
    // the newest last: of two incidents of one application the first is the one to explain
    for (const incident of [...open, ...closed].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))) judged.push(await judge(incident, investigation));
    const holds = holdsOf(judged.map((one) => attributed(project, one)), [project.path, ...others], options);
    const own = holds.filter((hold) => hold.project === project.path);
    const requests = await withDetails(project, await gitlab.mergeRequests(project.id, { state: 'opened', author: bot }), investigation.pins, options);
    const actions = [...holdActions(requests, own, investigation.pins, bot), ...(await suspectActions(project, judged, options))];
    return { project, judged, holds, rules: [...holdRules(own, investigation.pins), ...excluded], actions };
  } finally {
    await investigation.close();
  }
}

/** What holds of other projects' incidents do to a project's merge requests: they are for all of them, so nobody needs to know what each touches. */
export async function foreignActions(project: Project, holds: readonly Hold[], { gitlab, bot }: RoundOptions): Promise<Action[]> {
  const requests = await gitlab.mergeRequests(project.id, { state: 'opened', author: bot });
  const open: OpenRequest[] = [];
  for (const request of requests) open.push({ request, applications: [], notes: await gitlab.notes(project.id, { kind: 'merge-request', iid: request.iid }) });
  return holdActions(open, holds, [], bot);
}

/** What is thought of one incident. */
export async function judge(incident: Incident, { pins, suspects }: Pick<Investigation, 'pins' | 'suspects'>): Promise<Judged> {
  const attribution = attribute(incident, applicationsIn(pins));
  const { application } = attribution;
  const accusation = application === null || !incident.open ? null : accuse(await suspects(application, incident.createdAt), incident.createdAt);
  return { incident, attribution, accusation };
}

/** As holds need it. */
export function attributed({ path }: Project, { incident: { iid, title, webUrl, closedAt, open }, attribution: { application } }: Pick<Judged, 'incident' | 'attribution'>): AttributedIncident {
  return { project: path, iid, title, url: webUrl, application, closedAt: open ? null : closedAt };
}

async function withDetails(project: Project, requests: readonly OpenRequest['request'][], pins: readonly DeployedPin[], { gitlab }: RoundOptions): Promise<OpenRequest[]> {
  const all: OpenRequest[] = [];
  for (const request of requests) {
    const [diffs, notes] = await Promise.all([gitlab.diffs(project.id, request.iid), gitlab.notes(project.id, { kind: 'merge-request', iid: request.iid })]);
    all.push({ request, notes, applications: applicationsTouched(diffs, pins) });
  }
  return all;
}

/** The suspect stands on the incident, and the incident on the suspect; each once. */
async function suspectActions(project: Project, judged: readonly Judged[], { gitlab, bot }: RoundOptions): Promise<Action[]> {
  const actions: Action[] = [];
  for (const { incident, attribution, accusation } of judged) {
    if (accusation === null || attribution.application === null) continue;
    const on = { kind: 'issue', iid: incident.iid } as const;
    const why = `suspect of #${incident.iid}`;
    actions.push(...noteActions(on, 'suspect', suspectNote(attribution.application, accusation, project.path, incident.iid), await gitlab.notes(project.id, on), bot, why));
    if (accusation.suspect !== null && !incident.labels.includes(SUSPECT_LABEL)) actions.push({ on, why, kind: 'labels', add: [SUSPECT_LABEL], remove: [] });
    const request = accusation.suspect?.mergeRequest;
    if (request == null) continue;
    const there = { kind: 'merge-request', iid: request.iid } as const;
    const reference = { project: project.path, iid: incident.iid, title: incident.title, url: incident.webUrl };
    actions.push(...noteActions(there, 'accused', accusedNote(reference, attribution.application), await gitlab.notes(project.id, there), bot, why));
  }
  return actions;
}

/** Does what was planned, in its order. Each step may fail and be repeated: the next round plans what is left. */
export async function apply(project: Project, actions: readonly Action[], gitlab: GitLab): Promise<void> {
  for (const action of actions) {
    const { on } = action;
    if (action.kind === 'cancel-auto-merge') await gitlab.cancelAutoMerge(project.id, on.iid);
    else if (action.kind === 'labels') await gitlab.setLabels(project.id, on, action);
    else if (action.kind === 'create-note') await gitlab.createNote(project.id, on, action.body);
    else await gitlab.editNote(project.id, on, action.note, action.body);
  }
}
