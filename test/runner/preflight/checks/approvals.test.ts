import { known } from '../../../../runner/preflight/check.ts';
import { approvals } from '../../../../runner/preflight/checks/approvals.ts';
import type { ProjectFacts } from '../../../../runner/preflight/facts.ts';
import { approvalRule, projectFacts, refused, rule, verdictOf } from '../made-up.ts';

it.each<[string, Partial<ProjectFacts>, string]>([
  ['none', {}, 'ok: none is required'],
  ['a GitLab without rules', { approvalRules: known(null) }, 'ok: this GitLab has no approval rules'],
  ['optional ones', { approvalRules: known([approvalRule({ required: 0 })]) }, 'ok: none is required'],
  ['one, by two people', { approvalRules: known([approvalRule()]) }, 'problem: "Reviewers" asks for 1 approval by @anna, @ben'],
  ['nothing to merge', { approvalRules: known([approvalRule()]), automerges: false }, 'warning: "Reviewers" asks for 1 approval by @anna, @ben'],
  ['two, of anybody', { approvalRules: known([approvalRule({ name: 'All Members', type: 'any_approver', required: 2, approvers: [] })]) }, 'problem: "All Members" asks for 2 approvals'],
  ['of many', { approvalRules: known([approvalRule({ approvers: ['a', 'b', 'c', 'd', 'e'] })]) }, 'problem: "Reviewers" asks for 1 approval by @a, @b, @c and 2 more'],
  ['of a group that does not show', { approvalRules: known([approvalRule({ approvers: [], hiddenApprovers: true })]) }, 'problem: "Reviewers" asks for 1 approval'],
  ['several', { approvalRules: known([approvalRule(), approvalRule({ name: 'Ops', approvers: ['cleo'] })]) }, 'problem: "Reviewers" asks for 1 approval by @anna, @ben; "Ops" asks for 1 approval by @cleo'],
  ['whose approvers are gone: GitLab lets it pass', { approvalRules: known([approvalRule({ approvers: [] })]) }, 'ok: none is required'],
  ['whose only approver is the bot', { approvalRules: known([approvalRule({ approvers: ['renovate-bot'] })]) }, 'ok: none is required'],
  ['of another branch', { approvalRules: known([approvalRule({ branches: ['release'] })]) }, 'ok: none is required'],
  ['of this branch', { approvalRules: known([approvalRule({ branches: ['release', 'main'] })]) }, 'problem: "Reviewers" asks for 1 approval by @anna, @ben'],
  ['of a security scan', { approvalRules: known([approvalRule({ type: 'report_approver' })]) }, 'ok: none is required'],
  ['code owners', { protectedBranches: known([rule('main', [{ access: 40 }], true)]) }, 'warning: changes of files with code owners wait for these on main'],
  ['code owners, not shown', { protectedBranches: refused() }, 'ok: none is required'],
  ['not shown', { approvalRules: refused() }, 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(approvals, projectFacts(fields))).toBe(expected);
});
