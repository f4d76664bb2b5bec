import { known } from '../../../../runner/preflight/check.ts';
import { protectedBranch } from '../../../../runner/preflight/checks/protected-branch.ts';
import type { ProjectFacts } from '../../../../runner/preflight/facts.ts';
import { BOT, branch, project, projectFacts, refused, rule, verdictOf } from '../made-up.ts';

const CLOSED = 'ok: it may, and nothing gets into main without a merge request';
const MAINTAINERS = 'problem: only Maintainers may merge into main, and the bot is none';
const NOBODY = 'problem: no role may merge into main';

it.each<[string, Partial<ProjectFacts>, string]>([
  ['a Maintainer, for Maintainers', {}, CLOSED],
  ['and it may push', { branch: known(branch({ canPush: true })) }, 'ok: it may, and it may also push to main: `automergeType: branch` would pass by merge requests'],
  ['a Developer, for Maintainers', { level: 30 }, MAINTAINERS],
  ['a Developer, for Developers', { level: 30, protectedBranches: known([rule('main', [{ access: 30 }])]) }, CLOSED],
  ['a Developer, by name', { level: 30, protectedBranches: known([rule('main', [{ access: 40 }, { user: BOT.id }])]) }, CLOSED],
  ['a Developer, for somebody else', { level: 30, protectedBranches: known([rule('main', [{ user: 77 }])]) }, NOBODY],
  ['for a group', { protectedBranches: known([rule('main', [{ group: 9 }])]) }, 'unknown: a group may merge into main; whether the bot is in it, GitLab does not say here'],
  ['for nobody', { protectedBranches: known([rule('main', [{ access: 0 }])]) }, NOBODY],
  ['for administrators', { protectedBranches: known([rule('main', [{ access: 60 }])]) }, 'problem: only administrators may merge into main, and the bot is none'],
  ['of two rules the milder counts', { level: 30, protectedBranches: known([rule('main', [{ access: 0 }]), rule('m*', [{ access: 30 }])]) }, CLOSED],
  ['rules of other branches do not', { level: 30, protectedBranches: known([rule('main', [{ access: 40 }]), rule('release/*', [{ access: 30 }]), rule('*-main', [{ access: 30 }]), rule('ma*ain', [{ access: 30 }])]) }, MAINTAINERS],
  ['rules not shown, a Maintainer', { protectedBranches: refused() }, CLOSED],
  ['rules not shown, a Developer', { level: 30, protectedBranches: refused() }, 'problem: Developers may not merge into main, and the bot is no Maintainer'],
  ['rules not shown, a Developer, for Developers', { level: 30, protectedBranches: refused(), branch: known(branch({ developersCanMerge: true })) }, CLOSED],
  ['rules not shown, a Reporter, for Developers', { level: 20, protectedBranches: refused(), branch: known(branch({ developersCanMerge: true })) }, 'problem: the bot is no Developer of main'],
  ['protected by the group, whose rules do not show', { protectedBranches: known([]) }, CLOSED],
  ['not protected', { branch: known(branch({ protected: false })) }, 'warning: main is not protected: every Developer may push to it, past every check'],
  ['not protected, a Reporter', { level: 20, branch: known(branch({ protected: false })) }, 'problem: main is not protected, but the bot is no Developer'],
  ['a role that is not said', { level: null }, 'unknown: GitLab does not say which role the bot has'],
  ['no commit yet', { project: project({ defaultBranch: null }) }, 'unknown: there is no default branch yet'],
  ['a default branch that is gone', { branch: known(null) }, 'unknown: there is no branch main'],
  ['not shown', { branch: refused() }, 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(protectedBranch, projectFacts(fields))).toBe(expected);
});
