import { isFields, textsIn, type ConfigPath, type Fields } from './config-walk.ts';

/** The regexes of a Renovate config and where they stand. */
export interface WrittenRegex {
  readonly regex: string;
  readonly path: ConfigPath;
  /** The option that it belongs to. */
  readonly option: string;
}

/** Options whose `/…/` strings Renovate compiles (44.121.2: `patternMatch` options, validation.js, and every `match…`). */
const PATTERN_KEYS = new Set(['managerFilePatterns', 'baseBranchPatterns', 'baseBranches', 'allowedVersions']);

/** Options that are a regex without slashes. */
const BARE_KEYS = new Set(['fileMatch', 'extractVersion', 'matchPackagePatterns', 'excludePackagePatterns', 'matchDepPatterns']);

const BETWEEN_SLASHES = /^!?\/(?<source>.*)\/i?$/s;

export function* regexesIn(value: unknown, path: ConfigPath = []): Generator<WrittenRegex> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* regexesIn(entry, [...path, index]);
    return;
  }
  if (isFields(value)) for (const [key, entry] of Object.entries(value)) yield* fieldRegexes(value, key, entry, [...path, key]);
}

function* fieldRegexes(owner: Fields, option: string, value: unknown, path: ConfigPath): Generator<WrittenRegex> {
  const texts = textsIn(value, path);
  if (option === 'matchStrings') {
    if (owner['customType'] !== 'jsonata') for (const { text, path: place } of texts) yield { regex: text, path: place, option };
    return;
  }
  if (BARE_KEYS.has(option)) {
    // a lone `*` is no regex: Renovate migrates it to a glob (44.121.2)
    for (const { text, path: place } of texts) if (text !== '*') yield { regex: text, path: place, option };
    return;
  }
  if (!PATTERN_KEYS.has(option) && !option.startsWith('match')) {
    yield* regexesIn(value, path);
    return;
  }
  for (const { text, path: place } of texts) {
    const source = BETWEEN_SLASHES.exec(text)?.groups?.['source'];
    if (source !== undefined) yield { regex: source, path: place, option };
  }
}
