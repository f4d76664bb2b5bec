import { Worker } from 'node:worker_threads';
import { FailureError } from '../base/failure.ts';
import { blackboard, read, type Ask, type Question, type Questions, type Reply } from './protocol.ts';
import type { Renovate } from './types.ts';

export interface RenovateOptions {
  /** How long one piece of work, such as one regex on one file, may take. */
  readonly limit?: number;
  /** The thread's entry, for tests; else beside this module in dist/. */
  readonly worker?: URL;
}

const LIMIT = 60_000;
/** How often within the limit the watchdog looks. */
const CHECKS = 5;

interface Pending {
  readonly question: Question;
  readonly settle: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Starts Renovate's thread, which loads while the caller reads files. */
export function openRenovate(options: RenovateOptions = {}): Renovate {
  const limit = options.limit ?? LIMIT;
  const pending = new Map<number, Pending>();
  let count = 0;
  const board = blackboard();
  let over: FailureError | null = null;
  let watchdog: NodeJS.Timeout | undefined;

  // An empty environment: presets and templates of strangers are resolved in there. What it prints is dropped with its streams.
  const worker = new Worker(options.worker ?? new URL('./worker.js', import.meta.url), {
    env: {},
    stdout: true,
    stderr: true,
    workerData: { board },
  });
  // Keeps an idle thread from keeping the program alive; a pending question does that.
  worker.unref();

  function end(failure: FailureError): void {
    over ??= failure;
    clearInterval(watchdog);
    for (const { reject } of pending.values()) reject(over);
    pending.clear();
    void worker.terminate();
  }

  /** Ends the thread when what it is doing has not changed for as long as the limit. */
  function watch(): void {
    let seen = read(board).count;
    let still = 0;
    watchdog = setInterval(() => {
      const { count, doing } = read(board);
      still = count === seen ? still + 1 : 0;
      seen = count;
      if (still === CHECKS) end(timedOut(doing, limit));
    }, limit / CHECKS);
  }

  function rest(): void {
    clearInterval(watchdog);
    worker.unref();
  }

  worker.on('message', (reply: Reply) => {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if (pending.size === 0) rest();
    if ('crash' in reply) waiting?.reject(crashed(waiting.question, reply.crash));
    else waiting?.settle(reply.answer);
  });
  worker.on('error', (error) => end(crashed(read(board).doing, error.message)));
  worker.on('exit', () => end(crashed(read(board).doing, 'its thread ended')));

  function ask<Q extends Question>(question: Q, request: Questions[Q]['request']): Promise<Questions[Q]['answer']> {
    if (over !== null) return Promise.reject(over);
    const { promise, resolve, reject } = Promise.withResolvers<Questions[Q]['answer']>();
    const message: Ask = { id: ++count, question, request };
    pending.set(message.id, { question, settle: (answer) => resolve(answer as Questions[Q]['answer']), reject });
    worker.ref();
    worker.postMessage(message);
    if (pending.size === 1) watch();
    return promise;
  }

  return {
    engine: () => ask('engine', null),
    resolve: (request) => ask('resolve', request),
    validate: (request) => ask('validate', request),
    extract: (request) => ask('extract', request),
    schedules: (request) => ask('schedules', request),
    decide: (request) => ask('decide', request),
    matchRules: (request) => ask('matchRules', request),
    async close() {
      over ??= crashed('closed', 'it was closed');
      clearInterval(watchdog);
      await worker.terminate();
    },
  };
}

function timedOut(doing: string, limit: number): FailureError {
  return new FailureError({
    code: 'renovate-timeout',
    message: `Renovate did not come back within ${limit / 1000} s: ${doing}`,
    remedy: 'A regex without RE2 can backtrack for ever: make its quantifiers unambiguous, or narrow managerFilePatterns.',
  });
}

function crashed(doing: string, message: string): FailureError {
  return new FailureError({ code: 'renovate-crashed', message: `Renovate crashed (${doing}): ${message}` });
}
