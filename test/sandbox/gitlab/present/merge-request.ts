import { commitsBetween } from '../../git.ts';
import { approvalsLeft, hasConflicts, mergeStatus } from '../merging.ts';
import { hasUnresolved } from '../notes.ts';
import { headPipeline } from '../pipelines.ts';
import type { MergeRequest, Project, User } from '../state.ts';
import { requestId } from './ids.ts';
import { presentPipeline, presentPipelineInFull } from './pipeline.ts';
import { presentUser, type Fields } from './user.ts';

/** What lists hold. */
export function presentMergeRequest(project: Project, mr: MergeRequest, origin: string): Fields {
  const status = mergeStatus(project, mr);
  // The checks that come before this one hide its answer.
  const conflicts = status === 'conflict' || (['draft_status', 'not_approved', 'discussions_not_resolved'].includes(status) && hasConflicts(project, mr));
  return {
    id: requestId(project, mr),
    iid: mr.iid,
    project_id: project.id,
    source_project_id: project.id,
    target_project_id: project.id,
    title: mr.title,
    description: mr.description,
    state: mr.state,
    draft: /^draft:/i.test(mr.title),
    work_in_progress: /^draft:/i.test(mr.title),
    created_at: mr.createdAt,
    updated_at: mr.updatedAt,
    prepared_at: mr.createdAt,
    merged_at: mr.mergedAt,
    merged_by: orNull(mr.mergedBy),
    merge_user: orNull(mr.mergedBy ?? mr.autoMerge?.user ?? null),
    closed_by: orNull(mr.closedBy),
    closed_at: mr.closedAt,
    source_branch: mr.source,
    target_branch: mr.target,
    author: presentUser(mr.author),
    assignee: orNull(mr.assignees[0] ?? null),
    assignees: mr.assignees.map(presentUser),
    reviewers: mr.reviewers.map(presentUser),
    labels: mr.labels,
    user_notes_count: mr.notes.filter(({ system }) => !system).length,
    merge_when_pipeline_succeeds: mr.autoMerge !== null,
    merge_status: conflicts ? 'cannot_be_merged' : 'can_be_merged',
    detailed_merge_status: status,
    has_conflicts: conflicts,
    blocking_discussions_resolved: !hasUnresolved(mr.notes),
    sha: mr.sha,
    merge_commit_sha: mr.mergeCommit,
    squash_commit_sha: null,
    squash: false,
    squash_on_merge: false,
    should_remove_source_branch: mr.autoMerge?.removeSource ?? null,
    force_remove_source_branch: mr.removeSource,
    reference: `!${mr.iid}`,
    references: { short: `!${mr.iid}`, relative: `!${mr.iid}`, full: `${project.path}!${mr.iid}` },
    web_url: `${origin}/${project.path}/-/merge_requests/${mr.iid}`,
  };
}

/** `pipeline` is null without one, never absent: Renovate reads `pipeline.status` of what is not null. */
export function presentMergeRequestInFull(project: Project, mr: MergeRequest, origin: string, canMerge: boolean): Fields {
  const pipeline = headPipeline(project, mr);
  return {
    ...presentMergeRequest(project, mr, origin),
    pipeline: pipeline === null ? null : presentPipeline(project, pipeline, origin),
    head_pipeline: pipeline === null ? null : presentPipelineInFull(project, pipeline, origin),
    diff_refs: { base_sha: mr.base, head_sha: mr.sha, start_sha: mr.base },
    diverged_commits_count: mr.state === 'opened' ? commitsBetween(project.repository, mr.sha, `refs/heads/${mr.target}`) : 0,
    rebase_in_progress: false,
    merge_error: null,
    user: { can_merge: canMerge },
  };
}

export function presentApprovals(mr: MergeRequest, user: User): Fields {
  const { approvedBy, approvalRules } = mr;
  const left = approvalsLeft(mr);
  return {
    user_has_approved: approvedBy.includes(user),
    user_can_approve: !approvedBy.includes(user),
    approved: left === 0,
    approvals_required: approvalRules.reduce((sum, { approvalsRequired }) => sum + approvalsRequired, 0),
    approvals_left: left,
    approved_by: approvedBy.map((approver) => ({ user: presentUser(approver) })),
  };
}

function orNull(user: User | null): Fields | null {
  return user === null ? null : presentUser(user);
}
