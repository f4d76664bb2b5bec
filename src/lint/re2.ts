import { RE2JS } from 're2js';
import type { RegexMatch } from './rule.ts';

/** A compiled regex that runs in linear time. */
export interface LinearRegex {
  test(text: string): boolean;
  /** Whether a search from the start comes to a match of no character. */
  findsEmpty(text: string): boolean;
  /** Offset behind the first match, null when there is none. */
  endOfFirst(text: string): number | null;
  /** Every match, from the start. */
  matches(text: string): RegexMatch[];
}

export type Compiled = { readonly ok: true; readonly regex: LinearRegex } | { readonly ok: false; readonly reason: string };

/**
 * RE2's verdict, the same on every machine: Renovate's images have the native RE2, a laptop often has not, and then Renovate
 * silently judges by JavaScript's rules.
 */
export function compileRe2(regex: string, ignoreCase = false): Compiled {
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(regex), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return { ok: true, regex: { test: (text) => compiled.matcher(text).find(), findsEmpty: (text) => findsEmpty(compiled, text), endOfFirst: (text) => endOfFirst(compiled, text), matches: (text) => matchesIn(compiled, text) } };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error) };
  }
}

function endOfFirst(compiled: RE2JS, text: string): number | null {
  const matcher = compiled.matcher(text);
  return matcher.find() ? matcher.end() : null;
}

function findsEmpty(compiled: RE2JS, text: string): boolean {
  const matcher = compiled.matcher(text);
  while (matcher.find()) if (matcher.end() === matcher.start()) return true;
  return false;
}

/** As many as Renovate takes of one file (custom/regex/utils.js, 44.121.2). */
const MAX_MATCHES = 10_000;

function matchesIn(compiled: RE2JS, text: string): RegexMatch[] {
  const names = Object.keys(compiled.namedGroups());
  const matcher = compiled.matcher(text);
  const found: RegexMatch[] = [];
  while (found.length < MAX_MATCHES && matcher.find()) {
    const groups = names.flatMap((name): [string, RegexMatch['groups'][string]][] => {
      const offset = matcher.start(name);
      return offset === -1 ? [] : [[name, { offset, text: matcher.group(name) ?? '' }]];
    });
    found.push({ offset: matcher.start(), length: matcher.end() - matcher.start(), groups: Object.fromEntries(groups) });
  }
  return found;
}
