import { mergeRequests } from '../../../../runner/preflight/checks/merge-requests.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, string]>([
  [true, 'ok: switched on'],
  [false, 'problem: switched off'],
])('%s', (on, expected) => {
  expect(verdictOf(mergeRequests, projectFacts({ project: project({ mergeRequests: on }) }))).toBe(expected);
});
