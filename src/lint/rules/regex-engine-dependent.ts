import { regexesIn, type WrittenRegex } from '../../base/config-regexes.ts';
import { stringsOf } from '../../base/config-walk.ts';
import { lineIndex } from '../../base/location.ts';
import { regexTarget, type Document, type Draft, type Model, type PatternJudge, type RegExpReading, type Rule, type WrittenManager } from '../rule.ts';

export const regexEngineDependent: Rule = {
  name: 'regex-engine-dependent',
  severity: 'warning',
  summary: 'With RE2, as in Renovate\'s images, a regex does something else than with RegExp, as on machines without RE2',
  fixable: false,
  check: (model) => [...model.documents.flatMap((document) => foreignIn(model, document)), ...model.managers.flatMap((manager) => differencesIn(model, manager))],
};

/** Regexes that only RE2 reads as they are meant. */
function foreignIn({ patterns }: Model, { source, value }: Document): Draft[] {
  return [...regexesIn(value)].flatMap((written): Draft[] => {
    // regex-not-re2 has those that RE2 refuses
    if (patterns.refusal(written.regex) !== null) return [];
    const reading = patterns.asRegExp(written.regex);
    const message = reading.kind === 'refused' ? refused(written, reading.reason) : reading.kind === 'otherwise' ? `RE2 knows ${reading.tokens[0]!}, RegExp takes it for plain characters: without RE2 this regex matches something else` : null;
    return message === null ? [] : [{ message, remedy: remedyFor(written.regex), target: { kind: 'config', source, path: written.path }, data: { regex: written.regex } }];
  });
}

/** A file pattern becomes a glob, anything else stops the repository (44.121.2, util/string-match.js and config/validation.js). */
function refused({ option }: WrittenRegex, reason: string): string {
  const effect = option === 'managerFilePatterns' ? 'takes this pattern for a glob' : 'stops at the whole repository';
  return `RE2 accepts this regex, RegExp refuses it (${reason.toLowerCase()}): without RE2 Renovate ${effect}`;
}

function remedyFor(regex: string): string {
  return REMEDIES.find(({ pattern }) => pattern.test(regex))?.remedy ?? 'Write it in the syntax that both have.';
}

const REMEDIES: readonly { readonly pattern: RegExp; readonly remedy: string }[] = [
  { pattern: /\(\?[imsU-]+\)/, remedy: 'Write (?i:…) around what it is for: both engines read that.' },
  { pattern: /\(\?P</, remedy: 'Write (?<name>…) for a named group.' },
  { pattern: /\[:\^?[a-z]+:\]/, remedy: 'Write the characters out, such as [A-Za-z] for [[:alpha:]].' },
  { pattern: /\\[Az]/, remedy: 'Write ^ for \\A and $ for \\z.' },
  { pattern: /\\[pP]/, remedy: 'Write the characters out, such as [A-Za-z]: Renovate compiles regexes without Unicode classes.' },
];

interface Difference {
  readonly file: string;
  readonly offset: number;
  readonly re2: string | null;
  readonly regExp: string | null;
  readonly group: string;
}

/** One finding for a regex; for the whole list where each regex searches what the one before it found. */
function differencesIn(model: Model, manager: WrittenManager): Draft[] {
  const { run, settings } = manager;
  if (run?.manager !== 'custom.regex') return [];
  const regexes = stringsOf(settings['matchStrings']);
  const chains = settings['matchStringsStrategy'] === 'recursive' ? [{ entry: null, chain: regexes }] : regexes.map((regex, entry) => ({ entry, chain: [regex] }));
  return chains.flatMap(({ entry, chain }): Draft[] => {
    const difference = firstDifference(model, manager, chain);
    if (difference === null) return [];
    return [{ ...wording(model, manager, difference), target: regexTarget(manager, entry), data: { ...difference } }];
  });
}

function firstDifference(model: Model, { run }: WrittenManager, chain: readonly string[]): Difference | null {
  if (chain.some((regex) => model.patterns.refusal(regex) !== null)) return null;
  const readings = chain.map((regex) => model.patterns.asRegExp(regex));
  const rewritten = readings.map((reading, index) => (reading.kind === 'rewritten' ? reading.regex : chain[index]!));
  const telling = readings.flatMap((reading: RegExpReading) => (reading.kind === 'rewritten' ? [reading.telling] : []));
  if (telling.length === 0 || readings.some(({ kind }) => kind === 'refused' || kind === 'otherwise')) return null;
  for (const file of run?.matchedFiles ?? []) {
    const text = model.text(file);
    if (!telling.some((pattern) => pattern.test(text))) continue;
    const difference = compare(extraction(model.patterns, chain, text), extraction(model.patterns, rewritten, text));
    if (difference !== null && !isSyntax(difference, run, file)) return { file, ...difference };
  }
  return null;
}

interface Extracted {
  readonly offset: number;
  readonly groups: Readonly<Record<string, string>>;
}

/** As Renovate does: each regex searches the matches of the one before it, and what they captured adds up. */
function extraction(patterns: PatternJudge, [regex, ...inner]: readonly string[], text: string): Extracted[] {
  if (regex === undefined) return [{ offset: 0, groups: {} }];
  return patterns.matchesOf(regex, text).flatMap(({ offset, length, groups }) => {
    const captured = Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, group.text]));
    return extraction(patterns, inner, text.slice(offset, offset + length)).map((found) => ({ offset: offset + found.offset, groups: { ...captured, ...found.groups } }));
  });
}

/** Captures count, not what was matched around them. */
function compare(re2: readonly Extracted[], regExp: readonly Extracted[]): Omit<Difference, 'file'> | null {
  for (let index = 0; index < Math.max(re2.length, regExp.length); index += 1) {
    const [one, other] = [re2[index], regExp[index]];
    const names = new Set([...Object.keys(one?.groups ?? {}), ...Object.keys(other?.groups ?? {})]);
    const group = [...names].sort(byWeight).find((name) => one?.groups[name] !== other?.groups[name]);
    if (group !== undefined) return { offset: (one ?? other)!.offset, group, re2: one?.groups[group] ?? null, regExp: other?.groups[group] ?? null };
  }
  return null;
}

function byWeight(a: string, b: string): number {
  return Number(b === 'currentValue') - Number(a === 'currentValue');
}

/** Where RE2 runs, manager-captured-syntax sees the white space that it takes along. */
function isSyntax({ re2, regExp }: Omit<Difference, 'file'>, run: WrittenManager['run'], file: string): boolean {
  if (re2 === null || regExp === null || !/\s$/.test(re2)) return false;
  return run?.dependencies.some((dependency) => dependency.file === file && [dependency.currentValue, dependency.depName, dependency.packageName].includes(re2)) === true;
}

function wording(model: Model, { label }: WrittenManager, { file, offset, group, re2, regExp }: Difference): { message: string; remedy: string } {
  const where = `${file}:${lineIndex(model.text(file)).at(offset).line}`;
  const told = (value: string | null) => (value === null ? 'nothing' : JSON.stringify(value).slice(0, 60));
  const culprit = /\r/.test(`${re2 ?? ''}${regExp ?? ''}`) || /\r/.test(model.text(file)) ? 'carriage' : 'space';
  return {
    message: `${label}: for ${group} this regex captures ${told(re2)} with RE2 and ${told(regExp)} with RegExp (${where})`,
    remedy:
      culprit === 'carriage'
        ? 'In RE2 . takes the carriage return of a CRLF line: write [^\\r\\n] for it, and \\r?\\n for the end of a line, or save the file with LF.'
        : 'In RE2 \\s takes ASCII spaces only: replace the no-break space or other Unicode space in the file, or write [\\s\\x{a0}] for \\s.',
  };
}
