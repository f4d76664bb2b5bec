import type { ProjectReport } from '../report/model.ts';

/** Why a project is run. */
export type Reason =
  /** A time of `serve.cron` has come. */
  | 'cron'
  /** The database is new. */
  | 'start'
  /** Somebody pushed to the default branch. */
  | 'push'
  /** Somebody ticked a checkbox of the Dependency Dashboard. */
  | 'dashboard'
  /** Somebody ticked the rebase checkbox of a merge request. */
  | 'rebase'
  | 'merged'
  | 'closed'
  /** An incident was opened, closed or opened again. */
  | 'incident';

/** Those that come for all projects at once; whoever did something himself should not wait behind them. */
export const OF_ALL: readonly Reason[] = ['cron', 'start'];

export interface QueuedJob {
  readonly id: number;
  readonly project: string;
  readonly reason: Reason;
  readonly enqueuedAt: number;
  /** How often the service was ended while it ran. */
  readonly attempts: number;
}

export interface RunningJob {
  readonly project: string;
  readonly reason: Reason;
  readonly account: string;
  readonly startedAt: number;
}

/** How a job ended. */
export interface JobEnd {
  readonly state: 'done' | 'failed';
  /** Of the report; or why it was not run, the reason code of `plan`. */
  readonly outcome: string;
  readonly message: string;
  /** Null when it was not run, or nobody knows what came of it. */
  readonly report: ProjectReport | null;
}

export interface FinishedJob extends JobEnd {
  readonly id: number;
  readonly project: string;
  readonly reason: Reason;
  readonly enqueuedAt: number;
  /** Null when it was not run. */
  readonly startedAt: number | null;
  readonly finishedAt: number;
  readonly attempts: number;
}

/** The outcome of a job that was running each time the service was ended by force. */
export const CRASHED = 'crashed';

/** What the configuration selects no longer. */
export const NOT_SELECTED = 'not-selected';
