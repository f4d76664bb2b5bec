import { FailureError } from '../src/base/failure.ts';
import type { Batch, BatchEnd } from './engine.ts';
import { acquire, LEASE_MS, release, renew, type LockOptions } from './locks.ts';
import { inParallel } from './parallel.ts';
import type { LogEvent } from './renovate/log.ts';

type RunBatch = (batch: Batch, tell: (event: LogEvent) => void) => Promise<BatchEnd>;

const AT_ONCE = 5;

export interface LockedOptions extends LockOptions {
  idOf(path: string): number;
  /** What a lock that could not be had, renewed or given back leads to. */
  warn(path: string, message: string): void;
}

/** Runs a batch with those of its projects that no other runner has; the others are told to be busy. A project is given back as soon as it is finished. */
export function lockedBatch(runBatch: RunBatch, options: LockedOptions): RunBatch {
  return async (batch, tell) => {
    const held = new Map<string, number>();
    const busy: string[] = [];
    const given: Promise<void>[] = [];
    const warned = async (path: string, work: Promise<unknown>): Promise<void> => {
      try {
        await work;
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        options.warn(path, error.failure.message);
      }
    };
    const giveBack = (path: string): void => {
      const label = held.get(path);
      if (label === undefined) return;
      held.delete(path);
      given.push(warned(path, release(options.idOf(path), label, options)));
    };
    await inParallel(batch.projects, AT_ONCE, async (path) => {
      await warned(path, (async () => {
        const lock = await acquire(options.idOf(path), options);
        if (lock.state === 'held') held.set(path, lock.label);
        else if (lock.state === 'busy') busy.push(path);
        else options.warn(path, `no lock: ${lock.reason}`);
      })());
    });
    const heartbeat = setInterval(() => held.forEach((label, path) => void warned(path, renew(options.idOf(path), label, options))), LEASE_MS / 4);
    try {
      busy.forEach((project) => tell({ type: 'finished', project, result: 'busy', seconds: 0 }));
      const projects = batch.projects.filter((path) => !busy.includes(path));
      if (projects.length === 0) return { end: null, lastWords: '' };
      return await runBatch({ ...batch, projects }, (event) => {
        if (event.type === 'finished') giveBack(event.project);
        tell(event);
      });
    } finally {
      clearInterval(heartbeat);
      [...held.keys()].forEach(giveBack);
      await Promise.all(given);
    }
  };
}
