import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { runIn } from '../src/program/process.ts';
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

await runIn(process, 'renovate-argocd-runner', (argv, io) =>
  main(argv, io, {
    node: process.execPath,
    cores: availableParallelism(),
    memoryMb: process.availableMemory() / (1 << 20),
    draining: draining.signal,
    ending: ending.signal,
    sleep: (ms) => wait(ms, undefined, { signal: draining.signal }).catch(() => {}),
  }),
);
