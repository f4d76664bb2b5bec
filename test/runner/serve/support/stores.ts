import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobEnd } from '../../../../runner/serve/job.ts';
import { openStore, type Store } from '../../../../runner/serve/store.ts';
import type { ProjectReport } from '../../../../runner/report/model.ts';
import { failed, project } from '../../report/fixture.ts';

/** Databases in one temporary folder. */
export interface Stores {
  readonly folder: string;
  /** A file that does not exist yet. */
  path(): string;
  /** Closed with all others, unless the test has closed it. */
  open(path?: string): Store;
  remove(): void;
}

export function temporaryStores(): Stores {
  const folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-serve-'));
  const open = new Set<Store>();
  let files = 0;
  function path(): string {
    files += 1;
    return join(folder, `jobs-${files}.sqlite`);
  }
  return {
    folder,
    path,
    open: (file = path()) => {
      const store = openStore(file);
      const counted = {
        ...store,
        close: () => {
          open.delete(counted);
          store.close();
        },
      };
      open.add(counted);
      return counted;
    },
    remove: () => {
      open.forEach((store) => store.close());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everything in a store, a line for each job: what waits, in its order, what runs, what is over, the newest first. */
export function jobsIn(store: Store): string[] {
  const times = (attempts: number): string => (attempts === 0 ? '' : ` lost ${attempts}`);
  return [
    ...store.queue(1_000).map(({ project: path, reason, attempts }) => `${path} queued by ${reason}${times(attempts)}`),
    ...store.running().map(({ project: path, reason }) => `${path} running by ${reason}`),
    ...store.history(1_000).map(({ project: path, reason, state, outcome, attempts }) => `${path} ${state} ${outcome} by ${reason}${times(attempts)}`),
  ];
}

export function done(path: string, overrides: Partial<ProjectReport> = {}): JobEnd {
  const report = project(path, overrides);
  return { state: 'done', outcome: report.outcome, message: report.message, report };
}

export function broken(path: string): JobEnd {
  const report = failed(path);
  return { state: 'failed', outcome: report.outcome, message: report.message, report };
}

/** Begins and ends what is queued, in its order. */
export function runAll(store: Store, now: number, end: (path: string) => JobEnd = done): void {
  for (const { id, project: path } of store.next(1_000)) {
    store.begin(id, '', now);
    store.finish(id, end(path), now);
  }
}
