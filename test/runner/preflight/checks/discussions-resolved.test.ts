import { discussionsResolved } from '../../../../runner/preflight/checks/discussions-resolved.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, string]>([
  [false, 'ok: open threads do not hold a merge'],
  [true, 'ok: an open thread holds the merge, also of another bot'],
])('%s', (discussionsMustBeResolved, expected) => {
  expect(verdictOf(discussionsResolved, projectFacts({ project: project({ discussionsMustBeResolved }) }))).toBe(expected);
});
