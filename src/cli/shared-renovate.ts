import type { Renovate } from '../renovate/types.ts';
import { startRenovate, type OpenRenovate } from './analyse.ts';

/** One Renovate thread for one piece of work after the other: starting it takes longer than most of them. */
export interface SharedRenovate {
  /** Starts the thread at the first use. */
  use<T>(work: (renovate: Renovate) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @param open the door to Renovate, for tests: its thread exists in dist/ only */
export function sharedRenovate(open?: OpenRenovate): SharedRenovate {
  let shared: Renovate | null = null;
  return {
    async use(work) {
      const renovate = (shared ??= startRenovate(open));
      try {
        return await work(renovate);
      } catch (error) {
        // a thread that one piece of work has brought down is of no use to the next
        shared = null;
        await renovate.close();
        throw error;
      }
    },
    close: async () => void (await shared?.close()),
  };
}
