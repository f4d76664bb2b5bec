import type { FinishedJob, QueuedJob, RunningJob } from './job.ts';
import type { Counts, Store } from './store.ts';

/** The service at one moment; status page, JSON and metrics are all made of it. */
export interface State {
  readonly now: number;
  readonly startedAt: number;
  /** Why it is not ready; null when it is. */
  readonly unready: string | null;
  /** When everything is queued next; null when only events start something. */
  readonly next: number | null;
  /** How many the configuration selects. */
  readonly projects: number;
  readonly counts: Counts;
  readonly queue: readonly QueuedJob[];
  readonly running: readonly RunningJob[];
  readonly history: readonly FinishedJob[];
  readonly latest: readonly FinishedJob[];
}

/** Jobs that are named; all others are counted. */
const SHOWN = 100;

export function stateOf(store: Store, facts: Pick<State, 'now' | 'startedAt' | 'unready' | 'next' | 'projects'>): State {
  return { ...facts, counts: store.counts(), queue: store.queue(SHOWN), running: store.running(), history: store.history(SHOWN), latest: store.latest() };
}
