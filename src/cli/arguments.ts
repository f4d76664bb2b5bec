import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from '../base/failure.ts';
import { nearest } from '../base/nearest.ts';
import { commonOptions, type Arguments, type Command, type Option } from './command.ts';

export interface Parsed {
  readonly help: boolean;
  readonly output: string | null;
  /** Not called when help is asked for: then a missing directory is no matter. */
  checked(): Arguments;
}

/** @throws FailureError `usage` */
export function parseArguments(command: Command, argv: readonly string[], cwd: string): Parsed {
  const options = [...command.options, ...commonOptions(command)];
  const { values, positionals } = parse(command, options, argv);
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
      for (const option of options) checkChoice(command, option, all(option.name));
      return { directory: directoryOf(command, positionals, cwd), format: last('format') ?? '', value: last, values: all, given: (name) => values[name] !== undefined };
    },
  };
}

type Values = Record<string, (string | boolean)[] | string | boolean | undefined>;

function parse(command: Command, options: readonly Option[], argv: readonly string[]): { values: Values; positionals: readonly string[] } {
  const config = Object.fromEntries(options.map(({ name, value }) => [name, { type: value === null ? ('boolean' as const) : ('string' as const), multiple: true, ...(name === 'help' ? { short: 'h' } : {}) }]));
  try {
    return parseArgs({ args: [...argv], options: config, strict: true, allowPositionals: true });
  } catch (error) {
    return usageError(command, options, error as Error & { code?: string });
  }
}

function usageError(command: Command, options: readonly Option[], error: Error & { code?: string }): never {
  if (!error.code?.startsWith('ERR_PARSE_ARGS_')) throw error;
  const help = helpHint(command.name);
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

function checkChoice(command: Command, { name, choices }: Option, given: readonly string[]): void {
  if (choices === undefined) return;
  for (const value of given) {
    if (choices.includes(value)) continue;
    const near = nearest(value, choices);
    const did = near === null ? '' : `Did you mean ${near}? `;
    fail({ code: 'usage', message: `--${name} cannot be ${JSON.stringify(value)}`, remedy: `${did}It is one of ${choices.join(', ')}. ${helpHint(command.name)}` });
  }
}

function directoryOf(command: Command, positionals: readonly string[], cwd: string): string {
  const allowed = command.operand === null ? 0 : 1;
  const extra = positionals[allowed];
  if (extra !== undefined) {
    fail({ code: 'usage', message: `\`${command.name}\` takes ${allowed === 0 ? 'no argument' : 'one directory'}, but got ${JSON.stringify(extra)} too`, remedy: helpHint(command.name) });
  }
  const written = positionals[0] ?? '.';
  const directory = resolve(cwd, written);
  const stat = command.operand === null ? null : statSync(directory, { throwIfNoEntry: false });
  if (stat === undefined) {
    fail({ code: 'directory-missing', message: `there is no directory ${written}`, remedy: 'Name the folder of a cluster repository, or leave it out for the current one.' });
  }
  if (stat?.isDirectory() === false) {
    fail({ code: 'directory-missing', message: `${written} is a file, not a directory`, remedy: 'Name the folder that holds it.' });
  }
  return directory;
}

export function helpHint(command: string): string {
  return `See renovate-argocd ${command === '' ? '' : `${command} `}--help.`;
}
