import { commonOptions, type Command, type Option } from './command.ts';

/** What the help reads of a program. */
export interface Described {
  readonly name: string;
  /** A sentence or two: what it is for, what it needs. */
  readonly introduction: string;
  readonly commands: readonly Entry[];
}

type Entry = Pick<Command, 'name' | 'question' | 'details' | 'operand' | 'options' | 'formats' | 'exits'>;

export function programHelp({ name, introduction, commands }: Described): string {
  const width = Math.max(...commands.map((command) => usageOf(command).length));
  return [
    wrap(introduction, ''),
    '',
    `Usage: ${name} COMMAND [OPTIONS]`,
    '',
    'Commands:',
    ...commands.map((command) => wrap(command.question, `  ${usageOf(command).padEnd(width)}  `)),
    '',
    'Options:',
    '  --help      show the help of the program, or of a command after its name',
    '  --version   show the version',
    '',
    'Exit codes: 0 clean, 1 findings, 2 wrong usage or config, 3 could not run.',
    '',
  ].join('\n');
}

export function commandHelp(program: string, command: Entry): string {
  const options = [...command.options, ...commonOptions(command)];
  const width = Math.max(...options.map((option) => optionUsage(option).length), command.operand?.name.length ?? 0);
  return [
    `Usage: ${program} ${usageOf(command)} [OPTIONS]`,
    '',
    command.question,
    '',
    wrap(command.details, ''),
    '',
    ...(command.operand === null ? [] : ['Arguments:', wrap(command.operand.description, `  ${command.operand.name.padEnd(width)}  `), '']),
    'Options:',
    ...options.map((option) => wrap(optionText(option), `  ${optionUsage(option).padEnd(width)}  `)),
    '',
    'Exit codes:',
    ...command.exits.map(({ code, meaning }) => `  ${code}  ${meaning}`),
    '',
  ].join('\n');
}

export function usageOf({ name, operand }: Pick<Command, 'name' | 'operand'>): string {
  return operand === null ? name : `${name} [${operand.name}]`;
}

export function optionUsage({ name, value }: Option): string {
  return value === null ? `--${name}` : `--${name} ${value}`;
}

/** The description, and what the data says besides. */
export function optionText({ name, description, repeatable, choices }: Option): string {
  const allowed = choices === undefined || name === 'format' ? '' : ` (${choices.join(', ')})`;
  const fallback = choices === undefined || choices.length < 2 ? '' : `; by default ${choices[0]}`;
  return `${description}${allowed}${fallback}${repeatable === true ? '; may be repeated' : ''}`;
}

const WIDTH = 100;

/** Breaks text into lines; the first starts with `head`, the others with as many spaces. */
function wrap(text: string, head: string): string {
  const lines: string[] = [];
  let line = head;
  for (const word of text.split(' ')) {
    if (line.length + word.length > WIDTH && line.trim() !== '' && line !== head) {
      lines.push(line.trimEnd());
      line = ' '.repeat(head.length);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}
