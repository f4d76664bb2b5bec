import { FailureError } from '../../src/base/failure.ts';
import type { ProjectReport } from '../report/model.ts';
import { SKIP_REASONS } from '../report/plan.ts';
import type { SkipReason } from '../projects/project.ts';
import type { Plan } from '../run.ts';
import { NOT_SELECTED, type JobEnd } from './job.ts';
import type { Store } from './store.ts';

/** Told while projects are run. */
export interface Listener {
  /** Renovate begins with it; once more when it is tried again. */
  started(path: string): void;
  /** Once for each project, as soon as it is known. */
  finished(report: ProjectReport): void;
}

/** Runs what is planned; gives up on the rest when the service is to end. */
export type RunProjects = (plan: Plan, listener: Listener) => Promise<void>;

export interface WorkerOptions {
  readonly store: Store;
  some(paths: readonly string[]): Promise<Plan>;
  readonly runProjects: RunProjects;
  readonly draining: AbortSignal;
  now(): number;
  /** Resolves early when draining begins. */
  sleep(ms: number): Promise<void>;
  /** One line for people. */
  log(text: string): void;
  /** A job has its result. */
  ended(project: string, end: JobEnd): void;
}

export interface Worker {
  /** Something was queued. */
  wake(): void;
  /** Runs what is queued until draining; rejects when the disk fails. */
  work(): Promise<void>;
}

/** Jobs taken at a time. What comes meanwhile waits until they are done. */
const MOST_JOBS = 100;

/** After GitLab did not answer. */
const PAUSE_MS = 30_000;

export function openWorker({ store, some, runProjects, draining, now, sleep, log, ended }: WorkerOptions): Worker {
  let ring: () => void = () => {};
  let rung: Promise<void>;
  function reset(): void {
    rung = new Promise((resolve) => (ring = resolve));
  }
  reset();

  function finish(id: number, project: string, end: JobEnd): void {
    store.finish(id, end, now());
    ended(project, end);
  }

  /** False when nothing was queued. */
  async function take(): Promise<boolean> {
    const jobs = store.next(MOST_JOBS);
    if (jobs.length === 0) return false;
    const plan = await some(jobs.map(({ project }) => project));
    const open = new Map(jobs.map(({ project, id }) => [project, id]));
    for (const { path, reason } of plan.skipped) {
      finish(open.get(path)!, path, { state: 'done', report: null, ...skipped(reason) });
      open.delete(path);
    }
    const accounts = new Map(plan.members.map(({ project, account }) => [project.path, account.name]));
    if (open.size === 0) return true;
    try {
      await runProjects(plan, {
        started: (path) => store.begin(open.get(path)!, accounts.get(path) ?? '', now()),
        finished: (report) => {
          const id = open.get(report.path);
          if (id === undefined) throw new Error(`a second result for ${report.path}`);
          // it stays open, and goes back into the queue
          if (report.outcome === 'interrupted') return;
          finish(id, report.path, { state: report.status === 'failed' ? 'failed' : 'done', outcome: report.outcome, message: report.message, report });
          open.delete(report.path);
        },
      });
    } finally {
      store.release([...open.values()]);
    }
    return true;
  }

  return {
    wake: () => ring(),
    async work() {
      draining.addEventListener('abort', () => ring(), { once: true });
      while (!draining.aborted) {
        try {
          if (await take()) continue;
        } catch (error) {
          if (!isPassing(error)) throw error;
          log(`nothing can be run: ${error.failure.message}; again in ${PAUSE_MS / 1000} s`);
          await sleep(PAUSE_MS);
          continue;
        }
        if (draining.aborted) return;
        await rung;
        reset();
      }
    },
  };
}

/** GitLab may answer again, and a disk may have space again for what a run leaves; a database that fails is the end. */
export function isPassing(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.code !== 'database-unusable';
}

/** Why a project was not run, in the words of `plan`. */
export function skipped(reason: SkipReason | typeof NOT_SELECTED): Pick<JobEnd, 'outcome' | 'message'> {
  return { outcome: reason, message: reason === NOT_SELECTED ? 'the configuration no longer selects it' : SKIP_REASONS[reason] };
}
