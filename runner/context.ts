import type { Context } from '../src/program/io.ts';

/** The machine as the runner sees it. Only bin.ts connects it to the process. */
export interface World {
  /** Node, to start Renovate with. */
  readonly node: string;
  readonly cores: number;
  /** Memory that processes may still take, in megabytes, by the limits of the container. */
  readonly memoryMb: number;
  /** SIGTERM or SIGINT: come to an end. */
  readonly draining: AbortSignal;
  /** The signal again: end now. */
  readonly ending: AbortSignal;
  /** Resolves early when draining begins. */
  sleep(ms: number): Promise<void>;
}

/** What a command of the runner gets besides its arguments. */
export interface RunnerContext extends Context {
  readonly world: World;
}

/** Aborts at the second signal, or when the time to drain is over. The timer keeps nothing alive. */
export function endingAfter({ draining, ending }: Pick<World, 'draining' | 'ending'>, drainSeconds: number): AbortSignal {
  const over = new AbortController();
  const begin = (): void => void setTimeout(() => over.abort(), drainSeconds * 1000).unref();
  if (draining.aborted) begin();
  else draining.addEventListener('abort', begin, { once: true });
  return AbortSignal.any([ending, over.signal]);
}
