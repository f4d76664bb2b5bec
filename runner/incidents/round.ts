import type { CoverageReader } from '../../src/index.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { MergeRequest, Project } from '../gitlab/schema.ts';
import type { Redact, Token } from '../secrets.ts';
import { holdRules, holdsOf, type Hold, type HoldOptions } from './hold.ts';
import { investigate, type DeployedPin, type Investigation } from './investigate.ts';
import { attributed, judge, type Judged } from './judged.ts';
import { HOLD_LABEL, REVERT_LABEL, SUSPECT_LABEL } from './labels.ts';
import { accusedNote, revertNote, suspectNote } from './notes.ts';
import { holdActions, noteActions, type Action, type OpenRequest } from './plan.ts';
import { changedTogether, exclusionRules, isRevertDue, planRevert, revertBranch, type RevertOptions, type RevertPlan } from './revert.ts';
import { applicationsTouched } from './touched.ts';

export interface RoundOptions extends Omit<HoldOptions, 'now'> {
  readonly gitlab: GitLab;
  readonly token: Token;
  readonly redact: Redact;
  readonly bot: string;
  readonly coverage: CoverageReader;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly revert: RevertOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What is so in a project with incidents, and what would make it as it should be. Nothing is written here. */
export interface Round {
  readonly project: Project;
  readonly judged: readonly Judged[];
  readonly holds: readonly Hold[];
  /** For Renovate. */
  readonly rules: readonly Record<string, unknown>[];
  readonly holding: readonly Action[];
  /** Whom to suspect, and the way back. */
  readonly answers: readonly Action[];
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
  if (open.length + closed.length === 0 && !held.some(({ state }) => state === 'opened')) return { project, judged: [], holds: [], rules: excluded, holding: [], answers: [] };
  const investigation = await investigate(project, options);
  try {
    const judged: Judged[] = [];
    // the newest last: of two incidents of one application the first is the one to explain
    for (const incident of [...open, ...closed].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))) judged.push(await judge(incident, investigation));
    const holds = holdsOf(judged.map((one) => attributed(project, one)), [project.path, ...others], options);
    const own = holds.filter((hold) => hold.project === project.path);
    const requests = await withDetails(project, await gitlab.mergeRequests(project.id, { state: 'opened', author: bot }), investigation.pins, options);
    const answers = [...(await suspectActions(project, judged, options)), ...(await revertActions(project, judged, investigation, reverts, options))];
    return { project, judged, holds, rules: [...holdRules(own, investigation.pins), ...excluded], holding: holdActions(requests, own, investigation.pins, bot), answers };
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

async function withDetails(project: Project, requests: readonly OpenRequest['request'][], pins: readonly DeployedPin[], { gitlab }: RoundOptions): Promise<OpenRequest[]> {
  const all: OpenRequest[] = [];
  for (const request of requests) {
    const [diffs, notes] = await Promise.all([gitlab.diffs(project.id, request.iid), gitlab.notes(project.id, { kind: 'merge-request', iid: request.iid })]);
    all.push({ request, notes, applications: applicationsTouched(diffs, pins) });
  }
  return all;
}

/** The suspect stands on the incident, and the incident on the suspect; each once. */
async function suspectActions(project: Project, judged: readonly Judged[], { gitlab, bot, revert }: RoundOptions): Promise<Action[]> {
  const actions: Action[] = [];
  for (const { incident, attribution, accusation } of judged) {
    if (accusation === null || attribution.application === null) continue;
    const on = { kind: 'issue', iid: incident.iid } as const;
    const why = `suspect of #${incident.iid}`;
    actions.push(...noteActions(on, 'suspect', suspectNote(attribution.application, accusation, project.path, incident.iid, revert.mode !== 'off'), await gitlab.notes(project.id, on), bot, why));
    if (accusation.suspect !== null && !incident.labels.includes(SUSPECT_LABEL)) actions.push({ on, why, kind: 'labels', add: [SUSPECT_LABEL], remove: [] });
    const request = accusation.suspect?.mergeRequest;
    if (request == null) continue;
    const there = { kind: 'merge-request', iid: request.iid } as const;
    if (!request.labels.includes(SUSPECT_LABEL)) actions.push({ on: there, why, kind: 'labels', add: [SUSPECT_LABEL], remove: [] });
    const reference = { project: project.path, iid: incident.iid, title: incident.title, url: incident.webUrl };
    actions.push(...noteActions(there, 'accused', accusedNote(reference, attribution.application), await gitlab.notes(project.id, there), bot, why));
  }
  return actions;
}

/** What puts versions back that are due, and where it is said; of several incidents about one failure one has the merge request. */
async function revertActions(project: Project, judged: readonly Judged[], investigation: Investigation, reverts: readonly MergeRequest[], { gitlab, bot, revert, now }: RoundOptions): Promise<Action[]> {
  const actions: Action[] = [];
  const begun = new Set<string>();
  for (const one of judged) {
    const { incident, attribution } = one;
    if (!incident.open || attribution.application === null) continue;
    const on = { kind: 'issue', iid: incident.iid } as const;
    const plan = await wayBack(one, investigation, reverts);
    if (!plan.possible) {
      const { earlier } = plan;
      if (earlier !== null && earlier.state !== 'closed') actions.push(...noteActions(on, 'revert', revertNote(earlier.webUrl, earlier.iid, earlier.title), await gitlab.notes(project.id, on), bot, 'put back'));
      continue;
    }
    if (!isRevertDue(one, revert, now) || begun.has(attribution.application)) continue;
    // without its label it is no longer among `reverts`: a person wants the version again, or handles it
    if ((await gitlab.requestsFrom(project.id, revertBranch(incident))).length > 0) continue;
    begun.add(attribution.application);
    actions.push({ on, why: `suspect of #${incident.iid}`, kind: 'revert', revert: { incident, memory: plan.memory, startSha: investigation.head, files: plan.files } });
  }
  return actions;
}

/** `planRevert` with the texts that it needs. */
export async function wayBack(judged: Judged, { pins, text }: Pick<Investigation, 'pins' | 'text'>, earlier: readonly MergeRequest[]): Promise<RevertPlan> {
  const texts = new Map<string, string>();
  for (const { file } of changedTogether(judged.accusation)) texts.set(file, await text(file).catch(() => ''));
  return planRevert({ judged, pins, earlier, text: (file) => texts.get(file) ?? '' });
}
