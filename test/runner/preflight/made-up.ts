import type { ApprovalRule, Branch, Hook, Pipeline, Project, ProtectedBranch, TokenSelf, User } from '../../../runner/gitlab/schema.ts';
import { known, type Check, type Fact } from '../../../runner/preflight/check.ts';
import type { ProjectFacts, TokenFacts } from '../../../runner/preflight/facts.ts';

/** Facts of a project where all is well, to be changed in one place. */
export const BOT: User = { id: 5, username: 'renovate-bot', bot: true, admin: false };

export function project(fields: Partial<Project> = {}): Project {
  return {
    id: 1,
    path: 'platform/cluster',
    defaultBranch: 'main',
    topics: [],
    archived: false,
    empty: false,
    fork: false,
    pendingDeletion: false,
    mergeRequests: true,
    pipelines: true,
    issues: true,
    webUrl: 'https://gitlab.example.com/platform/cluster',
    httpUrl: null,
    sshUrl: null,
    accessLevel: 40,
    pipelinesMustSucceed: true,
    skippedPipelinesCount: false,
    discussionsMustBeResolved: false,
    mergeMethod: 'merge',
    mergeTrains: false,
    removeSourceBranch: true,
    squashOption: 'default_off',
    ciConfigPath: null,
    autoDevOps: false,
    monitor: true,
    pipelineVariablesRole: null,
    statusChecksMustPass: false,
    jiraIssueRequired: false,
    ...fields,
  };
}

export function pipeline(source: string, ref: string, status = 'success'): Pipeline {
  return { id: 1, status, source, ref, sha: '', webUrl: '', createdAt: null };
}

export function branch(fields: Partial<Branch> = {}): Branch {
  return { name: 'main', protected: true, canPush: false, developersCanMerge: false, ...fields };
}

export function rule(name: string, merge: readonly Partial<ProtectedBranch['merge'][number]>[], codeOwners = false): ProtectedBranch {
  return { name, push: [], merge: merge.map((level) => ({ access: 0, user: null, group: null, ...level })), forcePush: false, codeOwners };
}

export function approvalRule(fields: Partial<ApprovalRule> = {}): ApprovalRule {
  return { id: 1, name: 'Reviewers', required: 1, type: 'regular', approvers: ['anna', 'ben'], hiddenApprovers: false, branches: [], ...fields };
}

export function hook(fields: Partial<Hook> = {}): Hook {
  return { id: 1, url: 'https://renovate.example.com/webhook', issues: true, mergeRequests: true, pushes: true, working: true, ...fields };
}

export function projectFacts(fields: Partial<ProjectFacts> = {}): ProjectFacts {
  return {
    project: project(),
    bot: BOT,
    version: '18.5.0',
    level: 40,
    automerges: true,
    hasCiConfig: known(true),
    branch: known(branch()),
    protectedBranches: known([rule('main', [{ access: 40 }])]),
    approvalRules: known([]),
    pipelines: known([pipeline('merge_request_event', 'refs/merge-requests/1/head')]),
    hooks: known(null),
    incident: known({ iid: 3, author: 'alert-bot', createdAt: '2026-01-05T10:00:00.000Z' }),
    webhook: null,
    ...fields,
  };
}

export function self(fields: Partial<TokenSelf> = {}): TokenSelf {
  return { name: 'renovate', scopes: ['api', 'write_repository'], active: true, expiresAt: '2026-12-31', ...fields };
}

export function tokenFacts(fields: Partial<TokenFacts> = {}): TokenFacts {
  return { origin: 'RENOVATE_TOKEN', user: known(BOT), token: known(self()), version: known('18.5.0-ee'), projects: known(3), now: Date.UTC(2026, 0, 5, 12), ...fields };
}

export function refused(code: 'gitlab-unauthorised' | 'gitlab-forbidden' | 'gitlab-unreachable' = 'gitlab-forbidden'): Fact<never> {
  return { known: false, failure: { code, message: `GitLab says ${code}` } };
}

/** `problem: it has read_api`; what is wrong has a remedy, what is well has none. */
export function verdictOf<F>(check: Check<F>, facts: F): string {
  const { verdict, found, remedy } = check.run(facts);
  expect(remedy === null).toBe(verdict === 'ok');
  return `${verdict}: ${found}`;
}
