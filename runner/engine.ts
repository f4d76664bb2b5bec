import { batches, type Limits as BatchLimits } from './projects/batches.ts';
import { meaningOf, traced, type OutcomeCode, type ProcessEnd, type Trace } from './renovate/outcome.ts';
import type { LogEvent } from './renovate/log.ts';

/** A project to be run. */
export interface Job {
  readonly path: string;
  /** Whose token: batches never mix accounts. */
  readonly account: string;
  /** Seconds, by the last report. */
  readonly seconds: number;
}

export interface Batch {
  /** Counts from 1, over the whole run. */
  readonly number: number;
  readonly account: string;
  readonly projects: readonly string[];
}

/** How a batch's process ended. */
export interface BatchEnd {
  /** Null when it went on to its end, whatever its exit code. */
  readonly end: ProcessEnd | null;
  /** What it said last, for a crash. */
  readonly lastWords: string;
}

export interface Result {
  readonly path: string;
  readonly account: string;
  readonly outcome: OutcomeCode;
  /** How often Renovate worked on it, or tried to. */
  readonly attempts: number;
  /** Of all attempts together. */
  readonly seconds: number;
  readonly trace: Trace | null;
  /** Of the last attempt. */
  readonly batch: number;
  /** Words of a process that crashed. */
  readonly lastWords: string;
}

export type Progress =
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'started'; readonly project: string; readonly batch: number }
  | { readonly type: 'retry'; readonly project: string; readonly outcome: OutcomeCode; readonly inSeconds: number }
  | { readonly type: 'result'; readonly result: Result; readonly left: number };

export interface EngineOptions {
  readonly concurrency: number;
  readonly batch: BatchLimits;
  /** Further attempts after a temporary failure. */
  readonly retries: number;
  readonly retryDelaySeconds: number;
  /** No batch starts once it is aborted. */
  readonly draining: AbortSignal;
  /** Runs Renovate once; tells each event of its log. Never rejects for what Renovate does. */
  runBatch(batch: Batch, tell: (event: LogEvent) => void): Promise<BatchEnd>;
  /** A project has its result: told at once, so that what comes next need not wait for the others. */
  tell(progress: Progress): void;
  sleep(ms: number): Promise<void>;
}

interface Waiting {
  readonly account: string;
  readonly jobs: readonly Attempted[];
  readonly delaySeconds: number;
}

interface Attempted extends Job {
  readonly attempts: number;
  readonly spent: number;
}

/**
 * Runs every job to exactly one result. What a process held when it ended too early is sorted by the log: finished projects keep their result, the one in work is blamed and runs alone,
 * those behind it go into a new process.
 */
export async function runJobs(jobs: readonly Job[], options: EngineOptions): Promise<readonly Result[]> {
  const results = new Map<string, Result>();
  const queue: Waiting[] = firstBatches(jobs, options);
  let numbers = 0;
  let running = 0;

  function finish(result: Result): void {
    if (results.has(keyOf(result))) throw new Error(`two results for ${result.path}`);
    results.set(keyOf(result), result);
    options.tell({ type: 'result', result, left: jobs.length - results.size });
  }

  async function run(waiting: Waiting): Promise<void> {
    numbers += 1;
    const batch: Batch = { number: numbers, account: waiting.account, projects: waiting.jobs.map(({ path }) => path) };
    options.tell({ type: 'batch', batch });
    let traces: ReadonlyMap<string, Trace> = new Map();
    const ended = await options.runBatch(batch, (event) => {
      traces = traced(traces, event);
      if (event.type === 'started') options.tell({ type: 'started', project: event.project, batch: batch.number });
      const result = event.type === 'finished' ? finalResult(waiting, traces.get(event.project)!, batch.number) : null;
      if (result !== null) finish(result);
    });
    const left = { ...waiting, jobs: waiting.jobs.filter((job) => !results.has(keyOf(job))) };
    const verdict = sorted(left, traces, ended, batch.number, options);
    verdict.finished.forEach(finish);
    for (const again of verdict.again) {
      again.jobs.filter(({ attempts }) => attempts > 0).forEach(({ path }) => options.tell({ type: 'retry', project: path, outcome: traces.get(path)?.outcome ?? ended.end ?? 'unknown-error', inSeconds: again.delaySeconds }));
      queue.push(again);
    }
  }

  async function worker(): Promise<void> {
    for (;;) {
      const waiting = options.draining.aborted ? undefined : queue.shift();
      if (waiting !== undefined) {
        running += 1;
        try {
          if (waiting.delaySeconds > 0) await options.sleep(waiting.delaySeconds * 1000);
          if (options.draining.aborted) queue.push(waiting);
          else await run(waiting);
        } finally {
          running -= 1;
          wake();
        }
      } else if (running === 0 || options.draining.aborted) {
        return;
      } else {
        await woken();
      }
    }
  }

  let sleepers: (() => void)[] = [];
  function woken(): Promise<void> {
    return new Promise((resolve) => sleepers.push(resolve));
  }
  function wake(): void {
    const all = sleepers;
    sleepers = [];
    all.forEach((resolve) => resolve());
  }

  await Promise.all(Array.from({ length: options.concurrency }, worker));
  // only an interruption leaves something behind
  queue.flatMap((waiting) => waiting.jobs).forEach((job) => finish(resultOf(job, 'interrupted', null, 0, '')));
  return jobs.map((job) => results.get(keyOf(job))!);
}

function firstBatches(jobs: readonly Job[], { batch, concurrency }: EngineOptions): Waiting[] {
  const accounts = Map.groupBy(jobs, ({ account }) => account);
  const share = Math.max(1, Math.round(concurrency / Math.max(1, accounts.size)));
  return [...accounts].flatMap(([account, own]) => {
    const byPath = new Map(own.map((job) => [job.path, job]));
    return batches(own, batch, share).map((members) => ({ account, delaySeconds: 0, jobs: members.map(({ path }) => ({ ...byPath.get(path)!, attempts: 0, spent: 0 })) }));
  });
}

/** A result that no further attempt can change is told while the others of its batch still run. Null for one that may be tried again, and for a project that nobody asked for. */
function finalResult({ jobs }: Waiting, trace: Trace, batch: number): Result | null {
  const job = jobs.find(({ path }) => path === trace.project);
  if (job === undefined || trace.outcome === null || meaningOf(trace.outcome).temporary) return null;
  return resultOf({ ...job, attempts: job.attempts + 1, spent: job.spent + trace.seconds }, trace.outcome, trace, batch, '');
}

interface Verdict {
  readonly finished: readonly Result[];
  readonly again: readonly Waiting[];
}

/** What becomes of each project of a batch whose process has ended. */
function sorted({ account, jobs }: Waiting, traces: ReadonlyMap<string, Trace>, { end, lastWords }: BatchEnd, batch: number, options: EngineOptions): Verdict {
  const finished: Result[] = [];
  const later: Attempted[] = [];
  const alone: Attempted[] = [];
  const behind: Attempted[] = [];
  const nothingBegan = traces.size === 0;
  for (const job of jobs) {
    const trace = traces.get(job.path) ?? null;
    const outcome = trace?.outcome ?? null;
    if (outcome === null && trace === null && !nothingBegan && end !== 'interrupted') {
      behind.push(job);
      continue;
    }
    const code = outcome ?? (end === 'interrupted' ? 'interrupted' : trace === null ? 'not-started' : (end ?? 'crashed'));
    // an interruption before its turn was no attempt
    const tried = code === 'interrupted' && trace === null ? job : { ...job, attempts: job.attempts + 1, spent: job.spent + (trace?.seconds ?? 0) };
    const mayRetry = meaningOf(code).temporary && tried.attempts <= options.retries && !options.draining.aborted;
    if (!mayRetry) finished.push(resultOf(tried, code, trace, batch, outcome === null ? lastWords : ''));
    else if (outcome === null && trace !== null) alone.push(tried);
    else later.push(tried);
  }
  const delay = (attempts: number): number => options.retryDelaySeconds * 2 ** (attempts - 1);
  const again = [
    ...(behind.length === 0 ? [] : [{ account, jobs: behind, delaySeconds: 0 }]),
    ...alone.map((job) => ({ account, jobs: [job], delaySeconds: 0 })),
    ...[...Map.groupBy(later, ({ attempts }) => attempts)].map(([attempts, group]) => ({ account, jobs: group, delaySeconds: delay(attempts) })),
  ];
  return { finished, again };
}

function resultOf({ path, account, attempts, spent }: Attempted, outcome: OutcomeCode, trace: Trace | null, batch: number, lastWords: string): Result {
  return { path, account, outcome, attempts, seconds: spent, trace, batch, lastWords };
}

function keyOf({ account, path }: { readonly account: string; readonly path: string }): string {
  return `${account}\n${path}`;
}
