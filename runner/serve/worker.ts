import { FailureError } from '../../src/base/failure.ts';
import type { ProjectReport } from '../report/model.ts';
import type { Member } from '../run.ts';
import type { JobEnd, QueuedJob } from './job.ts';
import type { Log } from './log.ts';
import type { Looked } from './projects.ts';
import type { Store } from './store.ts';
import { orStopped } from './until.ts';

/** Told while projects are run. */
export interface Listener {
  /** Renovate begins with it; once more when it is tried again. */
  started(path: string): void;
  /** Once for each project, as soon as it is known. */
  finished(report: ProjectReport): void;
}

/** Runs the projects; gives up on the rest when the service is to end. */
export type RunProjects = (members: readonly Member[], listener: Listener) => Promise<void>;

export interface WorkerOptions {
  readonly store: Store;
  some(paths: readonly string[]): Promise<Looked>;
  readonly runProjects: RunProjects;
  readonly draining: AbortSignal;
  now(): number;
  /** Resolves early when draining begins. */
  sleep(ms: number): Promise<unknown>;
  readonly log: Log;
  /** A job has its result. */
  ended(job: QueuedJob, end: JobEnd): void;
}

export interface Worker {
  /** Something was queued. */
  wake(): void;
  /** Runs what is queued, until draining. Rejects when the disk fails. */
  work(): Promise<void>;
}

/** Jobs taken at a time. What comes meanwhile waits until they are done. */
const MOST_JOBS = 100;

/** After GitLab did not answer. */
export const PAUSE_MS = 30_000;

export function openWorker({ store, some, runProjects, draining, now, sleep, log, ended }: WorkerOptions): Worker {
  let bell = newBell();

  /** False when nothing was queued. */
  async function take(): Promise<boolean> {
    const jobs = new Map(store.next(MOST_JOBS).map((job) => [job.project, job]));
    if (jobs.size === 0) return false;
    function finish(project: string, end: JobEnd): void {
      const job = jobs.get(project);
      if (job === undefined) throw new Error(`a second result for ${project}`);
      store.finish(job.id, end, now());
      jobs.delete(project);
      ended(job, end);
    }
    const looked = await orStopped(some([...jobs.keys()]), draining);
    if (looked === null) return true;
    const { members, left } = looked;
    left.forEach(({ path, end }) => finish(path, end));
    if (members.length === 0) return true;
    const accounts = new Map(members.map(({ project, account }) => [project.path, account.name]));
    try {
      await runProjects(members, {
        started: (path) => store.begin(jobs.get(path)!.id, accounts.get(path)!, now()),
        finished: (report) => {
          // what was interrupted stays open
          if (report.outcome !== 'interrupted') finish(report.path, { state: report.status === 'failed' ? 'failed' : 'done', outcome: report.outcome, message: report.message, report });
        },
      });
    } catch (error) {
      // what a defect leaves running counts as lost at the next start: a project that sets it off must not do so for ever
      if (isPassing(error)) putBack();
      throw error;
    }
    putBack();
    return true;

    function putBack(): void {
      store.release([...jobs.values()].map(({ id }) => id));
    }
  }

  return {
    wake: () => bell.ring(),
    async work() {
      draining.addEventListener('abort', () => bell.ring(), { once: true });
      while (!draining.aborted) {
        const heard = bell.heard;
        try {
          if (await take()) continue;
        } catch (error) {
          if (!isPassing(error)) throw error;
          log(`nothing can be run: ${error.failure.message}; again in ${PAUSE_MS / 1000} s`);
          await sleep(PAUSE_MS);
          continue;
        }
        await heard;
        bell = newBell();
      }
    },
  };
}

interface Bell {
  ring(): void;
  /** Resolves when it was rung. */
  readonly heard: Promise<void>;
}

function newBell(): Bell {
  const { promise: heard, resolve: ring } = Promise.withResolvers<void>();
  return { ring, heard };
}

/** GitLab may answer again, and a disk may have space again for what a run leaves; a database that fails is the end. */
export function isPassing(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.code !== 'database-unusable';
}
