import { known } from '../../../../runner/preflight/check.ts';
import { projectList } from '../../../../runner/preflight/checks/project-list.ts';
import type { TokenFacts } from '../../../../runner/preflight/facts.ts';
import { refused, tokenFacts, verdictOf } from '../made-up.ts';

it.each<[string, TokenFacts['projects'], string]>([
  ['some', known(3), 'ok: 3 projects'],
  ['one', known(1), 'ok: 1 project'],
  ['none', known(0), 'warning: no project would be run'],
  ['not listed', refused(), 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, projects, expected) => {
  expect(verdictOf(projectList, tokenFacts({ projects }))).toBe(expected);
});
