import { regexesIn } from '../../base/config-regexes.ts';
import type { Document, Draft, Model, Rule } from '../rule.ts';

export const regexSuperlinear: Rule = {
  name: 'regex-superlinear',
  severity: 'warning',
  summary: 'A regex can take exponential time where Renovate has no RE2, and hold it up for ever',
  fixable: false,
  check: (model) => model.documents.flatMap((document) => draftsOf(model, document)),
};

function draftsOf({ patterns }: Model, { source, value }: Document): Draft[] {
  return [...regexesIn(value)].flatMap(({ regex, path }): Draft[] => {
    // what RE2 refuses has its own rule, and must be written anew
    if (!/[*+{]/.test(regex) || patterns.refusal(regex) !== null) return [];
    const part = patterns.exponentialPart(regex);
    if (part === null) return [];
    return [
      {
        message: `${part} can match one text in many ways, and RegExp, which Renovate uses where RE2 is missing, tries them all where what follows does not fit: their number doubles with each round`,
        remedy: remedyFor(part),
        target: { kind: 'config', source, path },
        data: { regex, part },
      },
    ];
  });
}

function remedyFor(part: string): string {
  if (/\(\?:\.\|\\[sn]|\(\.\|\\[sn]|\|\.\)/.test(part)) return 'Write [\\s\\S]*? for any text: . and \\s have characters in common.';
  if (/\\n|\\s/.test(part.replaceAll(/\[[^\]]*\]/g, ''))) return 'Let each line have one way through the loop: (?:[^\\n]*\\n)*, with nothing beside [^\\n]* that takes white space too.';
  return 'Let each round begin with a character that cannot stand inside of one: (?:[^/]+/)*[^/]+ instead of (?:[^/]+/?)+.';
}
