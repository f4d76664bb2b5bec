import type { Result } from '../../../runner/engine.ts';
import type { Trace } from '../../../runner/renovate/outcome.ts';
import { mergeReports, projectReport, type Gathered } from '../../../runner/report/build.ts';
import type { Change, ProjectReport, Report } from '../../../runner/report/model.ts';
import { coverage, failed, gathered, line, mergeRequest, project, report, result, STARTED, waiting } from './fixture.ts';

/** The last run began a day before this one. */
const SINCE = '2026-03-01T04:00:00.000Z';
const BETWEEN = '2026-03-01T15:00:00.000Z';
const LONG_AGO = '2026-02-01T00:00:00.000Z';
const DURING = '2026-03-02T04:05:00.000Z';

function of(given: Partial<Gathered>, ran: Partial<Result> = {}, previous: ProjectReport | null = null): ProjectReport {
  return projectReport(result(ran), gathered(given), 'logs/batch-001.ndjson', previous, SINCE, STARTED, DURING);
}

function traceOf(known: Partial<Trace>): Partial<Result> {
  return { trace: { project: 'platform/cluster', outcome: 'done', seconds: 1, branches: [], changes: [], problems: [], ...known } };
}

const merged = { state: 'merged', iid: 7 } as const;
const closed = { state: 'closed', iid: 8 } as const;

it.each<[string, Partial<Gathered>, Partial<Result>, Partial<Record<'opened' | 'updated' | 'merged' | 'closed', number[]>>]>([
  ['nothing', {}, {}, {}],
  ['one that was opened now', { open: [mergeRequest({ createdAt: DURING })] }, {}, { opened: [5] }],
  ['one that was opened earlier', { open: [mergeRequest({ createdAt: BETWEEN })] }, {}, {}],
  ['one that was updated', { open: [mergeRequest()] }, traceOf({ changes: [{ branch: 'renovate/web', what: 'updated' }] }), { updated: [5] }],
  ['one that was opened and updated: it is told once', { open: [mergeRequest({ createdAt: DURING })] }, traceOf({ changes: [{ branch: 'renovate/web', what: 'updated' }] }), { opened: [5] }],
  ["one that was opened now, by a clock of GitLab's that is behind", { open: [mergeRequest({ createdAt: BETWEEN })] }, traceOf({ changes: [{ branch: 'renovate/web', what: 'created' }] }), { opened: [5] }],
  ['one whose branch was only looked at', { open: [mergeRequest()] }, traceOf({ changes: [] }), {}],
  ['one that was merged now', { changed: [mergeRequest({ ...merged, mergedAt: DURING })] }, {}, { merged: [7] }],
  ['one that GitLab merged between two runs', { changed: [mergeRequest({ ...merged, mergedAt: BETWEEN })] }, {}, { merged: [7] }],
  ['one that was merged as the last run began', { changed: [mergeRequest({ ...merged, mergedAt: SINCE })] }, {}, { merged: [7] }],
  ['one that was merged long ago, and changed since', { changed: [mergeRequest({ ...merged, mergedAt: LONG_AGO })] }, {}, {}],
  ['one that was merged, nobody knows when', { changed: [mergeRequest({ ...merged, mergedAt: null })] }, {}, {}],
  ['one that was closed now', { changed: [mergeRequest({ ...closed, updatedAt: DURING })] }, {}, { closed: [8] }],
  ['one that is open, and changed', { changed: [mergeRequest()] }, {}, {}],
])('tells of %s', (_name, given, ran, expected) => {
  const { opened, updated, merged: done, closed: shut } = of(given, ran);
  expect({ opened, updated, merged: done, closed: shut }).toMatchObject(Object.fromEntries(Object.entries({ opened: [], updated: [], merged: [], closed: [], ...expected }).map(([key, iids]) => [key, iids.map((iid) => ({ iid }))])));
});

it('a merge that the last report told is not told again', () => {
  const changed = [mergeRequest({ ...merged, mergedAt: BETWEEN }), mergeRequest({ ...merged, iid: 9, mergedAt: BETWEEN })];
  expect(of({ changed }, {}, project('platform/cluster', { merged: [line(7, 'x')] })).merged.map(({ iid }) => iid)).toEqual([9]);
});

it('tells of branches that were merged without a merge request, each once', () => {
  expect(of({}, traceOf({ changes: [{ branch: 'renovate/web', what: 'pushed' }, { branch: 'renovate/web', what: 'pushed' }, { branch: 'renovate/db', what: 'merged' }] })).pushed).toEqual(['renovate/web']);
});

it.each<[string, Partial<Result>, Partial<ProjectReport>]>([
  ['done', {}, { status: 'done', message: 'done', remedy: null, seconds: 12.3 }],
  ['disabled', { outcome: 'fork' }, { status: 'disabled', message: 'a fork', remedy: 'Set `forks: true` to run forks.' }],
  ['failed', { outcome: 'forbidden', attempts: 2 }, { status: 'failed', message: 'the token may not enter it', attempts: 2 }],
  ['crashed, with its last words', { outcome: 'crashed', lastWords: 'at x.js:1\nError: boom' }, { status: 'failed', message: 'Renovate crashed while it worked on it: Error: boom' }],
  ['an outcome of a later version', { outcome: 'unknown' }, { status: 'failed', message: 'Renovate gave a result that this version does not know' }],
])('a project that is %s', (_name, ran, expected) => {
  expect(of({}, ran)).toMatchObject(expected);
});

it('the warnings of Renovate and of GitLab stand together, and waits keep their day', () => {
  const ran = traceOf({ branches: [{ branchName: 'renovate/web', result: 'pending', upgrades: [] }], problems: ['Host error'] });
  expect(of({ warnings: ['coverage: unknown'] }, ran, project('platform/cluster', { waiting: [waiting('release-age', 0, { branch: 'renovate/web', since: LONG_AGO })] }))).toMatchObject({ warnings: ['Host error', 'coverage: unknown'], waiting: [{ code: 'release-age', since: LONG_AGO }] });
});

it('sums up', () => {
  const given = report([project('b', { opened: [line(1, 'x'), line(2, 'x')], updated: [line(3, 'x')], waiting: [waiting('merge', 1)], coverage: coverage(3, 1) }), failed('a'), project('c', { status: 'disabled', merged: [line(4, 'x')], coverage: coverage(1, 0, { ignored: 2 }) })], { skipped: [{ path: 'd', reason: 'fork' }], problems: ['x', 'x', 'y'] });
  expect(given.summary).toEqual({ projects: 3, done: 1, disabled: 1, failed: 1, skipped: 1, opened: 2, updated: 1, merged: 1, waiting: 1, coverage: { pins: 7, managed: 4, unmanaged: 1, duplicate: 0, mismatch: 0, ignored: 2 } });
  expect(given).toMatchObject({ seconds: 750.5, projects: [{ path: 'a' }, { path: 'b' }, { path: 'c' }], problems: ['x', 'y'], change: null });
});

const facts = { startedAt: SINCE, finishedAt: '2026-03-01T04:10:00.000Z' };

it.each<[string, readonly ProjectReport[], readonly ProjectReport[], Partial<Change>]>([
  ['nothing', [project('a')], [project('a')], { broken: [], mended: [], added: [], gone: [], waiting: 0, unmanaged: null }],
  ['a failure', [project('a'), failed('b')], [failed('a'), failed('b')], { broken: ['a'], mended: [] }],
  ['a repair', [failed('a')], [project('a')], { broken: [], mended: ['a'] }],
  ['a failure that is gone is no repair', [failed('a'), project('b')], [project('b')], { mended: [], gone: ['a'] }],
  ['a new project that fails', [], [failed('a')], { broken: ['a'], added: ['a'] }],
  ['waits', [project('a', { waiting: [waiting('merge', 1), waiting('merge', 2)] })], [project('a', { waiting: [waiting('merge', 1)] })], { waiting: -1 }],
  ['versions', [project('a', { coverage: coverage(3, 2) })], [project('a', { coverage: coverage(3, 5) })], { unmanaged: 3 }],
  ['versions that nobody counted', [project('a', { coverage: coverage(3, 2) })], [project('a')], { unmanaged: null }],
])('against the last run: %s', (_name, then, now, expected) => {
  expect(report(now, { previous: report(then, { facts }) }).change).toMatchObject({ since: SINCE, seconds: 150.5, ...expected });
});

it('a run of shards is one run', () => {
  const one = report([project('c', { opened: [line(1, 'x')], coverage: coverage(2) })], { facts: { startedAt: '2026-03-02T04:00:10.000Z', finishedAt: '2026-03-02T04:05:00.000Z' }, skipped: [{ path: 'old', reason: 'archived' }, { path: 'p', reason: 'fork' }], problems: ['x'] });
  const two = report([failed('a'), project('b', { opened: [line(2, 'x')], coverage: coverage(1, 1) })], { facts: { startedAt: '2026-03-02T04:00:00.000Z', finishedAt: '2026-03-02T04:06:00.000Z', interrupted: true }, skipped: [{ path: 'old', reason: 'archived' }], problems: ['x', 'y'] });
  const whole: Report = mergeReports([one, two], report([project('a')], { facts }));
  expect(whole).toMatchObject({ startedAt: two.startedAt, finishedAt: two.finishedAt, seconds: 360, interrupted: true, projects: [{ path: 'a' }, { path: 'b' }, { path: 'c' }], problems: ['x', 'y'], change: { broken: ['a'], added: ['b', 'c'], gone: [] } });
  expect(whole.skipped).toEqual([{ path: 'old', reason: 'archived' }, { path: 'p', reason: 'fork' }]);
  expect(whole.summary).toMatchObject({ projects: 3, failed: 1, skipped: 2, opened: 2, coverage: { pins: 4, managed: 3, unmanaged: 1 } });
});

it('no shard is no run', () => {
  expect(() => mergeReports([], null)).toThrow('no report');
});
