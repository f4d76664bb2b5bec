import { DEVELOPER } from '../accounts.ts';
import { textOf } from '../input.ts';
import { requestEvent } from '../events.ts';
import { processAutoMerges } from '../merging.ts';
import { presentApprovals } from '../present/merge-request.ts';
import { presentRule } from '../present/project.ts';
import { created, noContent, ok, onMergeRequest, refused, type Call, type Reply, type Routes } from '../router.ts';
import { nextId, type ApprovalRule, type MergeRequest, type Project } from '../state.ts';

export const approvalRoutes: Routes = {
  'GET /projects/:id/merge_requests/:iid/approvals': onMergeRequest(({ user }, _project, mr) => ok(presentApprovals(mr, user))),
  'POST /projects/:id/merge_requests/:iid/approve': onMergeRequest(approve, DEVELOPER),
  'GET /projects/:id/merge_requests/:iid/approval_rules': onMergeRequest(({ state }, _project, { approvalRules }) => ok(approvalRules.map((rule) => presentRule(state, rule)))),
  'POST /projects/:id/merge_requests/:iid/approval_rules': onMergeRequest(addRule, DEVELOPER),
  'PUT /projects/:id/merge_requests/:iid/approval_rules/:rule': onMergeRequest(editRule, DEVELOPER),
  'DELETE /projects/:id/merge_requests/:iid/approval_rules/:rule': onMergeRequest(deleteRule, DEVELOPER),
};

function approve({ state, user }: Call, project: Project, mr: MergeRequest): Reply {
  if (mr.approvedBy.includes(user)) return refused(401, 'Unauthorized');
  mr.approvedBy.push(user);
  requestEvent(state, project, mr, user, presentApprovals(mr, user)['approved'] === true ? 'approved' : 'approval');
  processAutoMerges(state, project);
  return created(presentApprovals(mr, user));
}

function addRule({ state, input }: Call, _project: Project, mr: MergeRequest): Reply {
  const rule: ApprovalRule = { id: nextId(state), name: textOf(input, 'name') ?? '', type: 'regular', approvalsRequired: Number(input['approvals_required'] ?? 0), approvers: [], hiddenApprovers: false, branches: [] };
  mr.approvalRules.push(rule);
  return created(presentRule(state, rule));
}

function editRule({ state, params, input }: Call, _project: Project, mr: MergeRequest): Reply {
  const rule = mr.approvalRules.find(({ id }) => String(id) === params['rule']);
  if (rule === undefined) return refused(404, 'Not found');
  rule.approvalsRequired = Number(input['approvals_required'] ?? rule.approvalsRequired);
  return ok(presentRule(state, rule));
}

function deleteRule({ params }: Call, _project: Project, mr: MergeRequest): Reply {
  const index = mr.approvalRules.findIndex(({ id }) => String(id) === params['rule']);
  if (index < 0) return refused(404, 'Not found');
  mr.approvalRules.splice(index, 1);
  return noContent;
}
