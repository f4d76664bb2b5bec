import type { Io } from '../src/program/io.ts';
import { runProgram, type Program } from '../src/program/run.ts';
import { commands } from './commands/index.ts';
import type { RunnerContext, World } from './context.ts';

export const PROGRAM: Omit<Program<RunnerContext>, 'extend'> = {
  name: 'renovate-argocd-runner',
  introduction: 'renovate-argocd-runner runs Renovate for the projects of a GitLab, spreads the work, and reports what it did and what waits for whom. It needs GitLab\'s address and a token in RENOVATE_TOKEN.',
  commands,
};

/** Runs one command line of the runner and gives its exit code. */
export function main(argv: readonly string[], io: Io, world: World): Promise<0 | 1 | 2 | 3> {
  return runProgram({ ...PROGRAM, extend: (context) => ({ ...context, world }) }, argv, io);
}
