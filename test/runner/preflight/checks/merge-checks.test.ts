import type { Project } from '../../../../runner/gitlab/schema.ts';
import { mergeChecks } from '../../../../runner/preflight/checks/merge-checks.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[string, Partial<Project>, boolean, string]>([
  ['none', {}, true, 'ok: none besides these'],
  ['an issue of Jira', { jiraIssueRequired: true }, true, 'problem: an issue of Jira must be named in every merge request'],
  ['an issue of Jira, nothing to merge', { jiraIssueRequired: true }, false, 'warning: an issue of Jira must be named in every merge request'],
  ['external status checks', { statusChecksMustPass: true }, true, 'warning: external status checks must pass'],
])('%s', (_name, fields, automerges, expected) => {
  expect(verdictOf(mergeChecks, projectFacts({ automerges, project: project(fields) }))).toBe(expected);
});
