import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FailureError } from '../../src/base/failure.ts';
import { packageVersion } from '../../src/program/package.ts';
import type { RunnerContext } from '../context.ts';
import { installedRenovate } from '../renovate/installed.ts';
import { meaningOf } from '../renovate/outcome.ts';
import { buildReport } from '../report/build.ts';
import type { Report } from '../report/model.ts';
import { run } from '../run.ts';
import type { Setup } from '../setup.ts';
import { lazyCoverage } from '../validator.ts';
import type { FinishedJob } from './job.ts';
import type { Log } from './log.ts';
import type { Store } from './store.ts';
import type { RunProjects } from './worker.ts';

export interface RenovateOptions {
  readonly setup: Setup;
  readonly context: RunnerContext;
  readonly store: Pick<Store, 'latest'>;
  readonly dryRun: boolean;
  readonly log: Log;
}

/** The logs of so many runs are kept, in a folder each. */
const KEPT_RUNS = 10;

/** Runs projects as the command `run` does. What each was before, it knows from the history. */
export function renovateRunner({ setup, context, store, dryRun, log }: RenovateOptions): RunProjects {
  const { io, world } = context;
  const renovate = installedRenovate();
  const facts = { runner: packageVersion(), renovate: renovate.version, dryRun };
  const runs = resolve(io.cwd, setup.config.report.directory, 'runs');

  return async (members, listener) => {
    const last = store.latest(members.map(({ project }) => project.path));
    const name = new Date(io.now()).toISOString().replaceAll(/[:.]/g, '-');
    await removeOld(runs);
    const coverage = setup.config.report.coverage ? lazyCoverage() : null;
    // what cannot be recorded must not go on
    const broken = new AbortController();
    let failure: unknown = null;
    function guarded(tell: () => void): void {
      try {
        tell();
      } catch (error) {
        failure ??= error;
        broken.abort();
      }
    }
    const stoppable = { ...world, draining: AbortSignal.any([world.draining, broken.signal]), ending: AbortSignal.any([world.ending, broken.signal]) };
    try {
      const report = await run({
        setup,
        context: { ...context, world: stoppable },
        plan: { members, skipped: [] },
        previous: reportOf(last, setup.endpoint, facts),
        lastRuns: new Map(last.flatMap(({ project, startedAt }) => (startedAt === null ? [] : [[project, new Date(startedAt).toISOString()]]))),
        facts,
        renovate: renovate.entry,
        directory: join(runs, name),
        coverage,
        tell: (progress, done) =>
          guarded(() => {
            if (progress.type === 'started') listener.started(progress.project);
            else if (progress.type === 'retry') log(`${progress.project}: ${meaningOf(progress.outcome).text}; again in ${progress.inSeconds} s`);
            else if (done !== null) listener.finished({ ...done, log: done.log === null ? null : join('runs', name, done.log) });
          }),
      });
      report.problems.forEach((problem) => log(`problem of the run: ${problem}`));
    } catch (error) {
      // what still runs must not go on beside the next try
      broken.abort();
      throw diskFailure(error) ?? error;
    } finally {
      await coverage?.close();
    }
    if (failure !== null) throw failure;
  };
}

/** The last report of each project as one, to compare with and to take durations from. */
export function reportOf(jobs: readonly FinishedJob[], endpoint: string, facts: Pick<Report, 'runner' | 'renovate' | 'dryRun'>): Report | null {
  const known = jobs.filter(({ report }) => report !== null);
  if (known.length === 0) return null;
  const iso = (time: number): string => new Date(time).toISOString();
  const startedAt = iso(Math.min(...known.map((job) => job.startedAt ?? job.finishedAt)));
  const finishedAt = iso(Math.max(...known.map((job) => job.finishedAt)));
  return buildReport({ ...facts, endpoint, startedAt, finishedAt, interrupted: false }, known.map(({ report }) => report!), [], [], null);
}

/** A folder or a disk that cannot be written to. */
function diskFailure(error: unknown): FailureError | null {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return null;
  return new FailureError({ code: 'output-unwritable', message: `${path ?? 'a file'} cannot be written (${code})`, remedy: 'Check the folder of the report, the one for temporary files, and their disks.' });
}

/** Names are times: the oldest come first. */
async function removeOld(runs: string): Promise<void> {
  const names = await readdir(runs).catch(() => []);
  for (const name of names.filter((one) => /^\d{4}-\d\d-\d\dT[\d-]+Z$/.test(one)).sort().slice(0, -KEPT_RUNS)) await rm(join(runs, name), { recursive: true, force: true });
}
