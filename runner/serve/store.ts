import { ProjectReport } from '../report/model.ts';
import { openDatabase } from './database.ts';
import { CRASHED, OF_ALL, type FinishedJob, type JobEnd, type QueuedJob, type Reason, type RunningJob } from './job.ts';

/** So many ends of the service while a project ran are no accident any more. */
const MOST_ATTEMPTS = 3;

const KEPT_JOBS = 100;
const KEPT_REPORTS = 10;
const KEPT_MS = 30 * 86_400_000;

export interface Tick {
  readonly projects: readonly string[];
  readonly reason: Reason;
  readonly now: number;
  /** What becomes of a project that was run and is not among them. */
  gone(project: string): Pick<JobEnd, 'outcome' | 'message'>;
}

export interface Counts {
  readonly queued: number;
  readonly running: number;
  /** Since when the oldest waits; null without any. */
  readonly oldestQueued: number | null;
  readonly lastSuccess: number | null;
}

/**
 * Queue and history. A project is queued once at most, and what was asked for is done: a job leaves the queue only with its result, or with a reason. Every method is one transaction, and throws
 * FailureError `database-unusable` when the disk fails.
 */
export interface Store {
  /** False when the project was queued already. */
  enqueue(project: string, reason: Reason, now: number): boolean;
  /** Queues all projects, notes which ones are gone, and remembers the time: together, so that no end of the service repeats it. The number of those that were not queued yet. */
  tick(tick: Tick): number;
  /** When `tick` was called last; null for a new database. */
  ticked(): number | null;
  setTicked(now: number): void;
  /** What is to be run next. A job that was running when the service was ended comes alone and last: should it be to blame, it takes no other along. */
  next(most: number): readonly QueuedJob[];
  begin(id: number, account: string, now: number): void;
  /** Once for each job. */
  finish(id: number, end: JobEnd, now: number): void;
  /** Back into the queue: it was interrupted. */
  release(ids: readonly number[]): void;
  /** At start: what ran when the service was ended goes back into the queue, or is given up. */
  recover(now: number): { readonly requeued: number; readonly crashed: readonly string[] };
  prune(now: number): void;
  counts(): Counts;
  queue(most: number): readonly QueuedJob[];
  running(): readonly RunningJob[];
  /** The newest first. */
  history(most: number): readonly FinishedJob[];
  /** The last finished job of each project; of the named ones, or of all. */
  latest(projects?: readonly string[]): readonly FinishedJob[];
  close(): void;
}

const ENDED = `state IN ('done', 'failed')`;
const QUEUED = 'id, project, reason, enqueued_at AS enqueuedAt, attempts';
const FINISHED = 'id, project, reason, state, enqueued_at AS enqueuedAt, started_at AS startedAt, finished_at AS finishedAt, attempts, outcome, message, report';
const LATEST = `SELECT max(id) FROM jobs WHERE ${ENDED} GROUP BY project`;
/** One of `OF_ALL`. */
const PATIENT = `reason IN (${OF_ALL.map((reason) => `'${reason}'`).join(', ')})`;
const LOST_MESSAGE = `the service was ended ${MOST_ATTEMPTS} times while it ran`;

/** @throws FailureError `database-unusable` */
export function openStore(path: string): Store {
  const database = openDatabase(path);
  const { sql, read, transaction } = database;
  const insert = sql.prepare('INSERT INTO jobs (project, reason, enqueued_at, attempts) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const hurry = sql.prepare(`UPDATE jobs SET reason = ? WHERE project = ? AND state = 'queued' AND ${PATIENT}`);
  const lastOutcome = sql.prepare(`SELECT outcome FROM jobs WHERE project = ? AND ${ENDED} ORDER BY id DESC LIMIT 1`);
  const end = sql.prepare(`UPDATE jobs SET state = ?, outcome = ?, message = ?, report = ?, finished_at = ? WHERE id = ? AND state IN ('queued', 'running')`);

  function add(project: string, reason: Reason, now: number): boolean {
    // one that was given up has one try at a time
    const attempts = lastOutcome.get(project)?.['outcome'] === CRASHED ? MOST_ATTEMPTS - 1 : 0;
    if (insert.run(project, reason, now, attempts).changes === 1) return true;
    if (!OF_ALL.includes(reason)) hurry.run(reason, project);
    return false;
  }

  function finish(id: number, { state, outcome, message, report }: JobEnd, now: number): void {
    const { changes } = end.run(state, outcome, message, report === null ? null : JSON.stringify(report), now, id);
    if (changes !== 1) throw new Error(`job ${id} has ended already`);
  }

  /** What is queued for the same project meanwhile is the same wish. */
  function requeue(ids: string, attempts: 0 | 1): void {
    sql.prepare(`UPDATE jobs AS lost SET reason = twin.reason FROM jobs AS twin WHERE twin.project = lost.project AND twin.state = 'queued' AND lost.state = 'running' AND lost.id IN (SELECT value FROM json_each(?)) AND lost.${PATIENT}`).run(ids);
    sql.prepare(`DELETE FROM jobs WHERE state = 'queued' AND project IN (SELECT project FROM jobs WHERE state = 'running' AND id IN (SELECT value FROM json_each(?)))`).run(ids);
    sql.prepare(`UPDATE jobs SET state = 'queued', started_at = NULL, account = NULL, attempts = attempts + ? WHERE state = 'running' AND id IN (SELECT value FROM json_each(?))`).run(attempts, ids);
  }

  function remember(now: number): void {
    sql.prepare(`INSERT INTO facts (name, value) VALUES ('ticked', ?) ON CONFLICT DO UPDATE SET value = excluded.value`).run(now);
  }

  /** What is queued or runs is the worker's, which finds out by itself. */
  function forget(projects: string, { gone, reason, now }: Tick): void {
    const known = sql.prepare(`SELECT project FROM jobs WHERE id IN (${LATEST}) AND (report IS NOT NULL OR outcome = ?) AND project NOT IN (SELECT value FROM json_each(?)) AND project NOT IN (SELECT project FROM jobs WHERE state IN ('queued', 'running'))`);
    for (const { project } of known.all(CRASHED, projects) as { project: string }[]) {
      const { outcome, message } = gone(project);
      sql.prepare(`INSERT INTO jobs (project, reason, state, enqueued_at, finished_at, outcome, message) VALUES (?, ?, 'done', ?, ?, ?, ?)`).run(project, reason, now, now, outcome, message);
    }
  }

  return {
    enqueue: (project, reason, now) => transaction(() => add(project, reason, now)),
    tick: (tick) =>
      transaction(() => {
        forget(JSON.stringify(tick.projects), tick);
        remember(tick.now);
        return tick.projects.filter((project) => add(project, tick.reason, tick.now)).length;
      }),
    ticked: () => read(() => (sql.prepare(`SELECT value FROM facts WHERE name = 'ticked'`).get()?.['value'] ?? null) as number | null),
    setTicked: (now) => transaction(() => remember(now)),
    next: (most) =>
      read(() => {
        const innocent = sql.prepare(`SELECT ${QUEUED} FROM jobs WHERE state = 'queued' AND attempts = 0 ORDER BY ${PATIENT}, id LIMIT ?`).all(most);
        return (innocent.length > 0 ? innocent : sql.prepare(`SELECT ${QUEUED} FROM jobs WHERE state = 'queued' ORDER BY attempts, ${PATIENT}, id LIMIT 1`).all()) as unknown as QueuedJob[];
      }),
    begin: (id, account, now) => transaction(() => void sql.prepare(`UPDATE jobs SET state = 'running', account = ?, started_at = ? WHERE id = ? AND state = 'queued'`).run(account, now, id)),
    finish: (id, how, now) => transaction(() => finish(id, how, now)),
    release: (ids) => transaction(() => requeue(JSON.stringify(ids), 0)),
    recover: (now) =>
      transaction(() => {
        const crashed = sql.prepare(`UPDATE jobs SET state = 'failed', outcome = ?, message = ?, finished_at = ?, attempts = attempts + 1 WHERE state = 'running' AND attempts + 1 >= ? RETURNING project`).all(CRASHED, LOST_MESSAGE, now, MOST_ATTEMPTS).map(({ project }) => project as string);
        sql.prepare(`UPDATE jobs SET attempts = ? WHERE state = 'queued' AND project IN (SELECT value FROM json_each(?))`).run(MOST_ATTEMPTS - 1, JSON.stringify(crashed));
        const lost = sql.prepare(`SELECT id FROM jobs WHERE state = 'running'`).all().map(({ id }) => id);
        requeue(JSON.stringify(lost), 1);
        return { requeued: lost.length, crashed };
      }),
    prune: (now) =>
      transaction(() => {
        sql.prepare(`DELETE FROM jobs WHERE ${ENDED} AND finished_at < ? AND id NOT IN (${LATEST})`).run(now - KEPT_MS);
        const ranked = `SELECT id, row_number() OVER (PARTITION BY project ORDER BY id DESC) AS rank FROM jobs WHERE ${ENDED}`;
        sql.prepare(`DELETE FROM jobs WHERE id IN (SELECT id FROM (${ranked}) WHERE rank > ?)`).run(KEPT_JOBS);
        sql.prepare(`UPDATE jobs SET report = NULL WHERE report IS NOT NULL AND id IN (SELECT id FROM (${ranked}) WHERE rank > ?)`).run(KEPT_REPORTS);
      }),
    counts: () =>
      read(() => {
        const columns = [
          `(SELECT count(*) FROM jobs WHERE state = 'queued') AS queued`,
          `(SELECT min(enqueued_at) FROM jobs WHERE state = 'queued') AS oldestQueued`,
          `(SELECT count(*) FROM jobs WHERE state = 'running') AS running`,
          `(SELECT max(finished_at) FROM jobs WHERE state = 'done' AND report IS NOT NULL) AS lastSuccess`,
        ];
        return sql.prepare(`SELECT ${columns.join(', ')}`).get() as unknown as Counts;
      }),
    queue: (most) => read(() => sql.prepare(`SELECT ${QUEUED} FROM jobs WHERE state = 'queued' ORDER BY attempts, ${PATIENT}, id LIMIT ?`).all(most) as unknown as QueuedJob[]),
    running: () => read(() => sql.prepare(`SELECT project, reason, account, started_at AS startedAt FROM jobs WHERE state = 'running' ORDER BY started_at, id`).all() as unknown as RunningJob[]),
    history: (most) => read(() => sql.prepare(`SELECT ${FINISHED} FROM jobs WHERE ${ENDED} ORDER BY finished_at DESC, id DESC LIMIT ?`).all(most).map(finishedJob)),
    latest: (projects) =>
      read(() => {
        const all = `SELECT ${FINISHED} FROM jobs WHERE id IN (${LATEST})`;
        const rows = projects === undefined ? sql.prepare(`${all} ORDER BY project`).all() : sql.prepare(`${all} AND project IN (SELECT value FROM json_each(?)) ORDER BY project`).all(JSON.stringify(projects));
        return rows.map(finishedJob);
      }),
    close: database.close,
  };
}

/** A report that this version cannot read is none. */
function finishedJob(row: Record<string, unknown>): FinishedJob {
  const report = typeof row['report'] === 'string' ? ProjectReport.safeParse(JSON.parse(row['report'])) : null;
  return { ...(row as unknown as FinishedJob), report: report?.success === true ? report.data : null };
}
