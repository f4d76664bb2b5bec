import { commitsBetween } from '../git.ts';
import { differencesIn, log, type Commit } from '../git-read.ts';
import { isProtected } from './accounts.ts';
import { hookedIssue, hookedLabels, hookedMergeRequest, hookedProject, hookedUser } from './present/hooked.ts';
import type { Hook, Issue, MergeRequest, Project, State, User } from './state.ts';

/** What webhooks are told, written into the outbox when it happens: https://docs.gitlab.com/user/project/integrations/webhook_events/ */
const NOTHING = '0'.repeat(40);

/** GitLab stays silent when one push moves more branches. */
const MOST_BRANCHES = 3;
const MOST_COMMITS = 20;

type Body = Readonly<Record<string, unknown>>;
export type Changes = Readonly<Record<string, { readonly previous: unknown; readonly current: unknown }>>;

function tell(state: State, project: Project, event: string, wants: (hook: Hook) => boolean, body: () => Body): void {
  const hooks = project.hooks.filter(wants);
  if (hooks.length === 0) return;
  const text = JSON.stringify(body());
  hooks.forEach((hook) => state.outbox.push({ project: project.path, hook, event, body: text }));
}

export function pushEvents(state: State, project: Project, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, user: User): void {
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter((branch) => before.get(branch) !== after.get(branch));
  if (moved.length > MOST_BRANCHES) return;
  for (const branch of moved) {
    const wants = ({ events, branchFilter }: Hook): boolean => events.has('push_events') && matchesBranch(branchFilter, branch);
    tell(state, project, 'Push Hook', wants, () => pushed(state, project, branch, before.get(branch) ?? NOTHING, after.get(branch) ?? NOTHING, user));
  }
}

/** A wildcard as GitLab's default branch_filter_strategy reads it. */
function matchesBranch(filter: string | null, branch: string): boolean {
  if (filter === null || filter === '') return true;
  return new RegExp(`^${filter.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')}$`).test(branch);
}

function pushed({ origin }: State, project: Project, branch: string, before: string, after: string, user: User): Body {
  const about = hookedProject(project, origin);
  const start = before === NOTHING && branch !== 'main' ? 'refs/heads/main' : before;
  const range = start === NOTHING ? after : `${start}..${after}`;
  const commits = after === NOTHING ? [] : log(project.repository, [`--max-count=${MOST_COMMITS}`, range]).reverse();
  const total = after === NOTHING ? 0 : start === NOTHING ? commits.length : commitsBetween(project.repository, start, after);
  return {
    object_kind: 'push',
    event_name: 'push',
    before,
    after,
    ref: `refs/heads/${branch}`,
    ref_protected: isProtected(project, branch),
    checkout_sha: after === NOTHING ? null : after,
    message: null,
    user_id: user.id,
    user_name: user.name,
    user_username: user.username,
    user_email: null,
    user_avatar: null,
    project_id: project.id,
    project: about,
    commits: commits.map((commit) => pushedCommit(project, commit, origin)),
    total_commits_count: total,
    push_options: {},
    repository: about,
  };
}

function pushedCommit(project: Project, commit: Commit, origin: string): Body {
  const files = differencesIn(project.repository, commit);
  const paths = (status: string): string[] => files.filter((file) => file.status === status).map(({ newPath }) => newPath);
  return {
    id: commit.sha,
    message: commit.message,
    title: commit.message.split('\n')[0],
    timestamp: commit.committedAt,
    url: `${origin}/${project.path}/-/commit/${commit.sha}`,
    author: { name: commit.authorName, email: commit.authorEmail },
    added: paths('A'),
    modified: [...paths('M'), ...paths('R')],
    removed: paths('D'),
  };
}

export type RequestAction = 'open' | 'update' | 'merge' | 'close' | 'reopen' | 'approved' | 'approval';

/** `oldrev` where commits were pushed. */
export function requestEvent(state: State, project: Project, mr: MergeRequest, user: User, action: RequestAction, changes: Changes = {}, oldrev?: string): void {
  const { origin } = state;
  tell(state, project, 'Merge Request Hook', ({ events }) => events.has('merge_requests_events'), () => ({
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: hookedUser(user),
    project: hookedProject(project, origin),
    object_attributes: { ...hookedMergeRequest(project, mr, origin), action, ...(oldrev === undefined ? {} : { oldrev }) },
    labels: hookedLabels(project, mr.labels),
    changes,
    repository: hookedProject(project, origin),
    ...(mr.assignees.length === 0 ? {} : { assignees: mr.assignees.map(hookedUser) }),
    ...(mr.reviewers.length === 0 ? {} : { reviewers: mr.reviewers.map(hookedUser) }),
  }));
}

export type IssueAction = 'open' | 'update' | 'close' | 'reopen';

/** Incidents come as issues whose type is Incident (Issues::BaseService#hook_data). */
export function issueEvent(state: State, project: Project, issue: Issue, user: User, action: IssueAction, changes: Changes = {}): void {
  const { origin } = state;
  const name = issue.confidential ? 'confidential_issue' : 'issue';
  const wants = ({ events }: Hook): boolean => events.has(`${name}s_events`);
  tell(state, project, issue.confidential ? 'Confidential Issue Hook' : 'Issue Hook', wants, () => ({
    object_kind: 'issue',
    event_type: name,
    user: hookedUser(user),
    project: hookedProject(project, origin),
    object_attributes: { ...hookedIssue(project, issue, origin), action },
    labels: hookedLabels(project, issue.labels),
    changes,
    repository: hookedProject(project, origin),
    ...(issue.assignees.length === 0 ? {} : { assignees: issue.assignees.map(hookedUser) }),
  }));
}

/** Those of the fields that are no longer what they were. */
export function changesBetween(before: Body, after: Body): Changes {
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, { previous: before[key], current: after[key] }]));
}
