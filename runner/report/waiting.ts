import type { MergeRequest } from '../gitlab/schema.ts';
import { HOLD_LABEL } from '../incidents/labels.ts';
import type { Branch } from '../renovate/log.ts';
import type { WaitCode, Waiting } from './model.ts';

/** What a merge request waits for, in the order in which it has to be cleared. `mergeStatus` is GitLab's detailed_merge_status (18.x). */
const BY_STATUS: Readonly<Record<string, WaitCode>> = {
  ci_still_running: 'pipeline',
  ci_must_pass: 'pipeline-failed',
  status_checks_must_pass: 'pipeline-failed',
  not_approved: 'approval',
  requested_changes: 'approval',
  approvals_syncing: 'checking',
  discussions_not_resolved: 'discussions',
  conflict: 'conflict',
  broken_status: 'conflict',
  need_rebase: 'rebase',
  draft_status: 'draft',
  merge_time: 'schedule',
  checking: 'checking',
  unchecked: 'checking',
  preparing: 'checking',
};

/** Renovate's own reasons to hold an update back (BranchResult, 44.121.2). */
const BY_RESULT: Readonly<Record<string, WaitCode>> = {
  'needs-approval': 'checkbox',
  'needs-pr-approval': 'checkbox',
  pending: 'release-age',
  'minimum-group-size-not-met': 'release-age',
  'not-scheduled': 'schedule',
  'update-not-scheduled': 'schedule',
  'pr-limit-reached': 'limit',
  'branch-limit-reached': 'limit',
  'commit-hourly-limit-reached': 'limit',
  'commit-limit-reached': 'limit',
  'commit-per-run-limit-reached': 'limit',
};

/** Who has to act, for people. */
export const WHOM: Readonly<Record<WaitCode, string>> = {
  pipeline: 'GitLab CI',
  'pipeline-failed': 'somebody who mends the pipeline',
  approval: 'a reviewer',
  discussions: 'whoever resolves its threads',
  conflict: 'Renovate: it rebases in the next run, unless somebody changed the branch',
  rebase: 'Renovate: it rebases in the next run',
  draft: 'whoever marked it as a draft',
  merge: 'somebody who merges it',
  automerge: 'Renovate: it merges in the next run',
  'no-pipeline': 'somebody who merges it: automerge waits for a pipeline, and there is none',
  'not-allowed': "somebody who may merge it: the token's role is too low for the protected branch",
  incident: 'whoever ends the incident that holds it',
  checkbox: 'somebody who ticks it on the Dependency Dashboard',
  'release-age': 'nobody: the release has to grow older',
  schedule: 'nobody: its schedule has to begin',
  limit: 'Renovate: a limit on merge requests is reached',
  checking: 'GitLab',
  blocked: 'whoever lifts what GitLab names',
};

/** Renovate's own sentence in the description (pr/body/config-description, 44.121.2); a body template of one's own may leave it out. */
const INTENDS_TO_MERGE = /\*\*Automerge\*\*: Enabled/;

const RUNNING = new Set(['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'scheduled', 'waiting_for_callback']);
const BROKEN = new Set(['failed', 'canceled', 'canceling']);

/** One merge request that is open. */
export function waitOf(request: MergeRequest): WaitCode {
  if (request.labels.includes(HOLD_LABEL)) return 'incident';
  if (request.conflicts) return 'conflict';
  const code = BY_STATUS[request.mergeStatus];
  if (code !== undefined && code !== 'checking') return code;
  // the status counts a pipeline only where it must succeed; the pipeline itself tells otherwise
  const pipeline = request.pipeline?.status ?? '';
  if (RUNNING.has(pipeline)) return 'pipeline';
  if (BROKEN.has(pipeline)) return 'pipeline-failed';
  if (code !== undefined) return code;
  if (request.mergeStatus !== 'mergeable') return 'blocked';
  if (!request.autoMerge && !INTENDS_TO_MERGE.test(request.description)) return 'merge';
  if (request.canMerge === false) return 'not-allowed';
  return request.looked && request.pipeline === null ? 'no-pipeline' : 'automerge';
}

/**
 * Everything of a project that waits: its open merge requests, and the updates that Renovate holds back.
 * @param previous what waited by the last report: from there comes `since` where GitLab tells no time
 */
export function waitingOf(requests: readonly MergeRequest[], branches: readonly Branch[], dashboard: string | null, previous: readonly Waiting[], now: string): Waiting[] {
  const open = requests.map((request): Waiting => {
    const code = waitOf(request);
    const people = [...request.reviewers, ...request.assignees].map((name) => `@${name}`);
    const whom = people.length > 0 && (code === 'approval' || code === 'merge') ? [...new Set(people)].join(', ') : WHOM[code];
    return { code, whom, title: request.title, url: request.webUrl, iid: request.iid, branch: request.source, since: (code === 'pipeline' ? request.pipeline?.createdAt : null) ?? request.createdAt };
  });
  const known = new Set(requests.map(({ source }) => source));
  const held = branches.flatMap(({ branchName, prTitle, result }): Waiting[] => {
    const code = BY_RESULT[result ?? ''];
    if (code === undefined || known.has(branchName)) return [];
    const before = previous.find((one) => one.branch === branchName && one.code === code);
    return [{ code, whom: WHOM[code], title: prTitle ?? branchName, url: code === 'checkbox' ? dashboard : null, iid: null, branch: branchName, since: before?.since ?? now }];
  });
  return [...open, ...held];
}
