import { spawnSync } from 'node:child_process';

export interface GitCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface GitAnswer {
  /** Null for what a signal ended. */
  readonly status: number | null;
  readonly stdout: Buffer;
  /** What it complains of. */
  readonly said: string;
}

/** Runs git as a child of this process. */
export function gitDirectly({ args, env }: GitCall, input: Buffer): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', args, { env, input, maxBuffer: 1 << 28 });
  return { status, stdout: stdout ?? Buffer.alloc(0), said: error === undefined ? stderr.toString() : error.message };
}
