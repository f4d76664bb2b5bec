import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from '../base/failure.ts';
import { nearest } from '../base/nearest.ts';
import { commonOptions, type Arguments, type Command, type Option } from './command.ts';

/** What the parser reads of a command. */
type Parseable = Pick<Command, 'name' | 'options' | 'operand' | 'formats'>;

export interface Parsed {
  readonly help: boolean;
  readonly output: string | null;
  /** Not called when help is asked for: then a missing directory is no matter. */
  checked(): Arguments;
}

/** @throws FailureError `usage` */
export function parseArguments(program: string, command: Parseable, argv: readonly string[], cwd: string): Parsed {
  const options = [...command.options, ...commonOptions(command)];
  const hint = helpHint(program, command.name);
  const { values, positionals } = parse(command, options, argv, hint);
  function all(name: string): readonly string[] {
    const value = values[name];
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  }
  function last(name: string): string | null {
    const option = options.find((candidate) => candidate.name === name);
    return all(name).at(-1) ?? option?.choices?.[0] ?? null;
  }
  return {
    help: values['help'] !== undefined,
    output: last('output'),
    checked() {
      for (const option of options) checkChoice(option, all(option.name), hint);
      return { directory: directoryOf(command, positionals, cwd, hint), format: last('format') ?? '', value: last, values: all, given: (name) => values[name] !== undefined };
    },
  };
}

type Values = Record<string, (string | boolean)[] | string | boolean | undefined>;

function parse(command: Parseable, options: readonly Option[], argv: readonly string[], hint: string): { values: Values; positionals: readonly string[] } {
  const config = Object.fromEntries(options.map(({ name, value }) => [name, { type: value === null ? ('boolean' as const) : ('string' as const), multiple: true, ...(name === 'help' ? { short: 'h' } : {}) }]));
  try {
    return parseArgs({ args: [...argv], options: config, strict: true, allowPositionals: true });
  } catch (error) {
    return usageError(command, options, error as Error & { code?: string }, hint);
  }
}

function usageError(command: Parseable, options: readonly Option[], error: Error & { code?: string }, help: string): never {
  if (!error.code?.startsWith('ERR_PARSE_ARGS_')) throw error;
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const written = /'(?<option>[^' ]+)/.exec(error.message)?.groups?.['option'] ?? '';
    const near = nearest(written, options.map(({ name }) => `--${name}`));
    fail({ code: 'usage', message: `\`${command.name}\` has no option ${written}`, remedy: near === null ? help : `Did you mean ${near}? ${help}` });
  }
  const option = options.find(({ name }) => error.message.includes(`--${name}`));
  if (option === undefined) fail({ code: 'usage', message: error.message.split('\n')[0]!, remedy: help });
  const message = option.value === null ? `--${option.name} takes no value` : `--${option.name} needs a value`;
  return fail({ code: 'usage', message, remedy: option.value === null ? help : `Write --${option.name} ${option.value}. ${help}` });
}

function checkChoice({ name, choices }: Option, given: readonly string[], hint: string): void {
  if (choices === undefined) return;
  for (const value of given) {
    if (choices.includes(value)) continue;
    const near = nearest(value, choices);
    const did = near === null ? '' : `Did you mean ${near}? `;
    fail({ code: 'usage', message: `--${name} cannot be ${JSON.stringify(value)}`, remedy: `${did}It is one of ${choices.join(', ')}. ${hint}` });
  }
}

function directoryOf(command: Parseable, positionals: readonly string[], cwd: string, hint: string): string {
  const allowed = command.operand === null ? 0 : 1;
  const extra = positionals[allowed];
  if (extra !== undefined) {
    fail({ code: 'usage', message: `\`${command.name}\` takes ${allowed === 0 ? 'no argument' : 'one directory'}, but got ${JSON.stringify(extra)} too`, remedy: hint });
  }
  const written = positionals[0] ?? '.';
  const directory = resolve(cwd, written);
  const stat = command.operand === null ? null : looked(directory, written);
  if (stat === undefined && command.operand?.created !== true) {
    fail({ code: 'directory-missing', message: `there is no directory ${written}`, remedy: 'Name the folder of a cluster repository, or leave it out for the current one.' });
  }
  if (stat?.isDirectory() === false) {
    fail({ code: 'directory-missing', message: `${written} is a file, not a directory`, remedy: 'Name the folder that holds it.' });
  }
  return directory;
}

function looked(directory: string, written: string): ReturnType<typeof statSync> {
  try {
    return statSync(directory, { throwIfNoEntry: false });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return fail({ code: 'directory-missing', message: `${written} cannot be looked at (${code})`, remedy: 'Check how it is written, and who may enter the folders above it.' });
  }
}

export function helpHint(program: string, command: string): string {
  return `See ${[program, command, '--help'].filter((part) => part !== '').join(' ')}.`;
}
