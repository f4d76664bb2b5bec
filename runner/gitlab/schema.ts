import * as z from 'zod';

/** What the runner reads of GitLab's answers; everything else is ignored. Field names and types by GitLab's REST v4 description (18.x). */

const nullable = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

/** 10 Guest … 50 Owner. */
const Access = nullable(z.object({ access_level: z.number() }));

export const User = z
  .object({ id: z.number(), username: z.string(), bot: z.boolean().default(false), is_admin: z.boolean().default(false) })
  .transform(({ is_admin: admin, ...rest }) => ({ ...rest, admin }));
export type User = z.infer<typeof User>;

export const Version = z.object({ version: z.string() });

export const TokenSelf = z
  .object({ name: z.string(), scopes: z.array(z.string()), expires_at: nullable(z.string()), active: z.boolean() })
  .transform(({ name, scopes, active, ...rest }) => ({ name, scopes, active, expiresAt: rest.expires_at }));
export type TokenSelf = z.infer<typeof TokenSelf>;

export const Project = z
  .object({
    id: z.number(),
    path_with_namespace: z.string(),
    default_branch: nullable(z.string()),
    topics: z.array(z.string()).default([]),
    archived: z.boolean().default(false),
    empty_repo: z.boolean().default(false),
    forked_from_project: nullable(z.looseObject({})),
    marked_for_deletion_on: nullable(z.string()),
    marked_for_deletion_at: nullable(z.string()),
    merge_requests_access_level: z.string().default('enabled'),
    repository_access_level: z.string().default('enabled'),
    builds_access_level: z.string().default('enabled'),
    web_url: z.string(),
    http_url_to_repo: nullable(z.string()),
    ssh_url_to_repo: nullable(z.string()),
    permissions: z.object({ project_access: Access, group_access: Access }).optional(),
    only_allow_merge_if_pipeline_succeeds: nullable(z.boolean()),
    allow_merge_on_skipped_pipeline: nullable(z.boolean()),
    only_allow_merge_if_all_discussions_are_resolved: nullable(z.boolean()),
    merge_method: z.string().default('merge'),
    remove_source_branch_after_merge: nullable(z.boolean()),
    merge_trains_enabled: nullable(z.boolean()),
    squash_option: z.string().default('default_off'),
    issues_access_level: z.string().default('enabled'),
    ci_config_path: nullable(z.string()),
    auto_devops_enabled: nullable(z.boolean()),
    monitor_access_level: z.string().default('enabled'),
    ci_pipeline_variables_minimum_override_role: nullable(z.string()),
    only_allow_merge_if_all_status_checks_passed: nullable(z.boolean()),
    prevent_merge_without_jira_issue: nullable(z.boolean()),
  })
  .transform((raw) => ({
    id: raw.id,
    path: raw.path_with_namespace,
    defaultBranch: raw.default_branch,
    topics: raw.topics,
    archived: raw.archived,
    empty: raw.empty_repo || raw.default_branch === null,
    fork: raw.forked_from_project !== null,
    pendingDeletion: raw.marked_for_deletion_on !== null || raw.marked_for_deletion_at !== null,
    mergeRequests: raw.merge_requests_access_level !== 'disabled' && raw.repository_access_level !== 'disabled',
    pipelines: raw.builds_access_level !== 'disabled',
    issues: raw.issues_access_level !== 'disabled',
    webUrl: raw.web_url,
    httpUrl: raw.http_url_to_repo,
    sshUrl: raw.ssh_url_to_repo,
    /** Null where the answer does not say it: lists do for own memberships only. */
    accessLevel: raw.permissions === undefined ? null : Math.max(raw.permissions.project_access?.access_level ?? 0, raw.permissions.group_access?.access_level ?? 0),
    pipelinesMustSucceed: raw.only_allow_merge_if_pipeline_succeeds === true,
    skippedPipelinesCount: raw.allow_merge_on_skipped_pipeline === true,
    discussionsMustBeResolved: raw.only_allow_merge_if_all_discussions_are_resolved === true,
    mergeMethod: raw.merge_method,
    mergeTrains: raw.merge_trains_enabled === true,
    removeSourceBranch: raw.remove_source_branch_after_merge === true,
    squashOption: raw.squash_option,
    ciConfigPath: raw.ci_config_path === '' ? null : raw.ci_config_path,
    autoDevOps: raw.auto_devops_enabled === true,
    /** Alerts and incidents. */
    monitor: raw.monitor_access_level !== 'disabled',
    /** Who may give pipelines variables: `no_one_allowed`, `developer`, `maintainer`, `owner`; null where GitLab does not say it to this role. */
    pipelineVariablesRole: raw.ci_pipeline_variables_minimum_override_role,
    statusChecksMustPass: raw.only_allow_merge_if_all_status_checks_passed === true,
    jiraIssueRequired: raw.prevent_merge_without_jira_issue === true,
  }));
export type Project = z.infer<typeof Project>;

export const TreeEntry = z.object({ path: z.string(), type: z.string() });
export type TreeEntry = z.infer<typeof TreeEntry>;

export const Pipeline = z
  .object({ id: z.number(), status: z.string(), source: z.string().default(''), ref: nullable(z.string()), sha: z.string().default(''), web_url: z.string().default(''), created_at: nullable(z.string()) })
  .transform(({ web_url: webUrl, created_at: createdAt, ...rest }) => ({ ...rest, webUrl, createdAt }));
export type Pipeline = z.infer<typeof Pipeline>;

export const MergeRequest = z
  .object({
    iid: z.number(),
    title: z.string(),
    description: nullable(z.string()),
    state: z.string(),
    draft: z.boolean().default(false),
    source_branch: z.string(),
    target_branch: z.string(),
    sha: nullable(z.string()),
    labels: z.array(z.string()).default([]),
    author: z.object({ username: z.string() }),
    reviewers: z.array(z.object({ username: z.string() })).default([]),
    assignees: z.array(z.object({ username: z.string() })).default([]),
    created_at: z.string(),
    updated_at: z.string(),
    merged_at: nullable(z.string()),
    merge_when_pipeline_succeeds: z.boolean().default(false),
    detailed_merge_status: z.string().default('unchecked'),
    has_conflicts: z.boolean().default(false),
    head_pipeline: nullable(Pipeline),
    merge_commit_sha: nullable(z.string()),
    user: z.object({ can_merge: z.boolean() }).optional(),
    web_url: z.string(),
  })
  .transform((raw) => ({
    iid: raw.iid,
    title: raw.title,
    description: raw.description ?? '',
    state: raw.state,
    draft: raw.draft,
    source: raw.source_branch,
    target: raw.target_branch,
    sha: raw.sha,
    labels: raw.labels,
    author: raw.author.username,
    reviewers: raw.reviewers.map(({ username }) => username),
    assignees: raw.assignees.map(({ username }) => username),
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
    mergedAt: raw.merged_at,
    autoMerge: raw.merge_when_pipeline_succeeds,
    mergeStatus: raw.detailed_merge_status,
    conflicts: raw.has_conflicts,
    /** Only in the answer for one merge request; null in lists. */
    pipeline: raw.head_pipeline,
    /** Whether this is such an answer. */
    looked: raw.user !== undefined,
    /** Whether the token may merge it; null in lists. */
    canMerge: raw.user?.can_merge ?? null,
    mergeCommit: raw.merge_commit_sha,
    webUrl: raw.web_url,
  }));
export type MergeRequest = z.infer<typeof MergeRequest>;

export const Approvals = z
  .object({ approved: z.boolean().default(false), approvals_required: z.number().default(0), approvals_left: z.number().default(0) })
  .transform((raw) => ({ approved: raw.approved, required: raw.approvals_required, left: raw.approvals_left }));
export type Approvals = z.infer<typeof Approvals>;

const Level = z.object({ access_level: z.number().nullish(), user_id: z.number().nullish(), group_id: z.number().nullish() });

export const ProtectedBranch = z
  .object({ name: z.string(), push_access_levels: z.array(Level).default([]), merge_access_levels: z.array(Level).default([]), allow_force_push: z.boolean().default(false), code_owner_approval_required: z.boolean().default(false) })
  .transform((raw) => ({ name: raw.name, push: raw.push_access_levels.map(levelOf), merge: raw.merge_access_levels.map(levelOf), forcePush: raw.allow_force_push, codeOwners: raw.code_owner_approval_required }));
export type ProtectedBranch = z.infer<typeof ProtectedBranch>;

/** A role, or a person or group by name. */
function levelOf({ access_level: access, user_id: user, group_id: group }: z.infer<typeof Level>): { readonly access: number; readonly user: number | null; readonly group: number | null } {
  return { access: access ?? 0, user: user ?? null, group: group ?? null };
}

const ScheduleVariable = z.object({ key: z.string(), value: z.string(), variable_type: z.string().default('env_var') });

export const PipelineSchedule = z
  .object({
    id: z.number(),
    description: z.string(),
    ref: z.string(),
    cron: z.string(),
    cron_timezone: z.string(),
    active: z.boolean(),
    next_run_at: nullable(z.string()),
    owner: nullable(z.object({ id: z.number(), username: z.string() })),
    variables: z.array(ScheduleVariable).nullish(),
  })
  .transform((raw) => ({
    id: raw.id,
    description: raw.description,
    ref: raw.ref,
    cron: raw.cron,
    timezone: raw.cron_timezone,
    active: raw.active,
    nextRunAt: raw.next_run_at,
    owner: raw.owner,
    variables: Object.fromEntries((raw.variables ?? []).map(({ key, value }) => [key, value])),
    /** False in lists, and for whoever is neither owner of the schedule nor Maintainer: the field is absent then (lib/api/entities/ci/pipeline_schedule_details.rb). */
    variablesShown: Array.isArray(raw.variables),
  }));
export type PipelineSchedule = z.infer<typeof PipelineSchedule>;

export const Label = z.object({ id: z.number(), name: z.string(), description: nullable(z.string()) });
export type Label = z.infer<typeof Label>;

export const Hook = z
  .object({ id: z.number(), url: z.string(), issues_events: z.boolean().default(false), merge_requests_events: z.boolean().default(false), push_events: z.boolean().default(false), alert_status: z.string().default('executable') })
  .transform((raw) => ({ id: raw.id, url: raw.url, issues: raw.issues_events, mergeRequests: raw.merge_requests_events, pushes: raw.push_events, working: raw.alert_status === 'executable' }));
export type Hook = z.infer<typeof Hook>;

export const ApprovalRule = z
  .object({
    id: z.number(),
    name: z.string(),
    approvals_required: z.number(),
    rule_type: z.string().default('regular'),
    eligible_approvers: z.array(z.object({ username: z.string() })).default([]),
    contains_hidden_groups: z.boolean().default(false),
    protected_branches: z.array(z.object({ name: z.string() })).default([]),
  })
  .transform((raw) => ({
    id: raw.id,
    name: raw.name,
    required: raw.approvals_required,
    type: raw.rule_type,
    approvers: raw.eligible_approvers.map(({ username }) => username),
    /** Whether there are more approvers than this token may see. */
    hiddenApprovers: raw.contains_hidden_groups,
    /** Protected branches that it is for; empty: all branches. */
    branches: raw.protected_branches.map(({ name }) => name),
  }));
export type ApprovalRule = z.infer<typeof ApprovalRule>;

export const Branch = z
  .object({ name: z.string(), protected: z.boolean(), can_push: z.boolean().default(false), developers_can_merge: z.boolean().default(false) })
  .transform((raw) => ({ name: raw.name, protected: raw.protected, canPush: raw.can_push, developersCanMerge: raw.developers_can_merge }));
export type Branch = z.infer<typeof Branch>;

export const Incident = z
  .object({
    iid: z.number(),
    title: z.string(),
    description: nullable(z.string()),
    labels: z.array(z.string()).default([]),
    state: z.string(),
    confidential: z.boolean().default(false),
    author: z.object({ username: z.string() }),
    created_at: z.string(),
    closed_at: nullable(z.string()),
    web_url: z.string(),
  })
  .transform((raw) => ({
    iid: raw.iid,
    title: raw.title,
    description: raw.description ?? '',
    labels: raw.labels,
    open: raw.state === 'opened',
    confidential: raw.confidential,
    author: raw.author.username,
    createdAt: raw.created_at,
    closedAt: raw.closed_at,
    webUrl: raw.web_url,
  }));
export type Incident = z.infer<typeof Incident>;

export const RelatedIssue = z.object({ iid: z.number(), project_id: z.number() }).transform(({ iid, project_id: project }) => ({ iid, project }));

export const Note = z.object({ id: z.number(), body: z.string(), author: z.object({ username: z.string() }), system: z.boolean().default(false) }).transform(({ author, ...rest }) => ({ ...rest, author: author.username }));
export type Note = z.infer<typeof Note>;

export const FileDiff = z
  .object({ old_path: z.string(), new_path: z.string(), diff: z.string(), too_large: nullable(z.boolean()), collapsed: nullable(z.boolean()), deleted_file: z.boolean().default(false), new_file: z.boolean().default(false) })
  .transform((raw) => ({ oldPath: raw.old_path, newPath: raw.new_path, diff: raw.diff, added: raw.new_file, truncated: raw.too_large === true || raw.collapsed === true || raw.deleted_file }));
export type FileDiff = z.infer<typeof FileDiff>;

export const ErrorBody = z.object({ message: z.unknown(), error: z.unknown() }).partial();
