import type { Io } from '../program/io.ts';
import { runProgram, type Program } from '../program/run.ts';
import type { Context } from './command.ts';
import { commands } from './commands/index.ts';

export const PROGRAM: Omit<Program<Context>, 'extend'> = {
  name: 'renovate-argocd',
  introduction: 'renovate-argocd proves that Renovate keeps every chart version up to date that Argo CD or Flux deploys from a repository. It works offline and needs no token, but for deploy, which is the CD job of an application.',
  commands,
};

/** Runs one command line of the validator and gives its exit code. */
export function main(argv: readonly string[], io: Io, open?: Context['open']): Promise<0 | 1 | 2 | 3> {
  return runProgram({ ...PROGRAM, extend: (context) => ({ ...context, open }) }, argv, io);
}
