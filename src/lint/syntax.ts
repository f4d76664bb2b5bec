import { createRequire } from 'node:module';
import type { AST } from '@eslint-community/regexpp';

export type Parsed = { readonly ok: true; readonly pattern: AST.Pattern } | { readonly ok: false; readonly reason: string };

/**
 * How JavaScript reads a regex without flags, which is how Renovate compiles one where RE2 is missing (util/regex.js, 44.121.2). The parser is loaded by
 * the first regex that somebody wrote; most repositories have none.
 */
export function parseRegExp(regex: string): Parsed {
  const { RegExpParser } = createRequire(import.meta.url)('@eslint-community/regexpp') as typeof import('@eslint-community/regexpp');
  try {
    return { ok: true, pattern: new RegExpParser({ ecmaVersion: 2025 }).parsePattern(regex) };
  } catch (error) {
    return { ok: false, reason: (error as Error).message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '') };
  }
}
