import { discover, fits, type Selection } from '../../../runner/projects/discover.ts';
import type { ProjectFacts } from '../../../runner/projects/project.ts';

const SELECTION: Selection = { projects: [], exclude: [], forks: false, onboarding: false };

function project(overrides: Partial<ProjectFacts> = {}): ProjectFacts {
  return { id: 1, path: 'platform/cluster', topics: [], archived: false, empty: false, fork: false, pendingDeletion: false, mergeRequests: true, accessLevel: 30, hasConfig: true, ...overrides };
}

it.each<[string, Partial<ProjectFacts>, Partial<Selection>, string | null]>([
  ['a project as it should be', {}, {}, null],
  ['one where nobody looked for a config', { hasConfig: null }, {}, null],
  ['archived', { archived: true }, {}, 'archived'],
  ['archived and to be deleted', { archived: true, pendingDeletion: true }, {}, 'pending-deletion'],
  ['without a commit', { empty: true, hasConfig: false }, {}, 'empty'],
  ['a fork', { fork: true }, {}, 'fork'],
  ['a fork that is wanted', { fork: true }, { forks: true }, null],
  ['merge requests off', { mergeRequests: false }, {}, 'merge-requests-off'],
  ['a Reporter', { accessLevel: 20 }, {}, 'role-too-low'],
  ['without a config', { hasConfig: false }, {}, 'no-config'],
  ['without a config, to be onboarded', { hasConfig: false }, { onboarding: true }, null],
  ['excluded', {}, { exclude: ['platform/*'] }, 'excluded'],
])('%s', (_name, facts, selection, reason) => {
  const { projects, skipped } = discover({ ...SELECTION, ...selection }, [project(facts)]);
  expect(skipped.map((one) => one.reason)).toEqual([reason].filter((one) => one !== null));
  expect(projects).toHaveLength(1 - skipped.length);
});

it('a project that is named but not there is said, a glob is not', () => {
  expect(discover({ ...SELECTION, projects: ['platform/gone', 'teams/*'] }, [])).toEqual({ projects: [], skipped: [{ path: 'platform/gone', reason: 'not-found' }] });
});

it('each project comes once, sorted', () => {
  const { projects } = discover(SELECTION, [project({ path: 'b/x' }), project({ path: 'a/x' }), project({ path: 'b/x' })]);
  expect(projects.map(({ path }) => path)).toEqual(['a/x', 'b/x']);
});

it.each([
  ['platform/*', 'platform/cluster', true],
  ['platform/*', 'platform/sub/cluster', false],
  ['platform/**', 'platform/sub/cluster', true],
  ['**/cluster', 'cluster', true],
  ['Platform/Cluster', 'platform/cluster', true],
  ['platform/c?uster', 'platform/cluster', true],
  ['platform/a.b', 'platform/aXb', false],
  ['a$(id)/*', 'a$(id)/x', true],
])('%s fits %s: %s', (pattern, path, expected) => {
  expect(fits(pattern, path)).toBe(expected);
});
