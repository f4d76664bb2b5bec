import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { main } from './main.ts';

/** Connects the command line to the process. The first signal lets what runs come to its end, the second ends it. */
const draining = new AbortController();
const ending = new AbortController();

function interrupt(): void {
  if (draining.signal.aborted) ending.abort();
  draining.abort();
}
process.on('SIGTERM', interrupt);
process.on('SIGINT', interrupt);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `… | head` closes the pipe early, which is no fault.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await main(
    process.argv.slice(2),
    {
      cwd: process.cwd(),
      env: process.env,
      stdoutIsTty: process.stdout.isTTY === true,
      stderrIsTty: process.stderr.isTTY === true,
      now: () => Date.now(),
      stdout: (text) => void process.stdout.write(text),
      stderr: (text) => void process.stderr.write(text),
    },
    {
      node: process.execPath,
      cores: availableParallelism(),
      memoryMb: process.availableMemory() / (1 << 20),
      draining: draining.signal,
      ending: ending.signal,
      sleep: (ms) => wait(ms, undefined, { signal: draining.signal }).catch(() => {}),
    },
  );
} catch (error) {
  // The stack, not the error: inspected, an error of a library may show what it was given.
  process.stderr.write(`This is a defect of renovate-argocd-runner; please report it with the command line and this text:\n${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 3;
}
