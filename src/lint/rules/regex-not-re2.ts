import { regexesIn } from '../../base/config-regexes.ts';
import type { Draft, Model, Rule } from '../rule.ts';

export const regexNotRe2: Rule = {
  name: 'regex-not-re2',
  severity: 'error',
  summary: 'A regex is refused by RE2, the engine of Renovate\'s images, which then stops at the whole repository',
  fixable: false,
  check: (model) => model.documents.flatMap((document) => refusedRegexes(model, document.source, document.value)),
};

function refusedRegexes(model: Model, source: string, config: unknown): Draft[] {
  return [...regexesIn(config)].flatMap(({ regex, path }): Draft[] => {
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

function remedyFor(regex: string): string {
  if (/\(\?<?[=!]/.test(regex)) return 'Write it without look-around: match the surrounding text too, and capture only what you need in a named group.';
  if (/\\[1-9]|\\k</.test(regex)) return 'Write it without back-references: list the alternatives.';
  if (/\{\d{4,}/.test(regex)) return 'Count to 1,000 at most, or use * or +.';
  return 'Write it in RE2\'s syntax (https://github.com/google/re2/wiki/Syntax); each group name may stand only once.';
}
