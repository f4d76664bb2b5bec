import type { Context } from './io.ts';

/** A command is data: help, reference pages and the parser all read it. `C` is what its program gives it besides. */
export interface Command<C extends Context = Context> {
  readonly name: string;
  /** The question that it answers, with its question mark. */
  readonly question: string;
  /** A few sentences more, for `--help`. */
  readonly details: string;
  /** `DIR` or nothing. */
  readonly operand: Operand | null;
  /** The first is the default. */
  readonly formats: readonly FormatName[];
  readonly options: readonly Option[];
  readonly exits: readonly ExitMeaning[];
  run(args: Arguments, context: C): Promise<Answer>;
}

export interface Operand {
  readonly name: string;
  readonly description: string;
  /** The command makes it: it need not exist. */
  readonly created?: boolean;
}

export interface FormatName {
  readonly name: string;
  readonly description: string;
}

export interface Option {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help; null for a switch. */
  readonly value: string | null;
  readonly description: string;
  readonly repeatable?: boolean;
  /** The only values allowed, the default first. */
  readonly choices?: readonly string[];
}

export interface ExitMeaning {
  readonly code: 0 | 1 | 2 | 3;
  readonly meaning: string;
}

/** Parsed and checked against the command's data. */
export interface Arguments {
  /** Absolute, and an existing directory, when the command has a DIR; one that the command makes may be missing. */
  readonly directory: string;
  readonly format: string;
  /** Last value given, or the default of `choices`, or null. */
  value(option: string): string | null;
  /** Whether a switch is there. */
  given(option: string): boolean;
  /** All values of a repeatable option. */
  values(option: string): readonly string[];
}

export interface Answer {
  readonly text: string;
  readonly exit: 0 | 1;
}

/** Options of every command. */
export function commonOptions(command: Pick<Command, 'formats'>): readonly Option[] {
  return [
    { name: 'format', value: 'FORMAT', choices: command.formats.map(({ name }) => name), description: `form of the answer: ${command.formats.map(({ name, description }) => `${name} (${description})`).join(', ')}` },
    { name: 'output', value: 'FILE', description: 'write the answer to FILE instead of stdout' },
    { name: 'help', value: null, description: 'show this help' },
  ];
}
