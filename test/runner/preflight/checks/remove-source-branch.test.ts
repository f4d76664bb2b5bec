import { removeSourceBranch } from '../../../../runner/preflight/checks/remove-source-branch.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, string]>([
  [true, 'ok: the project removes them, and Renovate asks for it'],
  [false, "ok: Renovate asks for it; by the project's setting others stay"],
])('%s', (on, expected) => {
  expect(verdictOf(removeSourceBranch, projectFacts({ project: project({ removeSourceBranch: on }) }))).toBe(expected);
});
