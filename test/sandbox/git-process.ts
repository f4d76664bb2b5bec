import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/fixtures.ts';
import { gitDirectly, type GitAnswer } from '../support/git-process/directly.ts';
import { receive, send } from '../support/git-process/frames.ts';

/**
 * Runs git and waits for it. Node forks, and to fork a process of some hundred megabytes takes longer than git does: a Jest worker has its git run by a small process beside it (test/support/git-process), which
 * makes the longest tests a third shorter. Elsewhere (demo, bench) it is run directly.
 */
export function runGit(args: readonly string[], env: Readonly<Record<string, string>>, input: string | Buffer): GitAnswer {
  const meeting = process.env['RENOVATE_ARGOCD_TEST_GIT'];
  const body = typeof input === 'string' ? Buffer.from(input) : input;
  if (meeting === undefined) return gitDirectly({ args, env }, body);
  pipes ??= open(join(meeting, String(process.pid)));
  send(pipes.requests, { head: { args, env }, body });
  const answer = receive(pipes.answers);
  if (answer === null) throw new Error('the process that runs git has ended');
  return { ...(answer.head as Omit<GitAnswer, 'stdout'>), stdout: answer.body };
}

/** Opened once for each test file, and closed by the end of the worker, which ends the process beside it, too. */
let pipes: { readonly requests: number; readonly answers: number } | null = null;

function open(folder: string): { requests: number; answers: number } {
  if (!existsSync(folder)) {
    mkdirSync(folder);
    execFileSync('mkfifo', ['requests', 'answers'], { cwd: folder });
    spawn(process.execPath, [join(projectRoot, 'test/support/git-process/serve.ts'), folder], { stdio: 'ignore' }).unref();
  }
  // either waits until the other side has opened it
  return { requests: openSync(join(folder, 'requests'), 'w'), answers: openSync(join(folder, 'answers'), 'r') };
}
