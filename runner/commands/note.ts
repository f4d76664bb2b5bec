import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../../src/base/failure.ts';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { mergeRequestOf, MERGE_REQUEST_OPTIONS } from './merge-request.ts';
import { CONNECTION_OPTIONS, DRY_RUN_OPTION } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const note: Command<RunnerContext> = {
  name: 'note',
  question: 'Keep one note on a merge request up to date, whatever was said in it before?',
  details: 'For a job in merge request pipelines that has something to say, such as what `explain` and `pins` of renovate-argocd say with --against. The note is found again by its name and its author; a text that says the same again changes nothing. Quick actions in the text stay text.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [
    ...CONNECTION_OPTIONS,
    ...MERGE_REQUEST_OPTIONS,
    { name: 'file', value: 'FILE', repeatable: true, description: 'markdown to write; several are written one below the other' },
    { name: 'name', value: 'NAME', description: 'which of several notes it is; by default changes' },
    { name: 'only-update', value: null, description: 'begin no new note: for a text that says that nothing is to be said' },
    DRY_RUN_OPTION,
  ],
  exits: [{ code: 0, meaning: 'the note says it' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ setup }, { keepNote, NAME }] = await Promise.all([import('../setup.ts'), import('../merge-request-note.ts')]);
    const { io } = context;
    const target = mergeRequestOf(args, io.env);
    const name = args.value('name') ?? 'changes';
    if (!NAME.test(name)) fail({ code: 'usage', message: `--name ${JSON.stringify(name)} is no name of a note`, remedy: 'Lower-case letters, digits and dashes, such as policy-changes.' });
    const files = args.values('file');
    if (files.length === 0) fail({ code: 'usage', message: 'no text is named', remedy: 'Write --file FILE.' });
    const texts = files.map((file) => textOf(file, resolve(io.cwd, file)));
    const done = await keepNote(setup(args, context), target, { name, texts, onlyUpdate: args.given('only-update'), write: !args.given('dry-run') }, context);
    return { text: args.format === 'json' ? `${JSON.stringify({ version: 1, ...done }, null, 2)}\n` : `${done.action === 'none' ? 'nothing to write' : `${args.given('dry-run') ? 'would be ' : ''}${done.action}`}: note ${name} on ${target.path}!${target.iid}\n`, exit: 0 };
  },
};

function textOf(file: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return fail({ code: 'usage', message: `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}`, remedy: 'Check the path given with --file: it is taken from the working directory.' });
  }
}
