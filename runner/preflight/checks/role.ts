import { ok, problem, unknown, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

const DEVELOPER = 30;

export const role: Check<ProjectFacts> = {
  name: 'role',
  title: 'The bot is at least a Developer',
  why: 'Only from Developer on GitLab lets it push branches and open merge requests.',
  run({ level, bot }) {
    if (level === null) return unknown('GitLab does not say which role it has', 'Look by hand: Manage > Members.');
    const name = ROLES.findLast(([least]) => level >= least)?.[1] ?? 'no member';
    if (level < DEVELOPER) return problem(level === 0 ? `@${bot.username} is no member` : `@${bot.username} is only ${name}`, 'Give it the role Developer, or Maintainer where it shall merge into a protected branch: Manage > Members.');
    return ok(`@${bot.username} is ${name}`);
  },
};

const ROLES: readonly (readonly [number, string])[] = [
  [5, 'a member with minimal access'],
  [10, 'Guest'],
  [15, 'Planner'],
  [20, 'Reporter'],
  [30, 'Developer'],
  [40, 'Maintainer'],
  [50, 'Owner'],
];
