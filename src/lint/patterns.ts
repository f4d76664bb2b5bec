import { globMatches, ignoredBy } from '../config/paths.ts';
import { exponentialPart } from './ambiguity.ts';
import { readAsRegExp } from './dialects.ts';
import { reach } from './reach.ts';
import { compileRe2, type Compiled } from './re2.ts';
import type { PatternJudge } from './rule.ts';

/** Renovate's own test for "this is a regex": `/…/` or `/…/i`, with `!` in front for "not" (44.121.2, util/string-match.js). */
const REGEX_PATTERN = /^!?\/(?<source>.*)\/(?<flag>i?)$/s;

/** Nothing, and a line whose word and line boundaries an empty match can lean on. */
const SAMPLES: readonly string[] = ['', 'a: 1\n'];

/** Globs here only help to word a cause; which files a manager reads is Renovate's own answer. */
export function patternJudge(): PatternJudge {
  const compiled = new Map<string, Compiled>();
  function compile(source: string, ignoreCase: boolean): Compiled {
    const key = `${ignoreCase ? 'i' : '-'}${source}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const fresh = compileRe2(source, ignoreCase);
    compiled.set(key, fresh);
    return fresh;
  }
  return {
    refusal(regex) {
      const verdict = compile(regex, false);
      return verdict.ok ? null : verdict.reason;
    },
    findsNothing(regex) {
      const verdict = compile(regex, false);
      return verdict.ok && SAMPLES.some((text) => verdict.regex.findsEmpty(text));
    },
    asRegExp: readAsRegExp,
    exponentialPart,
    matchesOf(regex, text) {
      const verdict = compile(regex, false);
      return verdict.ok ? verdict.regex.matches(text) : [];
    },
    reach: (regex, texts) =>
      reach(regex, texts, (beginning, text) => {
        const verdict = compile(beginning, false);
        return verdict.ok ? verdict.regex.endOfFirst(text) : null;
      }),
    matches(pattern, file) {
      // most are plain names
      if (/^[\w./-]+$/.test(pattern) && !pattern.startsWith('/')) return pattern.toLowerCase() === file.toLowerCase();
      const groups = REGEX_PATTERN.exec(pattern)?.groups;
      const verdict = groups === undefined ? null : compile(groups['source']!, groups['flag'] === 'i');
      // What RE2 refuses Renovate reads as a glob, without a word.
      if (verdict === null || !verdict.ok) return globMatches(pattern.toLowerCase(), file.toLowerCase());
      return verdict.regex.test(file) !== pattern.startsWith('!');
    },
    ignoredBy,
  };
}
