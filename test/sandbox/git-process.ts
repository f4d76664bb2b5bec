import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/fixtures.ts';

/**
 * Runs git and waits for it. Node forks, and to fork a process of some hundred megabytes takes longer than git does: a Jest worker has its git run by a small process beside it (test/support/git-process), which
 * makes the longest tests a third shorter. Elsewhere (demo, bench) it is run directly.
 */
export interface GitAnswer {
  /** Null for what a signal ended. */
  readonly status: number | null;
  readonly stdout: Buffer;
  /** What it complains of. */
  readonly said: string;
}

export function runGit(args: readonly string[], env: Readonly<Record<string, string>>, input: string | Buffer): GitAnswer {
  const meeting = process.env['RENOVATE_ARGOCD_TEST_GIT'];
  return meeting === undefined ? directly(args, env, input) : beside(join(meeting, String(process.pid)), args, env, input);
}

function directly(args: readonly string[], env: Readonly<Record<string, string>>, input: string | Buffer): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', args, { env, input, maxBuffer: 1 << 28 });
  return { status, stdout: stdout ?? Buffer.alloc(0), said: error === undefined ? stderr.toString() : error.message };
}

/** Opened once for each test file, and closed by the end of the worker, which ends the process beside it, too. */
let pipes: { readonly requests: number; readonly answers: number } | null = null;

function beside(folder: string, args: readonly string[], env: Readonly<Record<string, string>>, input: string | Buffer): GitAnswer {
  pipes ??= open(folder);
  write(pipes.requests, Buffer.from(JSON.stringify({ args, env })), typeof input === 'string' ? Buffer.from(input) : input);
  const lengths = read(pipes.answers, 8);
  const head = JSON.parse(read(pipes.answers, lengths.readUInt32BE(0)).toString()) as Omit<GitAnswer, 'stdout'>;
  return { ...head, stdout: read(pipes.answers, lengths.readUInt32BE(4)) };
}

function open(folder: string): { requests: number; answers: number } {
  if (!existsSync(folder)) {
    mkdirSync(folder);
    execFileSync('mkfifo', ['requests', 'answers'], { cwd: folder });
    spawn(process.execPath, [join(projectRoot, 'test/support/git-process/serve.mjs'), folder], { stdio: 'ignore' }).unref();
  }
  // either waits until the other side has opened it
  return { requests: openSync(join(folder, 'requests'), 'w'), answers: openSync(join(folder, 'answers'), 'r') };
}

function write(pipe: number, head: Buffer, body: Buffer): void {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(head.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  const bytes = Buffer.concat([lengths, head, body]);
  for (let at = 0; at < bytes.length; ) at += writeSync(pipe, bytes, at);
}

function read(pipe: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const more = readSync(pipe, bytes, at, size - at, null);
    if (more === 0) throw new Error('the process that runs git has ended');
    at += more;
  }
  return bytes;
}
