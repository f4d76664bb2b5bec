import type { MergeRequest } from '../gitlab/schema.ts';
import type { SkippedProject } from '../projects/project.ts';
import type { Result } from '../engine.ts';
import { meaningOf } from '../renovate/outcome.ts';
import type { Change, Coverage, MergeRequestLine, ProjectReport, Report } from './model.ts';
import { waitingOf } from './waiting.ts';

/** What GitLab and the validator told of a project after its turn. */
export interface Gathered {
  readonly url: string;
  /** Open merge requests of the bot. */
  readonly open: readonly MergeRequest[];
  /** All of the bot's that changed since `since`. */
  readonly changed: readonly MergeRequest[];
  readonly dashboard: string | null;
  readonly coverage: Coverage | null;
  /** What could not be read, and why. */
  readonly warnings: readonly string[];
}

/** @param since ISO 8601, when the last run began: merges from then on count that its report has not told, those that GitLab did between two runs among them */
export function projectReport(result: Result, gathered: Gathered, log: string | null, previous: ProjectReport | null, since: string, startedAt: string, now: string): ProjectReport {
  const told = new Set(previous?.merged.map(({ iid }) => iid));
  const { status, text, remedy } = meaningOf(result.outcome);
  const { open, changed } = gathered;
  const touched = new Set(result.trace?.changes.filter(({ what }) => what === 'updated').map(({ branch }) => branch));
  // by the log, because GitLab's clock need not be ours
  const created = new Set(result.trace?.changes.filter(({ what }) => what === 'created').map(({ branch }) => branch));
  const opened = open.filter(({ source, createdAt }) => created.has(source) || isAtOrAfter(createdAt, startedAt));
  const names = new Set(opened.map(({ iid }) => iid));
  return {
    path: result.path,
    url: gathered.url,
    account: result.account,
    status,
    outcome: result.outcome,
    message: result.lastWords === '' ? text : `${text}: ${tellingLine(result.lastWords)}`,
    remedy,
    attempts: result.attempts,
    seconds: round(result.seconds),
    opened: opened.map(line),
    updated: open.filter(({ iid, source }) => touched.has(source) && !names.has(iid)).map(line),
    merged: changed.filter(({ iid, state, mergedAt }) => state === 'merged' && mergedAt !== null && isAtOrAfter(mergedAt, since) && !told.has(iid)).map(line),
    closed: changed.filter(({ state, updatedAt }) => state === 'closed' && isAtOrAfter(updatedAt, startedAt)).map(line),
    pushed: [...new Set(result.trace?.changes.filter(({ what }) => what === 'pushed').map(({ branch }) => branch))],
    waiting: waitingOf(open, result.trace?.branches ?? [], gathered.dashboard, previous?.waiting ?? [], now),
    warnings: [...(result.trace?.problems ?? []), ...gathered.warnings],
    coverage: gathered.coverage,
    log,
  };
}

/** Of what a crash wrote the line that names the error; stack and version lines stand around it. */
function tellingLine(words: string): string {
  const lines = words.split('\n').map((one) => one.trim()).filter((one) => one !== '');
  return lines.find((one) => /^(?:\w*Error|FATAL)\b/.test(one)) ?? lines.at(-1) ?? '';
}

function isAtOrAfter(time: string, since: string): boolean {
  return Date.parse(time) >= Date.parse(since);
}

function line({ iid, title, webUrl, source, labels }: MergeRequest): MergeRequestLine {
  return { iid, title, url: webUrl, branch: source, labels };
}

export interface RunFacts {
  readonly runner: string;
  readonly renovate: string;
  readonly endpoint: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun: boolean;
  readonly interrupted: boolean;
}

export function buildReport(facts: RunFacts, projects: readonly ProjectReport[], skipped: readonly SkippedProject[], problems: readonly string[], previous: Report | null, incidents: Report['incidents'] = []): Report {
  const sorted = [...projects].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.account < b.account ? -1 : 1));
  const count = (key: 'opened' | 'updated' | 'merged' | 'pushed' | 'waiting'): number => sorted.reduce((sum, project) => sum + project[key].length, 0);
  const having = (status: ProjectReport['status']): number => sorted.filter((project) => project.status === status).length;
  const seconds = round((Date.parse(facts.finishedAt) - Date.parse(facts.startedAt)) / 1000);
  const report: Report = {
    version: 1,
    ...facts,
    seconds,
    summary: {
      projects: sorted.length,
      done: having('done'),
      disabled: having('disabled'),
      failed: having('failed'),
      skipped: skipped.length,
      opened: count('opened'),
      updated: count('updated'),
      merged: count('merged') + count('pushed'),
      waiting: count('waiting'),
      coverage: totalCoverage(sorted),
    },
    projects: sorted,
    skipped: [...skipped],
    problems: [...new Set(problems)],
    incidents: [...incidents],
    change: null,
  };
  return { ...report, change: previous === null ? null : changeAgainst(previous, report) };
}

function totalCoverage(projects: readonly ProjectReport[]): Coverage | null {
  const known = projects.flatMap(({ coverage }) => (coverage === null ? [] : [coverage]));
  if (known.length === 0) return null;
  const sum = (key: keyof Coverage): number => known.reduce((total, coverage) => total + coverage[key], 0);
  return { pins: sum('pins'), managed: sum('managed'), unmanaged: sum('unmanaged'), duplicate: sum('duplicate'), mismatch: sum('mismatch'), ignored: sum('ignored') };
}

function changeAgainst(previous: Report, report: Report): Change {
  const failed = ({ projects }: Report): Set<string> => new Set(projects.filter(({ status, outcome }) => status === 'failed' && outcome !== 'interrupted').map(({ path }) => path));
  const reached = ({ projects }: Report): Map<string, ProjectReport> => new Map(projects.filter(({ outcome }) => outcome !== 'interrupted').map((project) => [project.path, project]));
  const paths = ({ projects }: Report): Set<string> => new Set(projects.map(({ path }) => path));
  const [failedThen, failedNow, then, now] = [failed(previous), failed(report), reached(previous), reached(report)];
  // only what both have can be compared: a project that came, went or could not be counted changes nothing
  const both = [...now].flatMap(([path, after]) => (then.has(path) ? [{ before: then.get(path)!, after }] : []));
  const counted = both.filter(({ before, after }) => before.coverage !== null && after.coverage !== null);
  return {
    since: previous.startedAt,
    broken: [...failedNow.difference(failedThen)],
    mended: [...failedThen].filter((path) => now.has(path) && !failedNow.has(path)),
    added: [...paths(report).difference(paths(previous))],
    gone: [...paths(previous).difference(paths(report))],
    waiting: both.reduce((sum, { before, after }) => sum + after.waiting.length - before.waiting.length, 0),
    unmanaged: counted.length === 0 ? null : counted.reduce((sum, { before, after }) => sum + after.coverage!.unmanaged - before.coverage!.unmanaged, 0),
    seconds: round(report.seconds - previous.seconds),
  };
}

/** The reports of the shards of one run, as one. */
export function mergeReports(reports: readonly Report[], previous: Report | null): Report {
  const [first] = reports;
  if (first === undefined) throw new Error('no report to merge');
  const least = (key: 'startedAt'): string => reports.map((report) => report[key]).reduce((a, b) => (a < b ? a : b));
  const most = reports.map(({ finishedAt }) => finishedAt).reduce((a, b) => (a > b ? a : b));
  // a project that two tell of counts once: a job may have been started anew
  const projects = new Map(reports.flatMap((report) => report.projects).map((one) => [one.path, one]));
  const skipped = new Map(reports.flatMap((report) => report.skipped).filter(({ path }) => !projects.has(path)).map((one) => [one.path, one]));
  const facts = { runner: first.runner, renovate: first.renovate, endpoint: first.endpoint, startedAt: least('startedAt'), finishedAt: most, dryRun: first.dryRun, interrupted: reports.some(({ interrupted }) => interrupted) };
  return buildReport(facts, [...projects.values()], [...skipped.values()] as SkippedProject[], reports.flatMap(({ problems }) => problems), previous, reports.flatMap(({ incidents }) => incidents));
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
