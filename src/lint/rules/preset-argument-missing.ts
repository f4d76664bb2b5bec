import { extendsIn, objectsIn, textsIn, type ConfigPath } from '../../base/config-walk.ts';
import type { EntrySource, JsonObject } from '../../renovate/types.ts';
import { entrySource, someOf, type Draft, type Model, type Rule } from '../rule.ts';

export const presetArgumentMissing: Rule = {
  name: 'preset-argument-missing',
  severity: 'error',
  summary: 'A preset is extended without an argument that it needs, so that its placeholder stays in the config',
  fixable: false,
  check: draftsOf,
};

/** A placeholder that no argument replaced. */
interface Leftover {
  /** `{{arg0}}`, `{{args}}`. */
  readonly placeholder: string;
  /** Path of the option, for people. */
  readonly option: string;
  /** The manager or rule that it stands in, where that is known. */
  readonly entry: Entry | null;
}

interface Entry extends EntrySource {
  readonly list: string;
}

interface Reference {
  readonly text: string;
  readonly source: string;
  readonly path: ConfigPath;
}

function draftsOf(model: Model): Draft[] {
  const leftovers = leftoversOf(model);
  const blamed = new Map<Reference | null, Leftover[]>();
  const references = referencesIn(model);
  for (const leftover of leftovers) {
    for (const reference of culprits(leftover, references)) blamed.set(reference, [...(blamed.get(reference) ?? []), leftover]);
  }
  return [...blamed].map(([reference, own]) => draftOf(model, reference, own));
}

/** Renovate replaces these texts exactly, without spaces (replaceArgs of config/presets/index.js, 44.121.2): `{{depName}}` is for later. */
const PLACEHOLDER = /\{\{arg(?:s|\d+)\}\}/g;

function leftoversOf({ config, documents }: Model): Leftover[] {
  // A judged preset has its placeholders by right.
  const own = new Set([...textsBelow(documents[0]?.value, [])].map(({ text }) => text));
  return [...textsBelow(config.resolved, [])].flatMap(({ text, path }): Leftover[] => {
    if (!text.includes('{{arg') || own.has(text)) return [];
    const option = path.filter((step) => typeof step === 'string').join('.');
    return [...text.matchAll(PLACEHOLDER)].map(([placeholder]) => ({ placeholder, option, entry: entryAt(config.resolved, path) }));
  });
}

/** Descriptions change nothing. */
function* textsBelow(config: unknown, path: ConfigPath): Generator<{ text: string; path: ConfigPath }> {
  for (const { fields, path: place } of objectsIn(config, path)) {
    for (const [key, value] of Object.entries(fields)) {
      if (key !== 'description') yield* textsIn(value, [...place, key]);
    }
  }
}

/** Entries of customManagers and packageRules know where they were written. */
function entryAt(resolved: JsonObject, [list, index]: ConfigPath): Entry | null {
  if (list !== 'customManagers' && list !== 'packageRules') return null;
  const entries = resolved[list];
  const entry = Array.isArray(entries) ? (entries[Number(index)] as JsonObject | undefined) : undefined;
  const source = entry === undefined ? null : entrySource(entry);
  return source === null ? null : { ...source, list };
}

function referencesIn({ documents }: Model): Reference[] {
  return documents.flatMap(({ source, value }) =>
    extendsIn(value)
      .flat()
      .map(({ text, path }) => ({ text, source, path })),
  );
}

/** The references that lack this argument: of the entry itself or of its preset where that is known, else built-in ones that need it, else the only other one. */
function culprits({ placeholder, entry }: Leftover, references: readonly Reference[]): (Reference | null)[] {
  const lacking = references.filter(({ text }) => lacks(text, placeholder));
  const builtIn = lacking.filter(({ text }) => (BUILT_IN_ARGUMENTS[nameOf(text)] ?? 0) > argumentIndex(placeholder));
  const others = lacking.filter(({ text }) => !isBuiltIn(text));
  const guesses =
    entry === null
      ? [builtIn]
      : [lacking.filter((reference) => isInside(reference, entry)), lacking.filter(({ text }) => isNamed(text, entry.source))];
  const found = guesses.find((guess) => guess.length > 0);
  return found ?? (others.length === 1 ? others : [null]);
}

function isInside({ source, path }: Reference, entry: Entry): boolean {
  return source === entry.source && path[0] === entry.list && path[1] === entry.index;
}

/** Built-in presets that take arguments, and how many (44.121.2); the test holds the table against Renovate. */
const BUILT_IN_ARGUMENTS: Readonly<Record<string, number>> = {
  ':assignAndReview': 1,
  ':assignee': 1,
  ':disableDomain': 1,
  ':disableHost': 1,
  ':doNotPinPackage': 1,
  ':enableVulnerabilityAlertsWithAdditionalLabel': 1,
  ':enableVulnerabilityAlertsWithLabel': 1,
  ':followTag': 2,
  ':githubComToken': 1,
  ':group': 2,
  ':label': 1,
  ':labels': 2,
  ':pathSemanticCommitType': 2,
  ':reviewer': 1,
  ':semanticCommitScope': 1,
  ':semanticCommitType': 1,
  ':semanticCommitTypeAll': 1,
  ':timezone': 1,
};

/** An empty pair of parentheses gives one empty argument (splitPresetParams). */
function lacks(reference: string, placeholder: string): boolean {
  const given = /\((?<args>.*)\)/s.exec(reference)?.groups?.['args'];
  return given === undefined || (placeholder !== '{{args}}' && given.split(',').length <= argumentIndex(placeholder));
}

function argumentIndex(placeholder: string): number {
  return Number(/\d+/.exec(placeholder)?.[0] ?? 0);
}

/** Without tag and arguments, a built-in one without the group that may be left out. */
function nameOf(reference: string): string {
  return reference.replace(/[(#].*$/s, '').replace(/^default:/, ':');
}

/** A built-in preset's source is its name, another one's its file. */
function isNamed(reference: string, source: string): boolean {
  const name = nameOf(reference);
  return name === source || (!isBuiltIn(reference) && fileName(name) === fileName(source));
}

function fileName(path: string): string {
  return path.replace(/\.json[5c]?$/, '').split(/[/:>]/).at(-1)!;
}

function isBuiltIn(reference: string): boolean {
  return /^[A-Za-z]*:(?!\/\/)/.test(reference);
}

function draftOf({ documents }: Model, reference: Reference | null, leftovers: readonly Leftover[]): Draft {
  const placeholders = [...new Set(leftovers.map(({ placeholder }) => placeholder))];
  const options = [...new Set(leftovers.map(({ option }) => option))];
  const data = { reference: reference?.text ?? null, placeholders, options };
  const stays = `${someOf(placeholders)} ${placeholders.length === 1 ? 'stays' : 'stay'} literally in ${someOf(options)}`;
  if (reference === null) {
    return {
      message: `a preset is extended without its argument: ${stays}`,
      remedy: 'Give the preset its arguments in parentheses, at the end of the reference and after a tag: "local>GROUP/REPOSITORY//name#v1(argument)".',
      target: { kind: 'config', source: documents[0]?.source ?? '', path: ['extends'] },
      data,
    };
  }
  const count = Math.max(...placeholders.map(argumentIndex)) + 1;
  const example = `${reference.text.replace(/\(.*$/s, '')}(${Array.from({ length: count }, (_, index) => `VALUE${index === 0 ? '' : index + 1}`).join(',')})`;
  return {
    message: `the preset ${JSON.stringify(reference.text)} is extended without its argument: ${stays}`,
    remedy: `Write the argument in parentheses: ${JSON.stringify(example)}.`,
    target: { kind: 'config', source: reference.source, path: reference.path },
    data,
  };
}
