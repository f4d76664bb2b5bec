import { accessOf, MAINTAINER } from '../accounts.ts';
import { flagOf, listOf, optionalFlag, textOf } from '../input.ts';
import { presentPermissions, presentProject, presentProjectRule, presentProtected, presentShort } from '../present/project.ts';
import { approvalRulesOf, groupOf, lastPart } from '../projects.ts';
import { inProject, ok, refused, type Call, type Reply, type Routes } from '../router.ts';
import type { Project } from '../state.ts';

export const projectRoutes: Routes = {
  'GET /projects': (call) => ok(listed(call, visible(call)).map((project) => (flagOf(call.input, 'simple') ? presentShort(project, call.origin) : withPermissions(call, project)))),
  'GET /groups/:id/projects': groupProjects,
  'GET /projects/:id': inProject((call, project) => ok(withPermissions(call, project)), 10),
  'PUT /projects/:id': inProject(edit, MAINTAINER),
  'GET /projects/:id/protected_branches': inProject(({ state }, project) => ok(presentProtected(state, project))),
  'GET /projects/:id/protected_branches/:name': inProject(({ state, params }, project) => {
    const [found] = presentProtected(state, project).filter(({ name }) => name === params['name']);
    return found === undefined ? refused(404, 'Not found') : ok(found);
  }),
  'GET /projects/:id/approval_rules': inProject(({ state }, project) => ok(approvalRulesOf(project).map((rule) => presentProjectRule(state, project, rule)))),
  'GET /projects/:id/approvals': inProject((_call, project) => ok(approvalSettings(project))),
};

function withPermissions({ state, user }: Call, project: Project): Readonly<Record<string, unknown>> {
  return { ...presentProject(project, state), ...presentPermissions(state, project, user) };
}

/** Everything here is private: projects without the caller are not listed, whatever `membership` says. */
function visible({ state, user }: Call): Project[] {
  return state.projects.filter((project) => accessOf(state, project, user) > 0);
}

/** A group shows to those who see a project in it. */
function groupProjects(call: Call): Reply {
  const { params, input, state, origin } = call;
  const group = params['id'] ?? '';
  const all = visible(call);
  if (!all.some(({ path }) => `${groupOf(path)}/`.startsWith(`${group}/`))) return refused(404, 'Group Not Found');
  const shared = textOf(input, 'with_shared') === null || flagOf(input, 'with_shared');
  const wanted = all.filter(({ path, settings }) => isIn(path, group, flagOf(input, 'include_subgroups')) || (shared && settings.sharedWith.includes(group)));
  return ok(listed(call, wanted).map((project) => (flagOf(input, 'simple') ? presentShort(project, origin) : presentProject(project, state))));
}

function isIn(path: string, group: string, deep: boolean): boolean {
  return groupOf(path) === group || (deep && path.startsWith(`${group}/`));
}

function listed({ state, user, input }: Call, projects: readonly Project[]): Project[] {
  const least = Number(input['min_access_level'] ?? 0);
  const topics = listOf(input, 'topic') ?? [];
  const archived = optionalFlag(input, 'archived');
  const kept = projects.filter(
    (project) =>
      accessOf(state, project, user) >= least &&
      topics.every((topic) => project.settings.topics.includes(topic)) &&
      (archived === null || project.settings.archived === archived) &&
      (!flagOf(input, 'with_merge_requests_enabled') || !(project.settings.mergeRequestsOff || project.settings.repositoryOff)) &&
      matches(project, input),
  );
  const key = ORDER[textOf(input, 'order_by') ?? ''] ?? idOf;
  const ascending = kept.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return textOf(input, 'sort') === 'asc' ? ascending : ascending.reverse();
}

function matches({ path, settings }: Project, input: Call['input']): boolean {
  const search = textOf(input, 'search')?.toLowerCase() ?? '';
  const within = flagOf(input, 'search_namespaces') ? path : lastPart(path);
  return [within, settings.name, settings.description].some((text) => text.toLowerCase().includes(search));
}

function idOf({ id }: Project): number {
  return id;
}

/** By creation when nothing is said, which is the order of the ids. */
const ORDER: Readonly<Record<string, (project: Project) => string | number>> = { name: ({ settings }) => settings.name, path: ({ path }) => path };

const MERGE_METHODS = ['merge', 'rebase_merge', 'ff'];
const SQUASH_OPTIONS = ['never', 'always', 'default_on', 'default_off'];

/** The settings that preflight checks speak of. */
function edit(call: Call, project: Project): Reply {
  const { input } = call;
  const method = textOf(input, 'merge_method');
  const squash = textOf(input, 'squash_option');
  if (method !== null && !MERGE_METHODS.includes(method)) return refusedValue('merge_method');
  if (squash !== null && !SQUASH_OPTIONS.includes(squash)) return refusedValue('squash_option');
  const { settings } = project;
  const off = (key: string, current: boolean): boolean => (textOf(input, key) === null ? current : textOf(input, key) === 'disabled');
  Object.assign(settings, {
    name: textOf(input, 'name') ?? settings.name,
    description: textOf(input, 'description') ?? settings.description,
    topics: listOf(input, 'topics') ?? settings.topics,
    pipelinesMustSucceed: optionalFlag(input, 'only_allow_merge_if_pipeline_succeeds') ?? settings.pipelinesMustSucceed,
    skippedPipelinesCount: optionalFlag(input, 'allow_merge_on_skipped_pipeline') ?? settings.skippedPipelinesCount,
    discussionsMustBeResolved: optionalFlag(input, 'only_allow_merge_if_all_discussions_are_resolved') ?? settings.discussionsMustBeResolved,
    removeSourceBranch: optionalFlag(input, 'remove_source_branch_after_merge') ?? settings.removeSourceBranch,
    mergeTrains: optionalFlag(input, 'merge_trains_enabled') ?? settings.mergeTrains,
    mergeMethod: method ?? settings.mergeMethod,
    squashOption: squash ?? settings.squashOption,
    ciConfigPath: textOf(input, 'ci_config_path') ?? settings.ciConfigPath,
    mergeRequestsOff: off('merge_requests_access_level', settings.mergeRequestsOff),
    issuesOff: off('issues_access_level', settings.issuesOff),
    pipelinesOff: off('builds_access_level', settings.pipelinesOff),
    repositoryOff: off('repository_access_level', settings.repositoryOff),
  });
  return ok(presentProject(project, call.state));
}

function refusedValue(field: string): Reply {
  return { status: 400, body: { error: `${field} does not have a valid value` } };
}

function approvalSettings({ settings }: Project): Readonly<Record<string, unknown>> {
  return {
    approvals_before_merge: settings.approvalsRequired,
    reset_approvals_on_push: true,
    selective_code_owner_removals: false,
    disable_overriding_approvers_per_merge_request: false,
    merge_requests_author_approval: false,
    merge_requests_disable_committers_approval: false,
    require_password_to_approve: false,
    require_reauthentication_to_approve: false,
    approvers: [],
    approver_groups: [],
  };
}
