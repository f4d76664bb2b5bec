import { issuesEnabled } from '../../../../runner/preflight/checks/issues-enabled.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, string]>([
  [true, 'ok: switched on'],
  [false, 'warning: switched off'],
])('%s', (issues, expected) => {
  expect(verdictOf(issuesEnabled, projectFacts({ project: project({ issues }) }))).toBe(expected);
});
