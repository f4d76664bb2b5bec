import type { ProtectedBranch, User } from '../../gitlab/schema.ts';
import { ok, problem, unknown, warning, whenKnown, type Check, type Judgement } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

const PLACE = 'Settings > Repository > Protected branches';

export const protectedBranch: Check<ProjectFacts> = {
  name: 'protected-branch',
  title: 'The bot may merge into the default branch',
  why: 'Automerge acts as the bot: what it may not merge waits for a person. What it may push, `automergeType: branch` puts there without a merge request, and past everything that is checked there.',
  run(facts) {
    const { project, branch, protectedBranches, level } = facts;
    const name = project.defaultBranch;
    if (name === null) return unknown('there is no default branch yet', 'Commit something.');
    if (level === null) return unknown('GitLab does not say which role the bot has', `Look by hand: ${PLACE}.`);
    return whenKnown(branch, PLACE, (seen) => {
      if (seen === null) return unknown(`there is no branch ${name}`, 'Set the default branch: Settings > Repository > Branch defaults.');
      if (!seen.protected) return level < DEVELOPER ? problem(`${name} is not protected, but the bot is no Developer`, 'Give it the role Developer.') : warning(`${name} is not protected: every Developer may push to it, past every check`, `Protect it: ${PLACE}, with "Allowed to merge" for the bot.`);
      if (!protectedBranches.known) return byRole(seen.developersCanMerge, level, seen.canPush, name);
      return byRules(protectedBranches.value.filter((rule) => isMatch(rule.name, name)), facts, seen.canPush, name);
    });
  },
};

const DEVELOPER = 30;
const MAINTAINER = 40;

/** What a branch alone tells; rules are for Maintainers to see. */
function byRole(developersCanMerge: boolean, level: number, canPush: boolean, name: string): Judgement {
  if (level >= (developersCanMerge ? DEVELOPER : MAINTAINER)) return allowed(canPush, name);
  return developersCanMerge ? problem(`the bot is no Developer of ${name}`, 'Give it the role Developer.') : problem(`Developers may not merge into ${name}, and the bot is no Maintainer`, remedyFor('role'));
}

/** Of several rules for a branch the most permissive counts (https://docs.gitlab.com/user/project/repository/branches/protection_rules/). */
function byRules(rules: readonly ProtectedBranch[], { level, bot }: ProjectFacts, canPush: boolean, name: string): Judgement {
  const levels = rules.flatMap(({ merge }) => merge);
  if (levels.length === 0) return byRole(false, level ?? 0, canPush, name);
  if (levels.some((entry) => isAllowed(entry, level ?? 0, bot))) return allowed(canPush, name);
  if (levels.some(({ group }) => group !== null)) return unknown(`a group may merge into ${name}; whether the bot is in it, GitLab does not say here`, `Look by hand: ${PLACE}.`);
  const roles = levels.filter(({ user, group, access }) => user === null && group === null && access > 0);
  return problem(roles.length === 0 ? `no role may merge into ${name}` : `only ${Math.min(...roles.map(({ access }) => access)) >= 60 ? 'administrators' : 'Maintainers'} may merge into ${name}, and the bot is none`, remedyFor(roles.length === 0 ? 'rule' : 'role'));
}

function isAllowed({ access, user, group }: ProtectedBranch['merge'][number], level: number, bot: User): boolean {
  if (user !== null) return user === bot.id;
  if (group !== null || access === 0) return false;
  return access >= 60 ? bot.admin : level >= access;
}

function allowed(canPush: boolean, name: string): Judgement {
  return ok(canPush ? `it may, and it may also push to ${name}: \`automergeType: branch\` would pass by merge requests` : `it may, and nothing gets into ${name} without a merge request`);
}

function remedyFor(kind: 'role' | 'rule'): string {
  return kind === 'role' ? `Allow it: ${PLACE} > Allowed to merge > Developers + Maintainers; or make the bot a Maintainer.` : `Allow a role that the bot has: ${PLACE} > Allowed to merge.`;
}

/** `*` stands for anything, slashes too (RefMatcher). */
function isMatch(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.startsWith(first) && name.endsWith(last) && name.length - last.length >= at;
}
