import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCode, fail, FailureError, type Failure } from '../base/failure.ts';
import { nearest } from '../base/nearest.ts';
import { colours, plain, type Style } from '../base/style.ts';
import { oneLine, printable, width } from '../base/text.ts';
import { helpHint, parseArguments } from './arguments.ts';
import type { Answer, Command } from './command.ts';
import { commandHelp, programHelp } from './help.ts';
import { wantsColour, type Context, type Io } from './io.ts';
import { PACKAGE_ROOT, packageVersion } from './package.ts';
import { startProgress } from './progress.ts';

/** A command line program. What its commands get besides their arguments, `extend` puts together. */
export interface Program<C extends Context> {
  readonly name: string;
  readonly introduction: string;
  readonly commands: readonly Command<C>[];
  extend(context: Context): C;
}

/** Runs one command line and gives its exit code. Expected failures end here; anything else is a defect and throws. */
export async function runProgram<C extends Context>(program: Program<C>, argv: readonly string[], io: Io): Promise<0 | 1 | 2 | 3> {
  try {
    return await dispatch(program, argv, io);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    io.stderr(failureText(error.failure, wantsColour(io, io.stderrIsTty) ? colours : plain));
    return exitCode(error.failure);
  }
}

async function dispatch<C extends Context>(program: Program<C>, argv: readonly string[], io: Io): Promise<0 | 1 | 2 | 3> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    io.stderr(programHelp(program));
    return 2;
  }
  if (first === '--version' || first === '-V') {
    io.stdout(`${packageVersion()}\n`);
    return 0;
  }
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    io.stdout(programHelp(program));
    return 0;
  }
  if (first === 'help') return dispatch(program, [rest[0]!, '--help'], io);
  return runCommand(program, commandNamed(program, first), rest, io);
}

function commandNamed<C extends Context>({ name: program, commands }: Program<C>, name: string): Command<C> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  if (name.startsWith('-')) fail({ code: 'usage', message: `there is no option ${name} before a command`, remedy: `Write the command first. ${helpHint(program, '')}` });
  const near = nearest(name, commands.map((candidate) => candidate.name));
  const hint = near === null ? `The commands are ${commands.map((candidate) => candidate.name).join(', ')}.` : `Did you mean ${near}?`;
  return fail({ code: 'usage', message: `there is no command ${JSON.stringify(name)}`, remedy: `${hint} ${helpHint(program, '')}` });
}

async function runCommand<C extends Context>(program: Program<C>, command: Command<C>, argv: readonly string[], io: Io): Promise<0 | 1 | 3> {
  const parsed = parseArguments(program.name, command, argv, io.cwd);
  if (parsed.help) {
    io.stdout(commandHelp(program.name, command));
    return 0;
  }
  const args = parsed.checked();
  const progress = startProgress(io);
  const notes: string[] = [];
  const style = parsed.output === null && wantsColour(io, io.stdoutIsTty) ? colours : plain;
  const context = program.extend({ io, style, packageRoot: PACKAGE_ROOT, note: (text) => void notes.push(text), step: progress.step });
  let answer: Answer;
  try {
    answer = await command.run(args, context);
  } finally {
    progress.end();
    for (const note of notes) io.stderr(`note: ${oneLine(note)}\n`);
  }
  await deliver(answer, parsed.output, io);
  return answer.exit;
}

async function deliver({ text }: Answer, output: string | null, io: Io): Promise<void> {
  if (output === null) {
    io.stdout(text);
    return;
  }
  try {
    await writeFile(resolve(io.cwd, output), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    fail({ code: 'output-unwritable', message: `${output} cannot be written (${code ?? String(error)})`, remedy: 'Check that its folder exists and may be written to.' });
  }
}

/** `error[code]: message`, then where, with the line when it is known, then what to do. */
export function failureText({ code, message, file, line, column, text, remedy }: Failure, style: Style): string {
  const place = file === undefined ? '' : `  ${style.blue('-->')} ${oneLine([file, line, column].filter((part) => part !== undefined).join(':'))}\n`;
  const help = remedy === undefined ? '' : `  ${style.blue('=')} ${style.bold('help:')} ${oneLine(remedy)}\n`;
  return `${style.red(`error[${code}]`)}: ${oneLine(message)}\n${place}${excerpt(text, line, column, style)}${help}`;
}

function excerpt(text: string | undefined, line: number | undefined, column: number | undefined, style: Style): string {
  if (text === undefined || line === undefined || column === undefined) return '';
  const number = String(line);
  const bar = style.blue(`${' '.repeat(number.length)} |`);
  return `${bar}\n${style.blue(`${number} |`)} ${printable(text)}\n${bar} ${' '.repeat(width(printable(text.slice(0, column - 1))))}${style.red('^')}\n`;
}
