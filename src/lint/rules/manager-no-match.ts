import { lineIndex } from '../../base/location.ts';
import type { JsonObject, ManagerRun } from '../../renovate/types.ts';
import { plural, someOf, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerNoMatch: Rule = {
  name: 'manager-no-match',
  severity: 'warning',
  summary: 'A manager reads files but extracts nothing from them',
  fixable: false,
  check: (model) => model.managers.filter((manager) => isBarren(model, manager)).map((manager) => draftOf(model, manager)),
};

function isBarren(model: Model, { run }: WrittenManager): boolean {
  if (run === null || run.matchedFiles.length === 0 || run.dependencies.length > 0) return false;
  // manager-dropped-match says what its matches lack
  if (run.dropped.length > 0) return false;
  return run.manager !== 'custom.regex' || run.matchStrings.every((regex) => !isExplained(model, run.matchedFiles, regex));
}

/** regex-not-re2 says that an engine refuses the regex, regex-engine-dependent that only one of the two refuses it, or finds something. */
function isExplained({ patterns, text }: Model, files: readonly string[], regex: string): boolean {
  if (patterns.refusal(regex) !== null) return true;
  const reading = patterns.asRegExp(regex);
  if (reading.kind !== 'rewritten') return reading.kind === 'refused';
  return files.some((file) => reading.telling.test(text(file)) && [regex, reading.regex].some((either) => patterns.matchesOf(either, text(file)).length > 0));
}

function draftOf(model: Model, { source, manager, label, path, settings, run }: WrittenManager): Draft {
  const files = run?.matchedFiles ?? [];
  const why = run?.error == null ? '' : `: ${run.error}`;
  const [nearest] = reaches(model, settings, run);
  return {
    ...(run?.error == null && isForOthers(model, source, nearest, files) ? { severity: 'info' as const } : {}),
    message: `${label} reads ${plural(files.length, 'file')} (${someOf(files)}) but extracts nothing${why}${nearest === undefined ? '' : `: ${nearest.text}`}`,
    remedy: remedyFor(manager, nearest),
    target: { kind: 'config', source, path: manager.startsWith('custom.') ? [...path, 'matchStrings', nearest?.index ?? 0] : [...path, 'managerFilePatterns'] },
    data: { manager, files, error: run?.error ?? null, ...(nearest === undefined ? {} : { file: nearest.file, line: nearest.line, fits: nearest.fits, rest: nearest.rest }) },
  };
}

/** A pattern for a kind of file, not for one file. */
const MANY_FILES = 10;

/**
 * Presets are written for many repositories, of which not all have such lines. So are managers for many files where nothing waits for one, and of whose
 * regex not even the first group fits anything.
 */
function isForOthers(model: Model, source: string, nearest: Nearest | undefined, files: readonly string[]): boolean {
  if (source !== model.documents[0]?.source) return true;
  if (nearest === undefined || files.length < MANY_FILES || /\(\?<\w+>/.test(nearest.fits)) return false;
  const read = new Set(files);
  return !model.pins.some(({ status, file }) => status === 'unmanaged' && read.has(file));
}

interface Nearest {
  /** Of the regex in matchStrings. */
  readonly index: number;
  readonly file: string | null;
  readonly line: number;
  readonly fits: string;
  readonly rest: string;
  readonly text: string;
}

/** How far each regex gets, the one that gets furthest first. Later regexes of the recursive strategy see only what the first one found. */
function reaches({ patterns, text, pins }: Model, settings: JsonObject, run: ManagerRun | null): Nearest[] {
  if (run === null || run.manager !== 'custom.regex') return [];
  // of equally near ones the first is named: rather a file with a version that waits for this manager than any other
  const waiting = new Set(pins.filter(({ status }) => status === 'unmanaged').map(({ file }) => file));
  const files = [...run.matchedFiles.filter((file) => waiting.has(file)), ...run.matchedFiles.filter((file) => !waiting.has(file))];
  const texts = files.map((file) => ({ file, text: text(file) }));
  const regexes = settings['matchStringsStrategy'] === 'recursive' ? run.matchStrings.slice(0, 1) : run.matchStrings;
  return regexes
    .map((regex, index): Nearest => {
      const reach = patterns.reach(regex, texts);
      if (reach === null) return { index, file: null, line: 0, fits: '', rest: regex, text: `not even the beginning of the regex stands in ${texts.length === 1 ? 'it' : 'them'}: \`${clipped(regex)}\`` };
      const { file, fits, rest, offset } = reach;
      const { line } = lineIndex(text(file)).at(offset);
      return { index, file, line, fits, rest, text: rest === '' ? `the regex fits at ${file}:${line}` : `at ${file}:${line} the regex fits up to \`${tail(fits)}\` and then finds no \`${clipped(rest)}\`` };
    })
    .sort((a, b) => b.fits.length - a.fits.length);
}

const SHOWN = 40;

function clipped(regex: string): string {
  return regex.length <= SHOWN ? regex : `${regex.slice(0, SHOWN)}…`;
}

function tail(regex: string): string {
  return regex.length <= SHOWN ? regex : `…${regex.slice(-SHOWN)}`;
}

function remedyFor(manager: string, nearest: Nearest | undefined): string {
  if (nearest !== undefined && nearest.fits !== '' && nearest.rest !== '') {
    return 'Let the regex go on as the file does there: its keys in the order of the file, and \\s for spaces and line ends in between.';
  }
  if (manager === 'custom.regex') {
    return 'Hold matchStrings against one of these files.';
  }
  if (manager === 'custom.jsonata') {
    return 'Try the query on one of these files. Values must be strings ($string(…)): one number in the result loses the whole file.';
  }
  return 'Narrow managerFilePatterns to files of its kind, or remove the entry. The argocd manager reads nothing from templated versions, from `kind: List` and from files with one broken document.';
}
