import { commitsBetween } from '../git.ts';
import { hasConflicts, mergeStatus } from './merging.ts';
import { headPipeline, pipelineState } from './pipelines.ts';
import type { ApprovalRule, Issue, MergeRequest, Note, Pipeline, Project, Status, User } from './state.ts';

/** GitLab's own field names, as far as Renovate and this project read them. */
type Fields = Readonly<Record<string, unknown>>;

export function presentUser({ id, username, name }: User): Fields {
  return { id, username, name, state: 'active' };
}

export function presentProject({ id, path, settings }: Project, origin: string): Fields {
  const name = path.split('/').at(-1);
  return {
    id,
    name,
    path: name,
    path_with_namespace: path,
    namespace: { kind: 'group', full_path: path.split('/').slice(0, -1).join('/') },
    default_branch: 'main',
    empty_repo: false,
    archived: settings.archived,
    mirror: false,
    marked_for_deletion_at: null,
    topics: settings.topics,
    visibility: 'private',
    web_url: `${origin}/${path}`,
    http_url_to_repo: `${origin}/${path}.git`,
    ssh_url_to_repo: `git@127.0.0.1:${path}.git`,
    merge_method: settings.mergeMethod,
    squash_option: 'default_off',
    only_allow_merge_if_pipeline_succeeds: settings.pipelinesMustSucceed,
    only_allow_merge_if_all_discussions_are_resolved: false,
    allow_merge_on_skipped_pipeline: null,
    remove_source_branch_after_merge: true,
    merge_trains_enabled: false,
    repository_access_level: 'enabled',
    merge_requests_access_level: 'enabled',
    issues_access_level: 'enabled',
    issues_enabled: true,
    merge_requests_enabled: true,
  };
}

export function presentPipeline(project: Project, pipeline: Pipeline, origin: string): Fields {
  const { id, sha, ref, source } = pipeline;
  return { id, iid: id, project_id: project.id, sha, ref, source, status: pipelineState(project, pipeline), web_url: `${origin}/${project.path}/-/pipelines/${id}` };
}

export function presentStatus({ id, pipeline, name, state, description, targetUrl, author }: Status): Fields {
  return { id, sha: pipeline.sha, ref: pipeline.ref, pipeline_id: pipeline.id, status: state, name, description, target_url: targetUrl, allow_failure: false, author: presentUser(author) };
}

/** What lists hold. */
export function presentMergeRequest(project: Project, mr: MergeRequest, origin: string): Fields {
  const status = mergeStatus(project, mr);
  // The checks that come before this one hide its answer.
  const conflicts = status === 'conflict' || (['draft_status', 'not_approved'].includes(status) && hasConflicts(project, mr));
  return {
    id: project.id * 1000 + mr.iid,
    iid: mr.iid,
    project_id: project.id,
    source_project_id: project.id,
    target_project_id: project.id,
    title: mr.title,
    description: mr.description,
    state: mr.state,
    draft: /^draft:/i.test(mr.title),
    created_at: mr.createdAt,
    updated_at: mr.updatedAt,
    merged_at: mr.mergedAt,
    merged_by: mr.mergedBy === null ? null : presentUser(mr.mergedBy),
    merge_user: mr.autoMerge === null ? null : presentUser(mr.autoMerge.user),
    source_branch: mr.source,
    target_branch: mr.target,
    author: presentUser(mr.author),
    assignee: mr.assignees[0] === undefined ? null : presentUser(mr.assignees[0]),
    assignees: mr.assignees.map(presentUser),
    reviewers: mr.reviewers.map(presentUser),
    labels: mr.labels,
    merge_when_pipeline_succeeds: mr.autoMerge !== null,
    merge_status: conflicts ? 'cannot_be_merged' : 'can_be_merged',
    detailed_merge_status: status,
    has_conflicts: conflicts,
    sha: mr.sha,
    merge_commit_sha: mr.mergeCommit,
    squash: false,
    should_remove_source_branch: mr.autoMerge?.removeSource ?? null,
    force_remove_source_branch: mr.removeSource,
    reference: `!${mr.iid}`,
    references: { short: `!${mr.iid}`, relative: `!${mr.iid}`, full: `${project.path}!${mr.iid}` },
    web_url: `${origin}/${project.path}/-/merge_requests/${mr.iid}`,
  };
}

/** `pipeline` is null without one, never absent: Renovate reads `pipeline.status` of what is not null. */
export function presentMergeRequestInFull(project: Project, mr: MergeRequest, origin: string, canMerge: boolean): Fields {
  const found = headPipeline(project, mr);
  const pipeline = found === null ? null : presentPipeline(project, found, origin);
  return {
    ...presentMergeRequest(project, mr, origin),
    pipeline,
    head_pipeline: pipeline,
    diverged_commits_count: mr.state === 'opened' ? commitsBetween(project.repository, mr.sha, `refs/heads/${mr.target}`) : 0,
    rebase_in_progress: false,
    merge_error: null,
    user: { can_merge: canMerge },
  };
}

export function presentIssue(project: Project, issue: Issue, origin: string): Fields {
  const { iid, title, description, state, labels, confidential, author } = issue;
  return {
    id: project.id * 1000 + iid,
    iid,
    project_id: project.id,
    title,
    description,
    state,
    labels,
    confidential,
    author: presentUser(author),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    web_url: `${origin}/${project.path}/-/issues/${iid}`,
  };
}

export function presentNote({ id, author, body, createdAt }: Note): Fields {
  return { id, body, author: presentUser(author), created_at: createdAt, updated_at: createdAt, system: false };
}

export function presentRule({ id, name, type, approvalsRequired }: ApprovalRule): Fields {
  return { id, name, rule_type: type, approvals_required: approvalsRequired };
}

export function presentApprovals({ approvedBy, approvalRules }: MergeRequest): Fields {
  const required = Math.max(0, ...approvalRules.map((rule) => rule.approvalsRequired));
  const left = Math.max(0, required - approvedBy.length);
  return { approved: left === 0, approvals_required: required, approvals_left: left, approved_by: approvedBy.map((user) => ({ user: presentUser(user) })) };
}
