import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCode, fail, FailureError, type Failure } from '../base/failure.ts';
import { nearest } from '../base/nearest.ts';
import { colours, plain, type Style } from '../report/style.ts';
import { oneLine } from '../report/text.ts';
import { helpHint, parseArguments } from './arguments.ts';
import type { Answer, Command } from './command.ts';
import { commands } from './commands/index.ts';
import { commandHelp, programHelp } from './help.ts';
import { wantsColour, type Context, type Io } from './io.ts';
import { PACKAGE_ROOT, packageVersion } from './package.ts';
import { startProgress } from './progress.ts';

/** Runs one command line and gives its exit code. Expected failures end here; anything else is a defect and throws. */
export async function main(argv: readonly string[], io: Io, open?: Context['open']): Promise<0 | 1 | 2 | 3> {
  try {
    return await dispatch(argv, io, open);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    io.stderr(failureText(error.failure, wantsColour(io, io.stderrIsTty) ? colours : plain));
    return exitCode(error.failure);
  }
}

async function dispatch(argv: readonly string[], io: Io, open: Context['open']): Promise<0 | 1 | 2> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    io.stderr(programHelp(commands));
    return 2;
  }
  if (first === '--version' || first === '-V') {
    io.stdout(`${packageVersion()}\n`);
    return 0;
  }
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    io.stdout(programHelp(commands));
    return 0;
  }
  if (first === 'help') return dispatch([rest[0]!, '--help'], io, open);
  return runCommand(commandNamed(first), rest, io, open);
}

function commandNamed(name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  if (name.startsWith('-')) fail({ code: 'usage', message: `there is no option ${name} before a command`, remedy: `Write the command first. ${helpHint('')}` });
  const near = nearest(name, commands.map((candidate) => candidate.name));
  const hint = near === null ? `The commands are ${commands.map((candidate) => candidate.name).join(', ')}.` : `Did you mean ${near}?`;
  return fail({ code: 'usage', message: `there is no command ${JSON.stringify(name)}`, remedy: `${hint} ${helpHint('')}` });
}

async function runCommand(command: Command, argv: readonly string[], io: Io, open: Context['open']): Promise<0 | 1> {
  const parsed = parseArguments(command, argv, io.cwd);
  if (parsed.help) {
    io.stdout(commandHelp(command));
    return 0;
  }
  const args = parsed.checked();
  const progress = startProgress(io);
  const notes: string[] = [];
  const style = parsed.output === null && wantsColour(io, io.stdoutIsTty) ? colours : plain;
  const context: Context = { io, open, style, packageRoot: PACKAGE_ROOT, note: (text) => void notes.push(text), step: progress.step };
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

/** `error[code]: message`, then where, then what to do. */
function failureText({ code, message, file, line, column, remedy }: Failure, style: Style): string {
  const place = file === undefined ? '' : `  ${style.blue('-->')} ${oneLine([file, line, column].filter((part) => part !== undefined).join(':'))}\n`;
  const help = remedy === undefined ? '' : `  ${style.blue('=')} ${style.bold('help:')} ${oneLine(remedy)}\n`;
  return `${style.red(`error[${code}]`)}: ${oneLine(message)}\n${place}${help}`;
}
