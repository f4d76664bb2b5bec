import type { AST } from '@eslint-community/regexpp';
import type { RegExpReading } from './rule.ts';
import { parseRegExp } from './syntax.ts';

/**
 * How JavaScript's RegExp reads a regex that RE2 accepts. Untrusted regexes never run on RegExp itself, which can backtrack for ever: where both accept
 * the syntax but mean other characters by it, the answer is a regex that makes RE2 do what RegExp would.
 */
export function readAsRegExp(regex: string): RegExpReading {
  const parsed = parseRegExp(regex);
  if (!parsed.ok) return { kind: 'refused', reason: parsed.reason };
  const tokens = foreignTokens(parsed.pattern);
  if (tokens.length > 0) return { kind: 'otherwise', tokens };
  const edits = [...meaningsIn(parsed.pattern, false, null)];
  if (edits.length === 0 || /\(\?[a-z]*m[a-z-]*:/.test(regex)) return { kind: 'same' };
  const rewritten = edits.toSorted((a, b) => b.start - a.start).reduce((text, { start, end, as }) => text.slice(0, start) + as + text.slice(end), regex);
  return { kind: 'rewritten', regex: rewritten, telling: new RegExp(`[${[...new Set(edits.map(({ telling }) => telling))].join('')}]`) };
}

/** Escapes of RE2 that are plain letters to RegExp, and its classes with names. */
const FOREIGN = /^\\[AzaCQEpPx]$/;
const NAMED_CLASS = /\[:\^?[a-z]+:\]?/;

function foreignTokens(node: AST.Node): string[] {
  if (node.type === 'Character') return FOREIGN.test(node.raw) ? [node.raw] : [];
  if (node.type === 'CharacterClass') {
    const named = NAMED_CLASS.exec(node.raw)?.[0];
    if (named !== undefined) return [named];
  }
  return [...childrenOf(node)].flatMap(foreignTokens);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly as: string;
  /** Characters that tell the two engines apart, as they stand in a class. */
  readonly telling: string;
}

/** `.` takes `\r` and two Unicode line ends in RE2, `\s` in RegExp takes the vertical tab and Unicode's spaces. */
function* meaningsIn(node: AST.Node, dotAll: boolean, within: AST.CharacterClass | null): Generator<Edit> {
  if (node.type === 'CharacterSet' && node.kind === 'any') {
    if (!dotAll) yield { start: node.start, end: node.end, as: '[^\\n\\r\\u2028\\u2029]', telling: '\\r\\u2028\\u2029' };
    return;
  }
  if (node.type === 'CharacterSet' && node.kind === 'space') {
    yield { start: node.start, end: node.end, as: spaces(node.negate, within !== null), telling: SPACES_OF_REGEXP };
    return;
  }
  const all = node.type === 'Group' && node.modifiers !== null ? (node.modifiers.add.dotAll || dotAll) && node.modifiers.remove?.dotAll !== true : dotAll;
  for (const child of childrenOf(node)) yield* meaningsIn(child, all, node.type === 'CharacterClass' ? node : within);
}

const SPACES_OF_REGEXP = '\\x0b\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const SPACES = `\\t\\n\\f\\r ${SPACES_OF_REGEXP}`;
const NO_SPACES = '\\x00-\\x08\\x0e-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\x{10ffff}';

function spaces(negate: boolean, inClass: boolean): string {
  if (inClass) return negate ? NO_SPACES : SPACES;
  return negate ? `[^${SPACES}]` : `[${SPACES}]`;
}

export function childrenOf(node: AST.Node): readonly AST.Node[] {
  if ('alternatives' in node) return node.alternatives as readonly AST.Node[];
  if ('elements' in node) return node.elements as readonly AST.Node[];
  if (node.type === 'Quantifier') return [node.element];
  return node.type === 'CharacterClassRange' ? [node.min, node.max] : [];
}
