import type { Correction, Schema } from './openapi.ts';

/**
 * Where the published description is not to be believed. It is generated: a field nobody typed is a string there, and a list that nobody marked is one object. The clients are
 * believed instead: @gitbeaker/rest 43.8.0 and Renovate 44.121.2 (lib/modules/platform/gitlab/schema.ts).
 */
const integer: Schema = { type: 'integer' };
const boolean: Schema = { type: 'boolean' };
const users: Schema = { type: 'array', items: { $ref: '#/definitions/API_Entities_UserBasic' } };
const strings: Schema = { type: 'array', items: { type: 'string' } };

export const CORRECTIONS: readonly Correction[] = [
  {
    of: /^API_Entities_MergeRequest(?:Basic|Changes)?$/,
    why: 'fields without a type of their own, and lists that are not marked',
    fields: {
      labels: strings,
      assignees: users,
      reviewers: users,
      draft: boolean,
      work_in_progress: boolean,
      merge_when_pipeline_succeeds: boolean,
      has_conflicts: boolean,
      blocking_discussions_resolved: boolean,
      squash: boolean,
      squash_on_merge: boolean,
      should_remove_source_branch: boolean,
      force_remove_source_branch: boolean,
      rebase_in_progress: boolean,
      overflow: boolean,
      source_project_id: integer,
      target_project_id: integer,
      user_notes_count: integer,
      diverged_commits_count: integer,
      user: { type: 'object', properties: { can_merge: boolean } },
      changes: { type: 'array', items: { $ref: '#/definitions/API_Entities_Diff' } },
    },
  },
  { of: /^API_Entities_(?:RelatedIssue|IssueBasic)$/, why: 'the same of issues', fields: { assignees: users, user_notes_count: integer, issue_link_id: integer } },
  {
    of: /^API_Entities_Project(?:WithAccess)?$/,
    why: 'the fields of paid editions are written down without types; groups are objects',
    fields: { mirror: boolean, merge_trains_enabled: boolean, merge_pipelines_enabled: boolean, only_allow_merge_if_all_status_checks_passed: boolean, prevent_merge_without_jira_issue: boolean, shared_with_groups: { type: 'array', items: { type: 'object' } } },
  },
  { of: /^API_Entities_ProjectHook$/, why: 'ids are numbers here as elsewhere', fields: { id: integer, project_id: integer } },
  { of: /^API_Entities_(?:Member|ProjectAccess|GroupAccess)$/, why: 'roles are numbers', fields: { access_level: integer, notification_level: integer } },
  { of: /^API_Entities_MergeRequestApprovals$/, why: 'a list that is not marked', fields: { approved_by: { type: 'array', items: { $ref: '#/definitions/API_Entities_Approvals' } } } },
  { of: /^API_Entities_Ci_PipelineScheduleDetails$/, why: 'a list that is not marked', fields: { variables: { type: 'array', items: { $ref: '#/definitions/API_Entities_Ci_Variable' } } } },
];

/** Operations that answer with a list of what the description names. */
export const LISTS: ReadonlySet<string> = new Set([
  'GET /projects/:id/merge_requests',
  'GET /projects/:id/merge_requests/:iid/commits',
  'GET /projects/:id/merge_requests/:iid/diffs',
  'GET /projects/:id/merge_requests/:iid/pipelines',
  'GET /projects/:id/repository/tree',
  'GET /users',
]);

/** Operations whose success is another than is said: something made, something removed and shown once more; and what the sandbox has none of. */
export const STATUSES: Readonly<Record<string, number>> = {
  'POST /projects/:id/repository/commits': 201,
  'POST /projects/:id/statuses/:sha': 201,
  'DELETE /projects/:id/issues/:iid/links/:link': 200,
  'GET /groups/:id/members': 404,
};
