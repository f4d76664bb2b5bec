import { branchesOf, git, isAncestor, mergedTree, tip } from '../git.ts';
import { mergeBase } from '../git-read.ts';
import { mayMerge } from './accounts.ts';
import { pushEvents, requestEvent } from './events.ts';
import { hasUnresolved } from './notes.ts';
import { headPipeline, isActive, pipelineState, startPipeline } from './pipelines.ts';
import { now, type MergeRequest, type Project, type State, type User } from './state.ts';

/** When and how merge requests merge: GitLab 18 with its one strategy, merge when checks pass (app/services/auto_merge). */

/** The first check that fails, in GitLab's words; `mergeable` when none does. */
export function mergeStatus(project: Project, mr: MergeRequest): string {
  if (mr.state !== 'opened') return 'not_open';
  if (/^draft:/i.test(mr.title)) return 'draft_status';
  if (approvalsLeft(mr) > 0) return 'not_approved';
  if (project.settings.discussionsMustBeResolved && hasUnresolved(mr.notes)) return 'discussions_not_resolved';
  if (hasConflicts(project, mr)) return 'conflict';
  if (project.settings.mergeMethod !== 'merge' && !isFastForward(project, mr)) return 'need_rebase';
  return ciStatus(project, mr);
}

/** A rule that names people counts only theirs. */
export function approvalsLeft({ approvalRules, approvedBy }: MergeRequest): number {
  const given = (approvers: readonly string[]): number => approvedBy.filter(({ username }) => approvers.length === 0 || approvers.includes(username)).length;
  return approvalRules.reduce((sum, { approvalsRequired, approvers }) => sum + Math.max(0, approvalsRequired - given(approvers)), 0);
}

/** With the setting off the pipeline counts only once auto-merge is set and the project has CI (mergeability/check_ci_status_service.rb). */
function ciStatus(project: Project, mr: MergeRequest): string {
  const state = headState(project, mr);
  const needed = project.settings.pipelinesMustSucceed || (mr.autoMerge !== null && hasCi(project, mr));
  if (!needed || isGreen(project, state)) return 'mergeable';
  return state !== null && isActive(state) ? 'ci_still_running' : 'ci_must_pass';
}

function isGreen({ settings }: Project, state: string | null): boolean {
  return state === 'success' || (state === 'skipped' && settings.skippedPipelinesCount);
}

export function hasConflicts(project: Project, mr: MergeRequest): boolean {
  return mergedTree(project.repository, `refs/heads/${mr.target}`, mr.sha) === null;
}

function isFastForward(project: Project, mr: MergeRequest): boolean {
  return isAncestor(project.repository, `refs/heads/${mr.target}`, mr.sha);
}

function headState(project: Project, mr: MergeRequest): string | null {
  const pipeline = headPipeline(project, mr);
  return pipeline === null ? null : pipelineState(project, pipeline);
}

function hasCi(project: Project, mr: MergeRequest): boolean {
  return project.settings.ci !== 'none' || headPipeline(project, mr) !== null;
}

export interface MergeRequestOptions {
  readonly auto: boolean;
  readonly sha: string | null;
  readonly removeSource: boolean;
}

/**
 * PUT …/merge (lib/api/merge_requests.rb). Asked to merge when the pipeline succeeds it merges at once only with a green pipeline, waits only when a pipeline runs
 * or a check fails that may still pass, and refuses otherwise: 405 for a project without pipelines, even though a plain merge would do.
 */
export function requestMerge(state: State, project: Project, mr: MergeRequest, user: User, { auto, sha, removeSource }: MergeRequestOptions): number {
  if (!mayMerge(state, project, mr.target, user)) return 401;
  const status = mergeStatus(project, mr);
  const pipeline = headState(project, mr);
  const waits = auto && CAN_WAIT.has(status) && (status !== 'mergeable' || (pipeline !== null && isActive(pipeline)));
  const atOnce = auto ? pipeline === 'success' : status === 'mergeable';
  if (!atOnce && !waits) return 405;
  if (!waits && status !== 'mergeable') return 422;
  if (sha !== null && sha !== mr.sha) return 409;
  if (waits) mr.autoMerge = { sha: mr.sha, user, removeSource };
  else mergeNow(state, project, mr, user, removeSource);
  return 200;
}

const CAN_WAIT = new Set(['mergeable', 'ci_must_pass', 'ci_still_running', 'not_approved', 'draft_status', 'discussions_not_resolved', 'conflict', 'need_rebase']);

/** Whatever may let an auto-merge go on ends here: a pipeline's end, an approval, a push. */
export function processAutoMerges(state: State, project: Project): void {
  for (const mr of project.mergeRequests) {
    if (mr.state !== 'opened' || mr.autoMerge === null) continue;
    if (hasCi(project, mr) && !isGreen(project, headState(project, mr))) continue;
    if (mergeStatus(project, mr) === 'mergeable') mergeNow(state, project, mr, mr.autoMerge.user, mr.autoMerge.removeSource);
  }
}

function mergeNow(state: State, project: Project, mr: MergeRequest, user: User, removeSource: boolean): void {
  const { repository } = project;
  const target = tip(repository, mr.target);
  const tree = mergedTree(repository, `refs/heads/${mr.target}`, mr.sha);
  if (target === null || tree === null) throw new Error(`!${mr.iid} of ${project.path} cannot be merged`);
  const message = `Merge branch '${mr.source}' into '${mr.target}'\n\n${mr.title}\n\nSee merge request ${project.path}!${mr.iid}`;
  const merged = project.settings.mergeMethod === 'ff' ? mr.sha : git(repository, ['commit-tree', tree, '-p', target, '-p', mr.sha, '-m', message]);
  git(repository, ['update-ref', `refs/heads/${mr.target}`, merged, target]);
  if (removeSource || mr.removeSource) git(repository, ['update-ref', '-d', `refs/heads/${mr.source}`]);
  Object.assign(mr, { mergeCommit: project.settings.mergeMethod === 'ff' ? null : merged });
  setMerged(state, project, mr, user);
  afterPush(state, project, user);
}

function setMerged(state: State, project: Project, mr: MergeRequest, user: User): void {
  const time = now();
  Object.assign(mr, { state: 'merged', autoMerge: null, updatedAt: time, mergedBy: user, mergedAt: time });
  requestEvent(state, project, mr, user, 'merge');
}

export function closeRequest(state: State, project: Project, mr: MergeRequest, user: User): void {
  const time = now();
  Object.assign(mr, { state: 'closed', autoMerge: null, updatedAt: time, closedBy: user, closedAt: time });
  requestEvent(state, project, mr, user, 'close');
}

export function reopenRequest(state: State, project: Project, mr: MergeRequest, user: User): void {
  Object.assign(mr, { state: 'opened', updatedAt: now(), closedBy: null, closedAt: null });
  requestEvent(state, project, mr, user, 'reopen');
}

/** What GitLab does after branches moved (merge_requests/refresh_service.rb): pipelines, new heads, auto-merges that end, requests that are done. */
export function afterPush(state: State, project: Project, user: User): void {
  const before = project.heads;
  const after = branchesOf(project.repository);
  project.heads = after;
  pushEvents(state, project, before, after, user);
  const moved = [...after].filter(([branch, sha]) => before.get(branch) !== sha);
  for (const [branch, sha] of moved) {
    refresh(state, project, branch, sha, user);
    startPipeline(state, project, branch, sha, user);
  }
  const gone = [...before.keys()].filter((branch) => !after.has(branch));
  open(project).filter(({ source }) => gone.includes(source)).forEach((mr) => closeRequest(state, project, mr, user));
  processAutoMerges(state, project);
}

function open(project: Project): MergeRequest[] {
  return project.mergeRequests.filter((mr) => mr.state === 'opened');
}

function refresh(state: State, project: Project, branch: string, sha: string, user: User): void {
  for (const mr of open(project)) {
    if (mr.source === branch) {
      const { sha: oldrev } = mr;
      Object.assign(mr, { sha, base: baseOf(project, mr.target, sha), updatedAt: now(), autoMerge: mr.autoMerge?.sha === sha ? mr.autoMerge : null });
      if (oldrev !== sha) requestEvent(state, project, mr, user, 'update', {}, oldrev);
    } else if (mr.target === branch && isAncestor(project.repository, mr.sha, sha)) {
      setMerged(state, project, mr, user);
    }
  }
}

export function baseOf(project: Project, target: string, sha: string): string {
  return mergeBase(project.repository, `refs/heads/${target}`, sha) ?? sha;
}

/** The head for a new merge request; null when the branch does not exist. */
export function sourceHead(project: Project, branch: string): string | null {
  return tip(project.repository, branch);
}
