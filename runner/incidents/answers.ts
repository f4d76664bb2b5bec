import type { GitLab } from '../gitlab/port.ts';
import type { MergeRequest, Project } from '../gitlab/schema.ts';
import type { Investigation } from './investigate.ts';
import { incidentRef, type Judged } from './judged.ts';
import { REVERT_LABEL, SUSPECT_LABEL } from './labels.ts';
import { accusedNote, refusedNote, revertNote, suspectNote } from './notes.ts';
import { noteActions, ownNote, type Action } from './plan.ts';
import { changedTogether, isRevertDue, planRevert, revertBranch, type RevertOptions, type RevertPlan } from './revert.ts';

export interface AnswerOptions {
  readonly gitlab: GitLab;
  readonly bot: string;
  readonly revert: RevertOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What people are told about a project's incidents: whom to suspect, what belongs together, and the way back. */
export async function answerActions(project: Project, judged: readonly Judged[], investigation: Investigation, reverts: readonly MergeRequest[], options: AnswerOptions): Promise<Action[]> {
  return [...(await suspectActions(project, judged, options)), ...(await accusedActions(project, judged, options)), ...(await relateActions(project, judged, options)), ...(await revertActions(project, judged, investigation, reverts, options))];
}

/** The suspect stands on the incident. */
async function suspectActions(project: Project, judged: readonly Judged[], { gitlab, bot, revert }: AnswerOptions): Promise<Action[]> {
  const actions: Action[] = [];
  for (const { incident, attribution, accusation } of judged) {
    if (accusation === null || attribution.application === null) continue;
    const on = { kind: 'issue', iid: incident.iid } as const;
    const why = `suspect of #${incident.iid}`;
    const notes = await gitlab.notes(project.id, on);
    // with the note, and before it: who takes the label off does not get it again
    if (accusation.suspect !== null && ownNote(notes, 'suspect', bot) === undefined) actions.push({ on, why, kind: 'labels', add: [SUSPECT_LABEL], remove: [] });
    actions.push(...noteActions(on, 'suspect', suspectNote(attribution.application, accusation, project.path, incident.iid, revert.mode !== 'off'), notes, bot, why));
  }
  return actions;
}

/** What is suspected says of which incidents, those of one failure together. */
async function accusedActions(project: Project, judged: readonly Judged[], { gitlab, bot }: AnswerOptions): Promise<Action[]> {
  const actions: Action[] = [];
  const accusing = judged.filter(({ accusation }) => accusation?.suspect?.mergeRequest != null);
  for (const [iid, by] of Map.groupBy(accusing, ({ accusation }) => accusation!.suspect!.mergeRequest!.iid)) {
    const on = { kind: 'merge-request', iid } as const;
    const why = `suspect of ${by.map(({ incident }) => `#${incident.iid}`).join(', ')}`;
    const notes = await gitlab.notes(project.id, on);
    if (ownNote(notes, 'accused', bot) === undefined) actions.push({ on, why, kind: 'labels', add: [SUSPECT_LABEL], remove: [] });
    const incidents = by.map((one) => ({ ...incidentRef(project, one.incident), application: one.attribution.application! }));
    actions.push(...noteActions(on, 'accused', accusedNote(incidents), notes, bot, why));
  }
  return actions;
}

/** Of several open incidents about one application the first is the one to look at: the others are linked with it. */
async function relateActions(project: Project, judged: readonly Judged[], { gitlab }: Pick<AnswerOptions, 'gitlab'>): Promise<Action[]> {
  const about = Map.groupBy(judged.filter(({ incident, attribution }) => incident.open && attribution.application !== null), ({ attribution }) => attribution.application);
  const actions: Action[] = [];
  for (const [{ incident: first }, ...others] of [...about.values()] as [Judged, ...Judged[]][]) {
    if (others.length === 0) continue;
    const related = await gitlab.relatedIssues(project.id, first.iid);
    for (const { incident } of others) if (!related.includes(incident.iid)) actions.push({ on: { kind: 'issue', iid: incident.iid }, why: 'it is about the same application', kind: 'relate', to: first.iid });
  }
  return actions;
}

/** What puts versions back that are due, and where it is said; of several incidents about one failure one has the merge request. */
async function revertActions(project: Project, judged: readonly Judged[], investigation: Investigation, reverts: readonly MergeRequest[], { gitlab, bot, revert, now }: AnswerOptions): Promise<Action[]> {
  const actions: Action[] = [];
  const begun = new Set<string>();
  for (const one of judged) {
    const { incident, attribution } = one;
    if (!incident.open || attribution.application === null) continue;
    const on = { kind: 'issue', iid: incident.iid } as const;
    const plan = await wayBack(one, investigation, reverts);
    if (!plan.possible) {
      const { earlier } = plan;
      const standing = earlier !== null && earlier.state !== 'closed';
      const asked = revert.mode !== 'off' && incident.labels.includes(REVERT_LABEL);
      const body = standing ? revertNote(earlier.webUrl, earlier.iid, earlier.title) : asked ? refusedNote(plan.reason) : null;
      if (body !== null) actions.push(...noteActions(on, 'revert', body, await gitlab.notes(project.id, on), bot, standing ? 'put back' : 'not put back'));
      continue;
    }
    if (!isRevertDue(one, reverts, revert, now) || begun.has(attribution.application)) continue;
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
  // one without a version now is not read: it may be gone
  for (const { file } of changedTogether(judged.accusation)) if (pins.some((pin) => pin.file === file)) texts.set(file, await text(file));
  return planRevert({ judged, pins, earlier, text: (file) => texts.get(file) ?? '' });
}
