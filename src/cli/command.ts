import type { ExitMeaning, Operand, Option, Command as ProgramCommand } from '../program/command.ts';
import type { Context as ProgramContext } from '../program/io.ts';
import type { Renovate } from '../renovate/types.ts';

/** What a command of the validator gets besides its arguments. */
export interface Context extends ProgramContext {
  /** The door to Renovate, for tests: they run from src/, its thread only from dist/. */
  readonly open?: (() => Renovate) | undefined;
}

export type Command = ProgramCommand<Context>;

export const COULD_NOT_RUN: readonly ExitMeaning[] = [
  { code: 2, meaning: 'wrong usage, or a config that cannot be read as JSON' },
  { code: 3, meaning: 'could not run: a file that may not be read or written, Renovate crashed' },
];

export const DIRECTORY: Operand = { name: 'DIR', description: 'directory to judge, by default the current one; it need not be a git repository' };

/** Options of every command that judges a directory. */
export const CONFIG_OPTIONS: readonly Option[] = [
  { name: 'config', value: 'FILE', description: 'Renovate config to judge, by default the file that Renovate itself would pick in DIR' },
  { name: 'preset', value: 'REF=PATH', repeatable: true, description: 'take the preset REF (without tag and arguments) from the file PATH, because it cannot be fetched offline' },
];
