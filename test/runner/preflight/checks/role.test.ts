import { role } from '../../../../runner/preflight/checks/role.ts';
import { projectFacts, verdictOf } from '../made-up.ts';

it.each<[number | null, string]>([
  [null, 'unknown: GitLab does not say which role it has'],
  [0, 'problem: @renovate-bot is no member'],
  [5, 'problem: @renovate-bot is only a member with minimal access'],
  [10, 'problem: @renovate-bot is only Guest'],
  [20, 'problem: @renovate-bot is only Reporter'],
  [30, 'ok: @renovate-bot is Developer'],
  [40, 'ok: @renovate-bot is Maintainer'],
  [50, 'ok: @renovate-bot is Owner'],
])('%s', (level, expected) => {
  expect(verdictOf(role, projectFacts({ level }))).toBe(expected);
});
