import { lineIndex, type LineIndex, type Place } from '../base/location.ts';
import { lint, type Adjustments, type Locate } from '../lint/lint.ts';
import { KNOWN_NAMES } from '../lint/known-names.ts';
import { writtenManagers } from '../lint/managers.ts';
import { packageRules } from '../lint/package-rules.ts';
import { patternJudge } from '../lint/patterns.ts';
import type { Finding, Model, Rule, Suppression } from '../lint/rule.ts';
import { readSuppressions } from '../lint/suppress.ts';
import { textsOf } from '../source/repository.ts';
import { documentsOf, type Analysis } from './analyse.ts';

/** Runs the rules over an analysis. */
export function judge(analysis: Analysis, rules: readonly Rule[], { today = '', levels = new Map() }: Partial<Omit<Adjustments, 'suppressions'>> = {}): Finding[] {
  return lint(modelOf(analysis), rules, locator(analysis), { suppressions: suppressionsOf(analysis), today, levels });
}

/** Suppression comments of the judged files and of the config, which need not be among them. */
function suppressionsOf(analysis: Analysis): Suppression[] {
  const texts = new Map(documentsOf(analysis).map(({ file, text }) => [file, text]));
  // other files than these hold no finding, and reading them all would cost more than the rules
  for (const file of analysis.repository.files) if (/\.(?:ya?ml|json5?|tpl)$/.test(file.path)) texts.set(file.path, file.text);
  return [...texts].flatMap(([file, text]) => readSuppressions(file, text));
}

function modelOf(analysis: Analysis): Model {
  const { config, resolved, messages, runs, matches, timetable, pins, shadows, alerting, repository } = analysis;
  const documents = documentsOf(analysis);
  return {
    pins,
    shadows,
    alerting,
    runs,
    messages,
    missing: resolved.missing,
    config: { file: config.exists ? config.document.file : null, resolved: resolved.config },
    documents,
    managers: writtenManagers(documents, runs, resolved.config),
    packageRules: packageRules(matches, resolved.config, runs),
    timetable,
    files: repository.files.map(({ path }) => path),
    text: textsOf(repository),
    names: KNOWN_NAMES,
    patterns: patternJudge(),
  };
}

/** A source that is no document was not written by the user: its faults show at the top of the config that brought it in. */
function locator(analysis: Analysis): Locate {
  const documents = documentsOf(analysis);
  return (source, path, part) => {
    const document = documents.find((candidate) => candidate.source === source);
    if (document === undefined) return analysis.config.document.keyAt(['extends']);
    return part === 'key' ? document.keyAt(path) : document.valueAt(path);
  };
}

/** Lines of judged files, for excerpts; each text is indexed once. */
export function sourceLines(analysis: Analysis): (file: string, line: number) => string | null {
  const texts = new Map<string, () => string>(analysis.repository.files.map((file) => [file.path, () => file.text]));
  for (const document of documentsOf(analysis)) texts.set(document.file, () => document.text);
  const indexes = new Map<string, LineIndex>();
  return (file, line) => {
    const text = texts.get(file);
    if (text === undefined) return null;
    const index = indexes.get(file) ?? lineIndex(text());
    indexes.set(file, index);
    return masked(index.line(line), analysis.alerting.confidential.filter((place) => place.file === file && place.line === line));
  };
}

/** A report goes into logs and merge requests, where more people read than in the repository. */
function masked(line: string, places: readonly Place[]): string {
  return places.reduce((text, { column, length }) => text.slice(0, column - 1) + '•'.repeat(length) + text.slice(column - 1 + length), line);
}
