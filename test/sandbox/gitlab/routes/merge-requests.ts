import { differences, log } from '../../git-read.ts';
import { DEVELOPER, mayMerge } from '../accounts.ts';
import { changesBetween, requestEvent } from '../events.ts';
import { filtered, flagOf, labelsAfter, optionalFlag, textOf, usersOf } from '../input.ts';
import { ensureLabels } from '../labels.ts';
import { baseOf, closeRequest, processAutoMerges, reopenRequest, requestMerge, sourceHead } from '../merging.ts';
import { startRequestPipeline } from '../pipelines.ts';
import { hookedLabels } from '../present/hooked.ts';
import { presentMergeRequest, presentMergeRequestInFull } from '../present/merge-request.ts';
import { presentPipeline } from '../present/pipeline.ts';
import { presentCommit, presentDifference } from '../present/repository.ts';
import { approvalRulesOf } from '../projects.ts';
import { created, inProject, invalid, ok, onMergeRequest, refused, type Call, type Reply, type Routes } from '../router.ts';
import { nextId, now, type MergeRequest, type Project } from '../state.ts';
import { createNote, deleteNote, editNote, listNotes } from './notes.ts';

export const mergeRequestRoutes: Routes = {
  'GET /projects/:id/merge_requests': inProject(list),
  'POST /projects/:id/merge_requests': inProject(create, DEVELOPER),
  'GET /projects/:id/merge_requests/:iid': onMergeRequest((call, project, mr) => ok(inFull(call, project, mr))),
  'PUT /projects/:id/merge_requests/:iid': onMergeRequest(update, DEVELOPER),
  'PUT /projects/:id/merge_requests/:iid/merge': onMergeRequest(merge, DEVELOPER),
  'POST /projects/:id/merge_requests/:iid/cancel_merge_when_pipeline_succeeds': onMergeRequest(cancel, DEVELOPER),
  'POST /projects/:id/merge_requests/:iid/pipelines': onMergeRequest(({ state, user, origin }, project, mr) => {
    const pipeline = startRequestPipeline(state, project, mr, user);
    return pipeline === null ? refused(400, 'The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs.') : created(presentPipeline(project, pipeline, origin));
  }),
  'GET /projects/:id/merge_requests/:iid/pipelines': onMergeRequest(({ origin }, project, { sha }) => ok(project.pipelines.filter((pipeline) => pipeline.sha === sha).map((pipeline) => presentPipeline(project, pipeline, origin)).reverse())),
  'GET /projects/:id/merge_requests/:iid/commits': onMergeRequest(({ origin }, project, mr) => ok(log(project.repository, [`${mr.base}..${mr.sha}`]).map((commit) => presentCommit(project, commit, origin)))),
  'GET /projects/:id/merge_requests/:iid/diffs': onMergeRequest((_call, project, mr) => ok(diffsOf(project, mr))),
  'GET /projects/:id/merge_requests/:iid/changes': onMergeRequest((call, project, mr) => {
    const changes = diffsOf(project, mr);
    return ok({ ...inFull(call, project, mr), changes, changes_count: String(changes.length), overflow: false });
  }),
  'GET /projects/:id/merge_requests/:iid/notes': onMergeRequest((call, _project, mr) => listNotes(call, mr)),
  'POST /projects/:id/merge_requests/:iid/notes': onMergeRequest((call, _project, mr) => createNote(call, mr)),
  'PUT /projects/:id/merge_requests/:iid/notes/:note': onMergeRequest(editNote),
  'DELETE /projects/:id/merge_requests/:iid/notes/:note': onMergeRequest(deleteNote),
};

function list({ input, user, origin }: Call, project: Project): Reply {
  if (project.settings.mergeRequestsOff) return refused(403, 'Forbidden');
  const source = textOf(input, 'source_branch');
  const target = textOf(input, 'target_branch');
  const wanted = project.mergeRequests.filter((mr) => [null, mr.source].includes(source) && [null, mr.target].includes(target));
  return ok(filtered(wanted, input, user).map((mr) => presentMergeRequest(project, mr, origin)));
}

function inFull({ state, origin, user }: Call, project: Project, mr: MergeRequest): Readonly<Record<string, unknown>> {
  return presentMergeRequestInFull(project, mr, origin, mayMerge(state, project, mr.target, user));
}

function diffsOf({ repository }: Project, { base, sha }: MergeRequest): unknown[] {
  return differences(repository, base, sha).map(presentDifference);
}

function create(call: Call, project: Project): Reply {
  const { state, input, user } = call;
  if (project.settings.mergeRequestsOff) return refused(403, 'Forbidden');
  const source = textOf(input, 'source_branch');
  if (source === null) return invalid('source_branch is missing');
  const sha = sourceHead(project, source);
  if (sha === null) return refused(400, `source_branch "${source}" does not exist`);
  const other = project.mergeRequests.find((mr) => mr.source === source && mr.state === 'opened');
  if (other !== undefined) return refused(409, `Another open merge request already exists for this source branch: !${other.iid}`);
  const mr = newMergeRequest(call, project, source, sha);
  ensureLabels(state, project, mr.labels);
  project.mergeRequests.push(mr);
  startRequestPipeline(state, project, mr, user);
  requestEvent(state, project, mr, user, 'open');
  return created(inFull(call, project, mr));
}

function newMergeRequest({ state, user, input }: Call, project: Project, source: string, sha: string): MergeRequest {
  const target = textOf(input, 'target_branch') ?? 'main';
  const time = now();
  return {
    iid: project.mergeRequests.length + 1,
    author: user,
    createdAt: time,
    updatedAt: time,
    source,
    target,
    sha,
    base: baseOf(project, target, sha),
    title: textOf(input, 'title') ?? source,
    description: textOf(input, 'description') ?? '',
    labels: labelsAfter([], input),
    assignees: usersOf(state, input, 'assignee_ids') ?? [],
    reviewers: usersOf(state, input, 'reviewer_ids') ?? [],
    state: 'opened',
    removeSource: optionalFlag(input, 'remove_source_branch') ?? project.settings.removeSourceBranch,
    notes: [],
    approvedBy: [],
    approvalRules: approvalRulesOf(project).filter(({ branches }) => branches.length === 0 || branches.includes(target)).map((rule) => ({ ...rule, id: nextId(state) })),
    autoMerge: null,
    mergeCommit: null,
    mergedBy: null,
    mergedAt: null,
    closedBy: null,
    closedAt: null,
  };
}

/** The fields whose changes webhooks tell. */
function watched(project: Project, { title, description, target, labels, assignees, reviewers }: MergeRequest): Readonly<Record<string, unknown>> {
  return { title, description, target_branch: target, labels: hookedLabels(project, labels), assignees: assignees.map(({ id }) => id), reviewers: reviewers.map(({ id }) => id) };
}

function update(call: Call, project: Project, mr: MergeRequest): Reply {
  const { state, input, user } = call;
  const labels = labelsAfter(mr.labels, input);
  ensureLabels(state, project, labels);
  const before = watched(project, mr);
  const { updatedAt } = mr;
  const target = textOf(input, 'target_branch') ?? mr.target;
  Object.assign(mr, {
    title: textOf(input, 'title') ?? mr.title,
    description: textOf(input, 'description') ?? mr.description,
    target,
    base: target === mr.target ? mr.base : baseOf(project, target, mr.sha),
    labels,
    assignees: usersOf(state, input, 'assignee_ids') ?? mr.assignees,
    reviewers: usersOf(state, input, 'reviewer_ids') ?? mr.reviewers,
    removeSource: optionalFlag(input, 'remove_source_branch') ?? mr.removeSource,
  });
  const changes = changesBetween(before, watched(project, mr));
  if (Object.keys(changes).length > 0) {
    mr.updatedAt = now();
    requestEvent(state, project, mr, user, 'update', { ...changes, updated_at: { previous: updatedAt, current: mr.updatedAt } });
  }
  const event = textOf(input, 'state_event');
  if (event === 'close' && mr.state === 'opened') closeRequest(state, project, mr, user);
  if (event === 'reopen' && mr.state === 'closed') reopenRequest(state, project, mr, user);
  processAutoMerges(state, project);
  return ok(inFull(call, project, mr));
}

const REFUSALS: Readonly<Record<number, string>> = { 401: 'Unauthorized', 405: 'Method Not Allowed', 409: 'SHA does not match HEAD of source branch', 422: 'Branch cannot be merged' };

/** `auto_merge` is the newer name, since GitLab 17.11; Renovate sends the old one. */
function merge(call: Call, project: Project, mr: MergeRequest): Reply {
  const { state, user, input } = call;
  const options = {
    auto: flagOf(input, 'merge_when_pipeline_succeeds') || flagOf(input, 'auto_merge'),
    sha: textOf(input, 'sha'),
    removeSource: flagOf(input, 'should_remove_source_branch'),
  };
  const status = requestMerge(state, project, mr, user, options);
  return status === 200 ? ok(inFull(call, project, mr)) : refused(status, REFUSALS[status] ?? '');
}

function cancel(call: Call, project: Project, mr: MergeRequest): Reply {
  if (mr.autoMerge === null) return refused(406, "Can't cancel the automatic merge");
  mr.autoMerge = null;
  mr.updatedAt = now();
  return created(inFull(call, project, mr));
}
