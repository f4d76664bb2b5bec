import { filtered, flagOf, labelsAfter, textOf, usersOf } from '../input.ts';
import { close, processAutoMerges, requestMerge, sourceHead } from '../merging.ts';
import { presentApprovals, presentMergeRequest, presentMergeRequestInFull, presentNote, presentPipeline, presentRule } from '../present.ts';
import { created, DEVELOPER, inProject, noContent, ok, onMergeRequest, refused, type Call, type Reply, type Routes } from '../router.ts';
import { accessOf, nextId, now, type ApprovalRule, type MergeRequest, type Project } from '../state.ts';
import { addNote, deleteNote, editNote } from './issues.ts';

export const mergeRequestRoutes: Routes = {
  'GET /projects/:id/merge_requests': inProject(list),
  'POST /projects/:id/merge_requests': inProject(create, DEVELOPER),
  'GET /projects/:id/merge_requests/:iid': onMergeRequest(one),
  'PUT /projects/:id/merge_requests/:iid': onMergeRequest(update, DEVELOPER),
  'PUT /projects/:id/merge_requests/:iid/merge': onMergeRequest(merge, DEVELOPER),
  'POST /projects/:id/merge_requests/:iid/cancel_merge_when_pipeline_succeeds': onMergeRequest(cancel, DEVELOPER),
  'GET /projects/:id/merge_requests/:iid/pipelines': onMergeRequest(({ origin }, project, { sha }) => ok(project.pipelines.filter((pipeline) => pipeline.sha === sha).map((pipeline) => presentPipeline(project, pipeline, origin)))),
  'GET /projects/:id/merge_requests/:iid/approvals': onMergeRequest((_call, _project, mr) => ok(presentApprovals(mr))),
  'POST /projects/:id/merge_requests/:iid/approve': onMergeRequest(approve, DEVELOPER),
  'GET /projects/:id/merge_requests/:iid/approval_rules': onMergeRequest((_call, _project, { approvalRules }) => ok(approvalRules.map(presentRule))),
  'POST /projects/:id/merge_requests/:iid/approval_rules': onMergeRequest(addRule, DEVELOPER),
  'PUT /projects/:id/merge_requests/:iid/approval_rules/:rule': onMergeRequest(editRule, DEVELOPER),
  'DELETE /projects/:id/merge_requests/:iid/approval_rules/:rule': onMergeRequest(deleteRule, DEVELOPER),
  'GET /projects/:id/merge_requests/:iid/notes': onMergeRequest((_call, _project, { notes }) => ok(notes.map(presentNote))),
  'POST /projects/:id/merge_requests/:iid/notes': onMergeRequest((call, _project, { notes }) => addNote(call, notes)),
  'PUT /projects/:id/merge_requests/:iid/notes/:note': onMergeRequest((call, _project, { notes }) => editNote(call, notes)),
  'DELETE /projects/:id/merge_requests/:iid/notes/:note': onMergeRequest((call, _project, { notes }) => deleteNote(call, notes)),
};

function list({ input, user, origin }: Call, project: Project): Reply {
  const source = textOf(input, 'source_branch');
  const target = textOf(input, 'target_branch');
  const wanted = project.mergeRequests.filter((mr) => [null, mr.source].includes(source) && [null, mr.target].includes(target));
  return ok(filtered(wanted, input, user).map((mr) => presentMergeRequest(project, mr, origin)));
}

function one({ state, origin, user }: Call, project: Project, mr: MergeRequest): Reply {
  return ok(presentMergeRequestInFull(project, mr, origin, accessOf(state, project, user) >= project.settings.mergeAccess));
}

function create(call: Call, project: Project): Reply {
  const source = textOf(call.input, 'source_branch') ?? '';
  const sha = sourceHead(project, source);
  if (sha === null) return refused(400, `source_branch "${source}" does not exist`);
  const other = project.mergeRequests.find((mr) => mr.source === source && mr.state === 'opened');
  if (other !== undefined) return refused(409, `Another open merge request already exists for this source branch: !${other.iid}`);
  const mr = newMergeRequest(call, project, source, sha);
  project.mergeRequests.push(mr);
  return { ...one(call, project, mr), status: 201 };
}

function newMergeRequest({ state, user, input }: Call, project: Project, source: string, sha: string): MergeRequest {
  const { approvalsRequired } = project.settings;
  return {
    iid: project.mergeRequests.length + 1,
    author: user,
    createdAt: now(),
    updatedAt: now(),
    source,
    target: textOf(input, 'target_branch') ?? 'main',
    sha,
    title: textOf(input, 'title') ?? source,
    description: textOf(input, 'description') ?? '',
    labels: labelsAfter([], input),
    assignees: usersOf(state, input, 'assignee_ids') ?? [],
    reviewers: usersOf(state, input, 'reviewer_ids') ?? [],
    state: 'opened',
    removeSource: flagOf(input, 'remove_source_branch'),
    notes: [],
    approvedBy: [],
    approvalRules: approvalsRequired === 0 ? [] : [{ id: nextId(state), name: 'All Members', type: 'any_approver', approvalsRequired }],
    autoMerge: null,
    mergeCommit: null,
    mergedBy: null,
    mergedAt: null,
  };
}

function update(call: Call, project: Project, mr: MergeRequest): Reply {
  const { state, input } = call;
  mr.title = textOf(input, 'title') ?? mr.title;
  mr.description = textOf(input, 'description') ?? mr.description;
  mr.target = textOf(input, 'target_branch') ?? mr.target;
  mr.labels = labelsAfter(mr.labels, input);
  mr.assignees = usersOf(state, input, 'assignee_ids') ?? mr.assignees;
  mr.reviewers = usersOf(state, input, 'reviewer_ids') ?? mr.reviewers;
  mr.updatedAt = now();
  const event = textOf(input, 'state_event');
  if (event === 'close' && mr.state === 'opened') close(mr, 'closed');
  if (event === 'reopen' && mr.state === 'closed') mr.state = 'opened';
  processAutoMerges(state, project);
  return one(call, project, mr);
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
  return status === 200 ? one(call, project, mr) : refused(status, REFUSALS[status] ?? '');
}

function cancel(call: Call, project: Project, mr: MergeRequest): Reply {
  if (mr.autoMerge === null) return refused(406, "Can't cancel the automatic merge");
  mr.autoMerge = null;
  mr.updatedAt = now();
  return { ...one(call, project, mr), status: 201 };
}

function approve({ state, user }: Call, project: Project, mr: MergeRequest): Reply {
  if (mr.approvedBy.includes(user)) return refused(401, 'Unauthorized');
  mr.approvedBy.push(user);
  processAutoMerges(state, project);
  return created(presentApprovals(mr));
}

function addRule({ state, input }: Call, _project: Project, mr: MergeRequest): Reply {
  const rule: ApprovalRule = { id: nextId(state), name: textOf(input, 'name') ?? '', type: 'regular', approvalsRequired: Number(input['approvals_required'] ?? 0) };
  mr.approvalRules.push(rule);
  return created(presentRule(rule));
}

function editRule({ params, input }: Call, _project: Project, mr: MergeRequest): Reply {
  const rule = mr.approvalRules.find(({ id }) => String(id) === params['rule']);
  if (rule === undefined) return refused(404, 'Not found');
  rule.approvalsRequired = Number(input['approvals_required'] ?? rule.approvalsRequired);
  return ok(presentRule(rule));
}

function deleteRule({ params }: Call, _project: Project, mr: MergeRequest): Reply {
  const index = mr.approvalRules.findIndex(({ id }) => String(id) === params['rule']);
  if (index < 0) return refused(404, 'Not found');
  mr.approvalRules.splice(index, 1);
  return noContent;
}
