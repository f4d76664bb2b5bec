import { issuesEnabled } from '../../../../runner/preflight/checks/issues-enabled.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, string]>([
  [true, 'ok: they are'],
  [false, 'warning: they are switched off'],
])('%s', (issues, expected) => {
  expect(verdictOf(issuesEnabled, projectFacts({ project: project({ issues }) }))).toBe(expected);
});
