import { Pipeline } from '../../../runner/gitlab/schema.ts';
import type { Branch } from '../../../runner/renovate/log.ts';
import { WAITS, type WaitCode, type Waiting } from '../../../runner/report/model.ts';
import { waitingOf, waitOf } from '../../../runner/report/waiting.ts';
import { GITLAB, mergeRequest, STARTED, waiting } from './fixture.ts';

type Request = ReturnType<typeof mergeRequest>;

const NOW = STARTED;
const EARLIER = '2026-02-20T04:00:00.000Z';

function pipeline(status: string): Pick<Request, 'pipeline'> {
  return { pipeline: Pipeline.parse({ id: 1, status, created_at: '2026-03-02T03:50:00.000Z' }) };
}

it.each<[string, Partial<Request>, WaitCode]>([
  ['ready', {}, 'merge'],
  ['ready, merges by itself', { autoMerge: true }, 'automerge'],
  ['ready, Renovate merges it', { description: '🚦 **Automerge**: Enabled.' }, 'automerge'],
  ['ready, Renovate may not merge it', { autoMerge: true, canMerge: false }, 'not-allowed'],
  ['ready, Renovate waits for a pipeline that is not there', { autoMerge: true, looked: true, pipeline: null }, 'no-pipeline'],
  ['a conflict, whatever else', { conflicts: true, mergeStatus: 'not_approved' }, 'conflict'],
  ['a conflict by its status', { mergeStatus: 'conflict' }, 'conflict'],
  ['its pipeline runs', { mergeStatus: 'ci_still_running' }, 'pipeline'],
  ['its pipeline failed and must not', { mergeStatus: 'ci_must_pass' }, 'pipeline-failed'],
  ['an external check failed', { mergeStatus: 'status_checks_must_pass' }, 'pipeline-failed'],
  ['its pipeline runs though it need not pass', { ...pipeline('running') }, 'pipeline'],
  ['its pipeline has not begun', { mergeStatus: 'checking', ...pipeline('pending') }, 'pipeline'],
  ['its pipeline failed, so it does not merge by itself', { autoMerge: true, ...pipeline('failed') }, 'pipeline-failed'],
  ['its pipeline passed', { autoMerge: true, ...pipeline('success') }, 'automerge'],
  ['not approved', { mergeStatus: 'not_approved', ...pipeline('running') }, 'approval'],
  ['changes are requested', { mergeStatus: 'requested_changes' }, 'approval'],
  ['threads are open', { mergeStatus: 'discussions_not_resolved' }, 'discussions'],
  ['behind its target', { mergeStatus: 'need_rebase' }, 'rebase'],
  ['a draft', { mergeStatus: 'draft_status' }, 'draft'],
  ['GitLab has not looked', { mergeStatus: 'unchecked' }, 'checking'],
  ['GitLab is about to', { mergeStatus: 'preparing' }, 'checking'],
  ['a policy of GitLab', { mergeStatus: 'policies_denied' }, 'blocked'],
  ['a status of a later GitLab', { mergeStatus: 'moon_is_full' }, 'blocked'],
])('%s', (_name, overrides, expected) => {
  expect(waitOf(mergeRequest(overrides))).toBe(expected);
});

it.each<[string, Partial<Request>, Partial<Waiting>]>([
  ['a reviewer', { mergeStatus: 'not_approved', reviewers: ['alice'], assignees: ['bob', 'alice'] }, { code: 'approval', whom: '@alice, @bob' }],
  ['an assignee', { assignees: ['bob'] }, { code: 'merge', whom: '@bob' }],
  ['nobody of them where they can do nothing', { mergeStatus: 'need_rebase', reviewers: ['alice'] }, { code: 'rebase', whom: 'Renovate: it rebases in the next run' }],
  ['somebody, where nobody is named', {}, { code: 'merge', whom: 'somebody who merges it' }],
])('waits for %s', (_name, overrides, expected) => {
  expect(waitingOf([mergeRequest(overrides)], [], null, [], NOW)).toMatchObject([expected]);
});

it.each<[string, Partial<Request>, string]>([
  ['a merge request waits since it was opened', {}, '2026-02-26T04:00:00.000Z'],
  ['a pipeline since it was started', { mergeStatus: 'ci_still_running', ...pipeline('running') }, '2026-03-02T03:50:00.000Z'],
  ['a pipeline that nobody looked at, since the merge request was opened', { mergeStatus: 'ci_still_running' }, '2026-02-26T04:00:00.000Z'],
])('%s', (_name, overrides, since) => {
  expect(waitingOf([mergeRequest(overrides)], [], null, [waiting('merge', 0, { since: EARLIER })], NOW)).toMatchObject([{ since, iid: 5, url: `${GITLAB}/platform/cluster/-/merge_requests/5`, branch: 'renovate/web' }]);
});

const branch: Branch = { branchName: 'renovate/web', prTitle: 'Update chart web to v2', upgrades: [] };

it.each<[string, WaitCode | undefined]>([
  ['needs-approval', 'checkbox'],
  ['needs-pr-approval', 'checkbox'],
  ['pending', 'release-age'],
  ['minimum-group-size-not-met', 'release-age'],
  ['not-scheduled', 'schedule'],
  ['update-not-scheduled', 'schedule'],
  ['pr-limit-reached', 'limit'],
  ['branch-limit-reached', 'limit'],
  ['commit-hourly-limit-reached', 'limit'],
  ['done', undefined],
  ['automerged', undefined],
  ['already-existed', undefined],
])('an update that Renovate holds back with %s', (result, code) => {
  expect(waitingOf([], [{ ...branch, result }], null, [], NOW).map((one) => one.code)).toEqual([code].filter((one) => one !== undefined));
});

it.each<[string, Branch, readonly Waiting[], Partial<Waiting>]>([
  ['is new', { ...branch, result: 'pending' }, [], { since: NOW, title: 'Update chart web to v2', iid: null, url: null }],
  ['was there in the last run', { ...branch, result: 'pending' }, [waiting('release-age', 0, { branch: 'renovate/web', since: EARLIER })], { since: EARLIER }],
  ['waited for something else', { ...branch, result: 'pending' }, [waiting('schedule', 0, { branch: 'renovate/web', since: EARLIER })], { since: NOW }],
  ['is another one', { ...branch, result: 'pending' }, [waiting('release-age', 0, { branch: 'renovate/db', since: EARLIER })], { since: NOW }],
  ['has a box to tick', { ...branch, result: 'needs-approval' }, [], { url: `${GITLAB}/platform/cluster/-/issues` }],
  ['has no title', { ...branch, prTitle: null, result: 'pending' }, [], { title: 'renovate/web' }],
])('an update without a merge request that %s', (_name, held, previous, expected) => {
  expect(waitingOf([], [held], `${GITLAB}/platform/cluster/-/issues`, previous, NOW)).toMatchObject([expected]);
});

it('an update that has a merge request waits once', () => {
  expect(waitingOf([mergeRequest()], [{ ...branch, result: 'pending' }, { ...branch, branchName: 'renovate/db', result: 'pending' }], null, [], NOW).map(({ code, branch: name }) => [code, name])).toEqual([
    ['merge', 'renovate/web'],
    ['release-age', 'renovate/db'],
  ]);
});

it('every code can come about', () => {
  const statuses = ['mergeable', 'ci_still_running', 'ci_must_pass', 'not_approved', 'discussions_not_resolved', 'conflict', 'need_rebase', 'draft_status', 'checking', 'blocked_status'].map((mergeStatus) => mergeRequest({ mergeStatus }));
  const merging = [{}, { canMerge: false }, { looked: true }, { labels: ['renovate-argocd-hold'] }].map((overrides) => mergeRequest({ autoMerge: true, ...overrides }));
  const held = ['needs-approval', 'pending', 'not-scheduled', 'pr-limit-reached'].map((result) => ({ ...branch, branchName: result, result }));
  expect(new Set(waitingOf([...statuses, ...merging], held, null, [], NOW).map(({ code }) => code))).toEqual(new Set(WAITS));
});
