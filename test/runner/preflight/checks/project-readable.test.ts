import { known, type Fact } from '../../../../runner/preflight/check.ts';
import { projectReadable } from '../../../../runner/preflight/checks/project-readable.ts';
import { project, refused, verdictOf } from '../made-up.ts';

it.each<[string, Fact<{ readonly path: string } | null>, string]>([
  ['there', known(project()), 'ok: seen'],
  ['not there', known(null), 'problem: there is no such project or group for this token'],
  ['refused', refused(), 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, facts, expected) => {
  expect(verdictOf(projectReadable, facts)).toBe(expected);
});
