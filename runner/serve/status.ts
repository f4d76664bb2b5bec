import { createHash } from 'node:crypto';
import { changesText } from '../progress.ts';
import { meaningOf } from '../renovate/outcome.ts';
import { buildReport } from '../report/build.ts';
import { reportHtml } from '../report/html.ts';
import type { MergeRequestLine, ProjectReport } from '../report/model.ts';
import { pageOf, type Page, type Piece, type Row, type Section } from '../report/page.ts';
import { CRASHED, type FinishedJob, type Reason } from './job.ts';
import type { State } from './state.ts';

/** What does not change while the service runs. */
export interface About {
  readonly endpoint: string;
  readonly runner: string;
  readonly renovate: string;
  readonly dryRun: boolean;
}

/** The status page: what the service does now, and below it the report of `run` with the last result of every project. */
export function statusHtml(state: State, about: About): string {
  return reportHtml(statusPage(state, about));
}

/** The page has one style and one script, and both are known beforehand: whatever else might come to stand in it does not run. */
export const STATUS_POLICY = policyOf(reportHtml(pageOf(buildReport({ runner: '', renovate: '', endpoint: '', startedAt: iso(0), finishedAt: iso(0), dryRun: false, interrupted: false }, [], [], [], null))));

function policyOf(emptyPage: string): string {
  const hash = (element: string): string => `'sha256-${createHash('sha256').update(new RegExp(`<${element}>([^]*?)</${element}>`).exec(emptyPage)?.[1] ?? '').digest('base64')}'`;
  return `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** For programs; version 1. Times are ISO 8601. */
export function statusJson(state: State, about: About): unknown {
  const { now, startedAt, unready, next, projects, counts, queue, running, history, latest } = state;
  return {
    version: 1,
    ...about,
    now: iso(now),
    startedAt: iso(startedAt),
    ready: unready === null,
    notReady: unready,
    nextStart: isoOrNull(next),
    summary: { projects, queued: counts.queued, running: counts.running, failed: latest.filter((job) => job.state === 'failed').length, lastSuccess: isoOrNull(counts.lastSuccess) },
    queue: queue.map(({ project, reason, enqueuedAt, attempts }) => ({ project, reason, since: iso(enqueuedAt), attempts })),
    running: running.map(({ project, account, reason, startedAt: since }) => ({ project, account, reason, since: iso(since) })),
    history: history.map((job) => ({ project: job.project, reason: job.reason, state: job.state, outcome: job.outcome, message: job.message, attempts: job.attempts, enqueuedAt: iso(job.enqueuedAt), startedAt: isoOrNull(job.startedAt), finishedAt: iso(job.finishedAt) })),
    projects: latest.flatMap(({ report }) => (report === null ? [] : [report])),
  };
}

const REASONS: Readonly<Record<Reason, string>> = {
  cron: 'schedule',
  start: 'first start',
  push: 'push',
  dashboard: 'checkbox of the dashboard',
  rebase: 'rebase checkbox',
  merged: 'merge request merged',
  closed: 'merge request closed',
  incident: 'incident',
};

/** Sections of the report that say how things stand; what happened stands in the history. */
const OF_THE_REPORT = ['failed', 'people', 'nobody', 'warnings', 'coverage'];

export function statusPage(state: State, about: About): Page {
  const { now, startedAt, unready, next, projects, counts, queue, running, history, latest } = state;
  const facts = { runner: about.runner, renovate: about.renovate, endpoint: about.endpoint, dryRun: about.dryRun, startedAt: iso(startedAt), finishedAt: iso(now), interrupted: false };
  const report = pageOf(buildReport(facts, latest.flatMap((job) => reportOf(job, about)), [], [], null));
  const sections = report.sections.filter(({ id }) => OF_THE_REPORT.includes(id)).map(withoutBars);
  const rows = (id: string): number => sections.find((section) => section.id === id)?.rows.length ?? 0;
  const [busy, idle] = [history.filter((job) => !isIdle(job)), history.filter(isIdle)];
  return {
    ...report,
    tone: unready === null ? report.tone : 'bad',
    alerts: [...(unready === null ? [] : [sentence(unready)]), ...report.alerts],
    facts: [`as of ${minute(now)}`, next === null ? 'no schedule' : `next start ${minute(next)}`, `running since ${minute(startedAt)}`, about.endpoint, `Renovate ${about.renovate}`, `runner ${about.runner}`],
    counts: [
      [`${counts.running}`, 'in work', 'working'],
      [`${counts.queued}`, 'queued', 'queue'],
      [`${rows('failed')}`, 'failed', 'failed'],
      [`${rows('people')}`, 'waiting for a person', 'people'],
      [`${rows('nobody')}`, 'waiting for nobody', 'nobody'],
      [`${projects}`, 'projects selected', ''],
    ],
    since: [],
    sections: [
      ...section('working', 'In work', running.map((job) => [...named(job, about), [{ text: span(now - job.startedAt) }]])),
      ...sections.filter(({ forPeople }) => forPeople),
      ...section('queue', 'Queue', queue.map((job) => [...named(job, about), [{ text: span(now - job.enqueuedAt) }, ...lostTimes(job.attempts)]]), counts.queued > queue.length ? `The first ${queue.length} of ${counts.queued}.` : ''),
      ...sections.filter(({ forPeople }) => !forPeople),
      ...historySection(busy, idle, state, about),
    ],
  };
}

/** More would hide what stands below. */
const OPEN_ROWS = 10;

function section(id: string, title: string, rows: readonly Row[], note = ''): Section[] {
  const rest = rows.slice(OPEN_ROWS);
  return rows.length === 0 ? [] : [{ id, title, note, forPeople: false, columns: ['Project', 'Why', 'For'], rows: rows.slice(0, OPEN_ROWS), idle: rest.length === 0 ? null : { title: `${rest.length} more`, rows: rest } }];
}

function named({ project, reason }: { readonly project: string; readonly reason: Reason }, about: About): Row {
  return [[{ text: project, url: address(about, project) }], [{ text: REASONS[reason] }]];
}

function historySection(busy: readonly FinishedJob[], idle: readonly FinishedJob[], { now }: State, about: About): Section[] {
  if (busy.length + idle.length === 0) return [];
  const row = (job: FinishedJob): Row => [
    [{ text: job.project, url: job.report?.url ?? address(about, job.project) }],
    resultOf(job),
    [{ text: `${span(now - job.finishedAt)} ago` }, { text: `${REASONS[job.reason]}${job.report === null ? '' : `, took ${span(job.report.seconds * 1000)}`}`, soft: true }],
  ];
  const folded = idle.length === 0 ? null : { title: `${idle.length} more with nothing to do`, rows: idle.map(row) };
  return [{ id: 'history', title: 'History', note: `The last ${busy.length + idle.length} jobs.`, forPeople: false, columns: ['Project', 'Result', 'When'], rows: busy.map(row), idle: folded }];
}

function resultOf({ state, message, report, attempts }: FinishedJob): Piece[] {
  const pieces = (tag: string, requests: readonly MergeRequestLine[]): Piece[] => requests.map(({ iid, title, url }) => ({ tag, text: `!${iid} ${title}`, url }));
  const changes = report === null ? [] : [...pieces('merged', report.merged), ...report.pushed.map((branch) => ({ tag: 'merged', text: branch })), ...pieces('opened', report.opened), ...pieces('updated', report.updated), ...pieces('closed', report.closed)];
  const said: Piece = state === 'failed' ? { tag: 'failed', text: message } : { text: report?.status === 'done' ? changesText(report) : message };
  return [...(changes.length > 0 && state === 'done' ? [] : [said]), ...changes, ...lostTimes(attempts)];
}

function lostTimes(attempts: number): Piece[] {
  return attempts === 0 ? [] : [{ text: `the service was ended ${attempts === 1 ? 'once' : `${attempts} times`} while it ran`, soft: true }];
}

function isIdle({ state, report }: FinishedJob): boolean {
  return state === 'done' && report !== null && [report.opened, report.updated, report.merged, report.closed, report.pushed].every((list) => list.length === 0);
}

/** What a job left as the report knows it. Logs lie on the machine and are named, not linked. */
function reportOf({ project, state, outcome, message, report, attempts }: FinishedJob, about: About): ProjectReport[] {
  if (report !== null) return [{ ...report, log: null, warnings: state === 'failed' && report.log !== null ? [...report.warnings, `log: ${report.log}`] : report.warnings }];
  if (state === 'done') return [];
  const remedy = outcome === CRASHED ? meaningOf(CRASHED).remedy : null;
  const nothing = { opened: [], updated: [], merged: [], closed: [], pushed: [], waiting: [], warnings: [] };
  return [{ path: project, url: address(about, project), account: '', status: 'failed', outcome, message, remedy, attempts: Math.max(1, attempts), seconds: 0, coverage: null, log: null, ...nothing }];
}

/** A bar is a style of its own, which the policy of the page forbids. */
function withoutBars(one: Section): Section {
  return { ...one, rows: one.rows.map((row) => row.map((cell) => cell.map(({ share: _share, ...piece }) => piece))) };
}

function address({ endpoint }: About, project: string): string {
  return `${endpoint.replace(/api\/v4\/$/, '')}${project}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}

function minute(time: number): string {
  return `${iso(time).slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 min`, in the largest unit that it fills. */
function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const units = [[86_400, 'd'], [3_600, 'h'], [60, 'min']] as const;
  const unit = units.find(([size]) => seconds >= size);
  return unit === undefined ? `${seconds} s` : `${Math.floor(seconds / unit[0])} ${unit[1]}`;
}
