import { wishOf, type Own } from '../../../runner/serve/webhook.ts';

const BOT = 7;
const ALICE = 3;
const OWN: Own = { bots: new Set([BOT]), dashboard: 'Dependency Dashboard', branchPrefix: 'renovate/' };

/** As GitLab 18 sends them, less what nobody reads. */
const PROJECT = { id: 1, name: 'cluster', web_url: 'https://gitlab.example.com/platform/cluster', namespace: 'platform', visibility_level: 0, path_with_namespace: 'platform/cluster', default_branch: 'main', ci_config_path: null };

function user(id: number): object {
  return { id, name: 'Somebody', username: `user-${id}`, avatar_url: null, email: '[REDACTED]' };
}

function push(overrides: object = {}): object {
  return { object_kind: 'push', event_name: 'push', before: 'a'.repeat(40), after: 'b'.repeat(40), ref: 'refs/heads/main', ref_protected: true, checkout_sha: 'b'.repeat(40), user_id: ALICE, user_name: 'Alice', user_username: 'alice', project_id: 1, project: PROJECT, commits: [], total_commits_count: 0, ...overrides };
}

function issue(previous: string, current: string, { by = ALICE, ...attributes }: Readonly<Record<string, unknown>> = {}): object {
  return {
    object_kind: 'issue',
    event_type: 'issue',
    user: user(by as number),
    project: PROJECT,
    object_attributes: { id: 1, iid: 1, title: 'Dependency Dashboard', description: current, type: 'Issue', state: 'opened', author_id: BOT, confidential: false, action: 'update', ...attributes },
    changes: { updated_at: { previous: '1', current: '2' }, description: { previous, current } },
  };
}

function mergeRequest(action: string, { by = ALICE, previous, current, ...attributes }: Readonly<Record<string, unknown>> = {}): object {
  return {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: user(by as number),
    project: PROJECT,
    object_attributes: { id: 1, iid: 12, title: 'Update Helm release web to v2', source_branch: 'renovate/web-2.x', target_branch: 'main', author_id: BOT, state: 'opened', action, ...attributes },
    labels: [],
    changes: previous === undefined ? {} : { description: { previous, current } },
  };
}

/** Lines as Renovate 44.121.2 writes them. */
const APPROVE = ' - [ ] <!-- approve-branch=renovate/web-2.x -->Update Helm release web to v2';
const APPROVE_TICKED = APPROVE.replace('[ ]', '[x]');
const OTHER_TICKED = ' - [x] <!-- unlimit-branch=renovate/db-3.x -->Update Helm release db to v3';
const ALL = ' - [ ] <!-- rebase-all-open-prs -->**Click on this checkbox to rebase all open PRs at once**';
const ALL_TICKED = ALL.replace('[ ]', '[x]');
const REBASE = 'text\n\n---\n\n - [ ] <!-- rebase-check -->If you want to rebase/retry this PR, check this box\n\n---';
const REBASE_TICKED = REBASE.replace('[ ]', '[x]');

function text(...lines: readonly string[]): string {
  return ['This issue lists Renovate updates.', '', '## Pending Approval', '', ...lines, ''].join('\n');
}

it.each<[string, object, string | null]>([
  ['a push to the default branch', push(), 'push'],
  ['to another one', push({ ref: 'refs/heads/renovate/web-2.x' }), null],
  ['of a tag of the same name', push({ ref: 'refs/tags/main' }), null],
  ['that deletes it', push({ after: '0'.repeat(40) }), null],
  ['by the bot', push({ user_id: BOT, user_username: 'renovate-bot' }), null],
  ['to a repository without a default branch', push({ project: { ...PROJECT, default_branch: null } }), null],
  ['a checkbox of the dashboard ticked', issue(text(APPROVE), text(APPROVE_TICKED)), 'dashboard'],
  ['beside one that was ticked before', issue(text(APPROVE, OTHER_TICKED), text(APPROVE_TICKED, OTHER_TICKED)), 'dashboard'],
  ['the one for all', issue(text(ALL), text(ALL_TICKED)), 'dashboard'],
  ['of a dashboard with another title', issue(text(APPROVE), text(APPROVE_TICKED), { title: 'Updates' }), 'dashboard'],
  ['with Windows line ends', issue(text(APPROVE).replaceAll('\n', '\r\n'), text(APPROVE_TICKED).replaceAll('\n', '\r\n')), 'dashboard'],
  ['unticked again', issue(text(APPROVE_TICKED), text(APPROVE)), null],
  ['ticked before', issue(text(APPROVE_TICKED), `${text(APPROVE_TICKED)} more`), null],
  ['a checkbox without a marker', issue(text(' - [ ] water the plants'), text(' - [x] water the plants')), null],
  ['a marker in the middle of a line', issue(text(), text(`see ${APPROVE_TICKED}`)), null],
  ['by the bot itself', issue(text(APPROVE), text(APPROVE_TICKED), { by: BOT }), null],
  ['in an issue of somebody else with that title', issue(text(APPROVE), text(APPROVE_TICKED), { author_id: ALICE }), null],
  ['an incident opened', issue('', '', { type: 'Incident', title: 'web is degraded', action: 'open', author_id: ALICE }), 'incident'],
  ['an incident closed', issue('', '', { type: 'Incident', title: 'web is degraded', action: 'close', by: BOT }), 'incident'],
  ['an incident opened again, as a work item', { ...issue('', '', { type: 'Incident', title: 'web is degraded', action: 'reopen' }), object_kind: 'work_item' }, 'incident'],
  ['an incident that is to be answered by a revert', { ...issue('', '', { type: 'Incident', title: 'web is degraded', action: 'update' }), changes: { labels: { previous: [], current: [{ title: 'renovate-argocd-revert' }] } } }, 'incident'],
  ['an incident that was, and gets another label', { ...issue('', '', { type: 'Incident', title: 'web is degraded', action: 'update' }), changes: { labels: { previous: [{ title: 'renovate-argocd-revert' }], current: [{ title: 'renovate-argocd-revert' }, { title: 'x' }] } } }, null],
  ['an incident that got a label', issue('', '', { type: 'Incident', title: 'web is degraded', action: 'update' }), null],
  ['a work item that is none', { ...issue('', '', { type: 'Task', action: 'open' }), object_kind: 'work_item' }, null],
  ['a dashboard opened', issue('', text(APPROVE_TICKED), { action: 'open' }), null],
  ['a dashboard closed', { ...issue('', ''), changes: {} }, null],
  ['a rebase checkbox ticked', mergeRequest('update', { previous: REBASE, current: REBASE_TICKED }), 'rebase'],
  ['of a branch with another prefix, by the bot', mergeRequest('update', { previous: REBASE, current: REBASE_TICKED, source_branch: 'deps/web' }), 'rebase'],
  ['unticked by Renovate', mergeRequest('update', { previous: REBASE_TICKED, current: REBASE, by: BOT }), null],
  ['ticked before', mergeRequest('update', { previous: REBASE_TICKED, current: `${REBASE_TICKED}.` }), null],
  ['another checkbox of a merge request', mergeRequest('update', { previous: ' - [ ] <!-- x -->', current: ' - [x] <!-- x -->' }), null],
  ['a new title', mergeRequest('update'), null],
  ['an update merged', mergeRequest('merge', { state: 'merged' }), 'merged'],
  ['by GitLab in the name of the bot', mergeRequest('merge', { state: 'merged', by: BOT }), 'merged'],
  ['an update closed', mergeRequest('close', { state: 'closed' }), 'closed'],
  ['by the bot, in a run', mergeRequest('close', { state: 'closed', by: BOT }), null],
  ['an update opened', mergeRequest('open'), null],
  ['a merge request of somebody else merged', mergeRequest('merge', { source_branch: 'feature', author_id: ALICE }), null],
  ['a comment', { object_kind: 'note', event_type: 'note', project: PROJECT, object_attributes: { note: APPROVE_TICKED } }, null],
  ['a pipeline', { object_kind: 'pipeline', project: PROJECT, object_attributes: { status: 'success' } }, null],
])('%s', (_name, event, reason) => {
  expect(wishOf(event, OWN)).toEqual(reason === null ? null : { project: 'platform/cluster', reason });
});

it.each<[string, object, string | null]>([
  ['the dashboard by its title', issue(text(APPROVE), text(APPROVE_TICKED)), 'dashboard'],
  ['no other issue', issue(text(APPROVE), text(APPROVE_TICKED), { title: 'Updates' }), null],
  ['merge requests by their branch', mergeRequest('merge', {}), 'merged'],
  ['no other merge request', mergeRequest('merge', { source_branch: 'feature' }), null],
])('before GitLab has told who the bot is: %s', (_name, event, reason) => {
  expect(wishOf(event, { ...OWN, bots: new Set() })).toEqual(reason === null ? null : { project: 'platform/cluster', reason });
});

it.each<[string, unknown]>([
  ['no object', 'push'],
  ['nothing', null],
  ['undefined', undefined],
  ['no kind', {}],
  ['a push of nothing', { object_kind: 'push' }],
  ['a project without a path', push({ project: { path_with_namespace: 7 } })],
  ['a path that is a glob', push({ project: { ...PROJECT, path_with_namespace: 'platform/**' } })],
  ['a path of one part', push({ project: { ...PROJECT, path_with_namespace: 'platform' } })],
  ['a path with a space', push({ project: { ...PROJECT, path_with_namespace: 'platform/a b' } })],
  ['a path with markup', push({ project: { ...PROJECT, path_with_namespace: 'platform/<b>' } })],
  ['a path without an end', push({ project: { ...PROJECT, path_with_namespace: `a/${'b'.repeat(2_000)}` } })],
  ['changes of another shape', { ...issue('', ''), changes: { description: 'x' } }],
])('unreadable: %s', (_name, body) => {
  expect(wishOf(body, OWN)).toBe('unreadable');
});

it('a text of a million characters takes no time', () => {
  const long = ' - [x] <!-- '.repeat(80_000);
  const started = performance.now();
  expect(wishOf(issue(long, `${long}\n${long}`), OWN)).toBeNull();
  expect(performance.now() - started).toBeLessThan(5_000);
});
