import type { Json } from '../../renovate/types.ts';
import type { Draft, Model, Rule } from '../rule.ts';

export const regexNotRe2: Rule = {
  name: 'regex-not-re2',
  severity: 'error',
  summary: 'A regex is refused by RE2, the engine of Renovate\'s images, which then stops at the whole repository',
  fixable: false,
  check: (model) => model.documents.flatMap((document) => refusedRegexes(model, document.source, document.value)),
};

type Path = readonly (string | number)[];

interface WrittenRegex {
  readonly regex: string;
  readonly path: Path;
}

function refusedRegexes(model: Model, source: string, config: Json): Draft[] {
  return [...regexesIn(config, [])].flatMap(({ regex, path }): Draft[] => {
    const refusal = model.patterns.refusal(regex);
    if (refusal === null) return [];
    return [
      {
        message: `RE2 refuses this regex: ${refusal}`,
        remedy: remedyFor(regex),
        target: { kind: 'config', source, path },
        data: { regex, refusal },
      },
    ];
  });
}

/** Options whose `/…/` strings Renovate compiles (44.121.2: `patternMatch` options, validation.js, and every `match…`). */
const PATTERN_KEYS = new Set(['managerFilePatterns', 'baseBranchPatterns', 'baseBranches', 'allowedVersions']);

/** Options that are a regex without slashes. */
const BARE_KEYS = new Set(['fileMatch', 'extractVersion', 'matchPackagePatterns', 'excludePackagePatterns', 'matchDepPatterns']);

const BETWEEN_SLASHES = /^!?\/(?<source>.*)\/i?$/s;

function* regexesIn(value: Json, path: Path): Generator<WrittenRegex> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* regexesIn(entry, [...path, index]);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* fieldRegexes(value as { readonly [key: string]: Json }, key, entry, [...path, key]);
  }
}

function* fieldRegexes(owner: { readonly [key: string]: Json }, key: string, value: Json, path: Path): Generator<WrittenRegex> {
  if (key === 'matchStrings') {
    if (owner['customType'] !== 'jsonata') yield* strings(value, path);
    return;
  }
  if (BARE_KEYS.has(key)) {
    // a lone `*` is no regex: Renovate migrates it to a glob (44.121.2)
    for (const written of strings(value, path)) if (written.regex !== '*') yield written;
    return;
  }
  if (!PATTERN_KEYS.has(key) && !key.startsWith('match')) {
    yield* regexesIn(value, path);
    return;
  }
  for (const { regex, path: place } of strings(value, path)) {
    const source = BETWEEN_SLASHES.exec(regex)?.groups?.['source'];
    if (source !== undefined) yield { regex: source, path: place };
  }
}

function* strings(value: Json, path: Path): Generator<WrittenRegex> {
  if (typeof value === 'string') yield { regex: value, path };
  if (!Array.isArray(value)) return;
  for (const [index, entry] of value.entries()) {
    if (typeof entry === 'string') yield { regex: entry, path: [...path, index] };
  }
}

function remedyFor(regex: string): string {
  if (/\(\?<?[=!]/.test(regex)) return 'Write it without look-around: match the surrounding text too, and capture only what you need in a named group.';
  if (/\\[1-9]|\\k</.test(regex)) return 'Write it without back-references: list the alternatives.';
  if (/\{\d{4,}/.test(regex)) return 'Count to 1,000 at most, or use * or +.';
  return 'Write it in RE2\'s syntax (https://github.com/google/re2/wiki/Syntax); each group name may stand only once.';
}
