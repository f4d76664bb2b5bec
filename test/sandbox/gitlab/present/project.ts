import { accessOf, isProtected } from '../accounts.ts';
import { groupOf, lastPart } from '../projects.ts';
import type { ApprovalRule, Hook, Label, Project, State, User } from '../state.ts';
import { presentUser, type Fields } from './user.ts';

/** What `simple=true` leaves of a project. */
export function presentShort(project: Project, origin: string): Fields {
  const { id, path, createdAt, settings } = project;
  const group = groupOf(path);
  return {
    id,
    description: settings.description,
    name: settings.name,
    name_with_namespace: `${group.split('/').join(' / ')} / ${settings.name}`,
    path: lastPart(path),
    path_with_namespace: path,
    created_at: createdAt,
    default_branch: isEmpty(project) ? null : 'main',
    tag_list: settings.topics,
    topics: settings.topics,
    ssh_url_to_repo: sshUrl(project),
    http_url_to_repo: `${origin}/${path}.git`,
    web_url: `${origin}/${path}`,
    readme_url: null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: createdAt,
    namespace: { id: 1, name: lastPart(group), path: lastPart(group), kind: 'group', full_path: group, parent_id: null, avatar_url: null, web_url: `${origin}/groups/${group}` },
  };
}

export function presentProject(project: Project, state: State): Fields {
  const { settings } = project;
  return {
    ...presentShort(project, state.origin),
    empty_repo: isEmpty(project),
    archived: settings.archived,
    visibility: 'private',
    // Absent, not null, where it is no fork.
    ...(settings.fork === false ? {} : { forked_from_project: origin(state, settings.fork) }),
    mirror: false,
    marked_for_deletion_at: settings.pendingDeletion,
    marked_for_deletion_on: settings.pendingDeletion,
    ci_config_path: settings.ciConfigPath,
    merge_method: settings.mergeMethod,
    squash_option: settings.squashOption,
    only_allow_merge_if_pipeline_succeeds: settings.pipelinesMustSucceed,
    allow_merge_on_skipped_pipeline: settings.skippedPipelinesCount,
    only_allow_merge_if_all_discussions_are_resolved: settings.discussionsMustBeResolved,
    remove_source_branch_after_merge: settings.removeSourceBranch,
    merge_trains_enabled: settings.mergeTrains,
    merge_pipelines_enabled: settings.mergeTrains,
    repository_access_level: accessLevel(settings.repositoryOff),
    merge_requests_access_level: accessLevel(settings.mergeRequestsOff || settings.repositoryOff),
    builds_access_level: accessLevel(settings.pipelinesOff || settings.repositoryOff),
    issues_access_level: accessLevel(settings.issuesOff),
    monitor_access_level: accessLevel(settings.monitorOff),
    auto_devops_enabled: settings.autoDevops,
    ci_pipeline_variables_minimum_override_role: settings.variablesRole,
    only_allow_merge_if_all_status_checks_passed: settings.statusChecksMustPass,
    prevent_merge_without_jira_issue: settings.jiraIssueNeeded,
    merge_requests_enabled: !settings.mergeRequestsOff && !settings.repositoryOff,
    issues_enabled: !settings.issuesOff,
    jobs_enabled: !settings.pipelinesOff && !settings.repositoryOff,
    ...(settings.issuesOff ? {} : { open_issues_count: project.issues.filter((issue) => issue.state === 'opened').length }),
    shared_with_groups: settings.sharedWith.map((path, index) => ({ group_id: index + 1, group_name: path, group_full_path: path, group_access_level: 30, expires_at: null })),
  };
}

/** A fork of what the reader may not see says so without names. */
function origin(state: State, fork: true | string): Fields {
  const project = typeof fork === 'string' ? state.projects.find(({ path }) => path === fork) : undefined;
  return project === undefined ? { id: 1 } : presentShort(project, state.origin);
}

/** As the caller's lists of /projects and a single project have it; a group's list does not. */
export function presentPermissions(state: State, project: Project, user: User): Fields {
  const access = accessOf(state, project, user);
  return { permissions: { project_access: access === 0 ? null : { access_level: access, notification_level: 3 }, group_access: null } };
}

export function isEmpty(project: Project): boolean {
  return !project.heads.has('main');
}

export function sshUrl({ path, settings }: Project): string | null {
  return settings.sshUrl ? `git@127.0.0.1:${path}.git` : null;
}

function accessLevel(off: boolean): string {
  return off ? 'disabled' : 'enabled';
}

const LEVELS: Readonly<Record<number, string>> = { 0: 'No one', 30: 'Developers + Maintainers', 40: 'Maintainers', 60: 'Administrators' };

/** The protected branches: main, unless the project says otherwise or has none. */
export function presentProtected(state: State, project: Project): Fields[] {
  if (!isProtected(project, 'main') || isEmpty(project)) return [];
  const { pushAccess, mergeAccess, pushUsers, mergeUsers } = project.settings;
  return [
    {
      id: project.id,
      name: 'main',
      push_access_levels: levels(state, project.id * 100, pushAccess, pushUsers),
      merge_access_levels: levels(state, project.id * 100 + 50, mergeAccess, mergeUsers),
      unprotect_access_levels: [],
      allow_force_push: false,
      code_owner_approval_required: false,
      inherited: false,
    },
  ];
}

/** A role, and people by name, who are shown as Maintainers with an id. */
function levels({ users }: State, id: number, access: number, named: readonly string[]): Fields[] {
  const role = { id, access_level: access, access_level_description: LEVELS[access] ?? String(access), deploy_key_id: null, user_id: null, group_id: null };
  const people = users.filter(({ username }) => named.includes(username)).map((user, index) => ({ ...role, id: id + index + 1, access_level: 40, access_level_description: user.name, user_id: user.id }));
  return [role, ...people];
}

export function presentRule({ users }: State, { id, name, type, approvalsRequired, approvers, hiddenApprovers }: ApprovalRule): Fields {
  const people = users.filter(({ username }) => approvers.includes(username)).map(presentUser);
  return { id, name, rule_type: type, approvals_required: approvalsRequired, eligible_approvers: people, users: people, groups: [], contains_hidden_groups: hiddenApprovers };
}

/** With the branches that it is for, which a merge request's own rules do not have. */
export function presentProjectRule(state: State, project: Project, rule: ApprovalRule): Fields {
  const branches = presentProtected(state, project).filter(({ name }) => rule.branches.includes(String(name)));
  return { ...presentRule(state, rule), protected_branches: branches, applies_to_all_protected_branches: false };
}

/** An incident's or a project's label. */
export function presentLabel({ id, name, color, description }: Label): Fields {
  return { id, name, color, description, description_html: description ?? '', text_color: '#FFFFFF', subscribed: false, priority: null, is_project_label: true };
}

export const HOOK_EVENTS = ['push_events', 'tag_push_events', 'merge_requests_events', 'issues_events', 'confidential_issues_events', 'note_events', 'confidential_note_events', 'job_events', 'pipeline_events', 'wiki_page_events', 'deployment_events', 'releases_events', 'emoji_events', 'feature_flag_events', 'resource_access_token_events'];

/** Never with its token. */
export function presentHook(project: Project, { id, url, name, createdAt, events, sslVerification, branchFilter, alertStatus }: Hook): Fields {
  return {
    id,
    url,
    name,
    description: null,
    project_id: project.id,
    created_at: createdAt,
    ...Object.fromEntries(HOOK_EVENTS.map((event) => [event, events.has(event)])),
    repository_update_events: false,
    enable_ssl_verification: sslVerification,
    push_events_branch_filter: branchFilter,
    branch_filter_strategy: 'wildcard',
    alert_status: alertStatus,
    disabled_until: null,
    url_variables: [],
    custom_headers: [],
    custom_webhook_template: null,
  };
}
