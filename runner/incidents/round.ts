import type { CoverageReader } from '../../src/index.ts';
import type { Project } from '../gitlab/schema.ts';
import type { Redact, Token } from '../../src/base/secrets.ts';
import { answerActions, type AnswerOptions } from './answers.ts';
import { closedLately } from './group.ts';
import { holdRules, holdsOf, type Hold, type HoldOptions } from './hold.ts';
import { investigate, type DeployedPin } from './investigate.ts';
import { attributed, judge, type Judged } from './judged.ts';
import { HOLD_LABEL, REVERT_LABEL } from './labels.ts';
import { holdActions, type Action, type OpenRequest } from './plan.ts';
import { exclusionRules } from './revert.ts';
import { applicationsOf, touchedPins } from './touched.ts';

export interface RoundOptions extends HoldOptions, AnswerOptions {
  readonly token: Token;
  readonly redact: Redact;
  readonly coverage: CoverageReader;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
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
 * @param run paths of the run's projects, this one among them, which a hold of the scope `group` extends to; their holds are in `holds`, too
 */
export async function incidentRound(project: Project, run: readonly string[], options: RoundOptions): Promise<Round> {
  const { gitlab, bot } = options;
  const [open, closed, held, reverts] = await Promise.all([
    project.issues ? gitlab.incidents(project.id, { state: 'opened' }) : [],
    project.issues ? closedLately(gitlab, project.id, options) : [],
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
    const holds = holdsOf(judged.map((one) => attributed(project, one.incident, one)), run, options);
    const own = holds.filter((hold) => hold.project === project.path);
    const requests = await withDetails(project, await gitlab.mergeRequests(project.id, { state: 'opened', author: bot }), investigation.pins, options);
    const answers = await answerActions(project, judged, investigation, reverts, options);
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
    all.push({ request, notes, applications: applicationsOf(touchedPins(diffs, pins)) });
  }
  return all;
}
