import { fail } from '../../base/failure.ts';
import { nearest } from '../../base/nearest.ts';
import type { Arguments } from '../../program/command.ts';
import type { Io } from '../../program/io.ts';
import { FIELDS, type Field, type Known, type Values } from '../../scaffold/fields.ts';
import { readTag } from '../../scaffold/read.ts';

type Asking = Pick<Io, 'ask' | 'stderr'>;

/**
 * The team's values: options, then answers on a terminal, then defaults. Every one is checked before it goes anywhere near a file.
 * @throws FailureError `usage` for an option that cannot be, and for a value that nobody can know; `interrupted` when the questions are broken off
 */
export async function valuesOf(args: Pick<Arguments, 'value' | 'values' | 'given'>, known: Known, io: Asking): Promise<Values> {
  const asks = io.ask !== undefined && !args.given('yes');
  const given = Object.fromEntries(FIELDS.flatMap((field) => (args.value(field.option) === null ? [] : [[field.name, checked(field, args.value(field.option)!)]])));
  const tags = args.values('tag').map((text) => reading(readTag(text), '--tag', text));
  let values: Partial<Values> = { TAGS: tags };
  for (const field of FIELDS) {
    const fallback = field.fallback(values, known);
    const value = given[field.name] ?? (asks && field.question !== null ? await answered(field, fallback, io) : fallback);
    if (value === null) return fail({ code: 'usage', message: 'nothing says which project of GitLab this repository is', remedy: 'Write --project GROUP/PROJECT. In a clone of the project it is taken from the remote origin.' });
    values = { ...values, [field.name]: value };
  }
  return values as Values;
}

function checked(field: Field, text: string): string {
  return reading(field.read(text), `--${field.option}`, text, field.choices);
}

function reading(result: ReturnType<Field['read']>, option: string, text: string, choices: readonly string[] = []): string {
  if (result.ok) return result.value;
  const near = nearest(text, choices);
  // what was written may be an address with a password in it, and is in the command line anyway
  return fail({ code: 'usage', message: `${option}: ${result.problem}`, remedy: near === null ? 'See renovate-argocd init --help.' : `Did you mean ${near}?` });
}

/** Asks until the answer can be used. An empty one takes the default. */
async function answered(field: Field, fallback: string | null, { ask, stderr }: Asking): Promise<string> {
  const hint = fallback === null || fallback === '' ? '' : ` [${fallback}]`;
  for (;;) {
    const answer = await ask!(`${field.question}${hint}: `);
    if (answer === null) return fail({ code: 'interrupted', message: 'the questions were broken off; nothing was written', remedy: 'With --yes nothing is asked.' });
    const text = answer.trim();
    if (text === '' && fallback !== null) return fallback;
    const result = field.read(text);
    if (result.ok) return result.value;
    stderr(`  ${result.problem}\n`);
  }
}
