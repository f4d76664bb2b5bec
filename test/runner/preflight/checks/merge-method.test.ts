import type { Project } from '../../../../runner/gitlab/schema.ts';
import { mergeMethod } from '../../../../runner/preflight/checks/merge-method.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[Partial<Project>, string | null, string]>([
  [{}, '18.5.0', 'ok: merge commits: several can be merged in one run'],
  [{ mergeMethod: 'rebase_merge' }, '18.5.0', 'ok: semi-linear history: branches are kept rebased, so mostly one is merged in a run'],
  [{ mergeMethod: 'ff' }, '18.5.0', 'ok: fast-forward: branches are kept rebased, so mostly one is merged in a run'],
  [{ mergeMethod: 'new' }, '18.5.0', 'ok: new'],
  [{ mergeTrains: true }, '17.11.0-ee', 'ok: merge trains: Renovate puts its merge requests on the train; they need pipelines of merge requests, and `automergeType: branch` opens merge requests instead'],
  [{ mergeTrains: true }, '17.10.3', 'warning: merge trains are on, but Renovate can use them only from GitLab 17.11 on, and this is 17.10.3: it merges past them'],
])('%j in GitLab %s', (fields, version, expected) => {
  expect(verdictOf(mergeMethod, projectFacts({ version, project: project(fields) }))).toBe(expected);
});

it('merge trains in a GitLab that does not say its version', () => {
  expect(verdictOf(mergeMethod, projectFacts({ version: null, project: project({ mergeTrains: true }) }))).toMatch(/^ok: merge trains/);
});
