/** One character, escape, class or group with its quantifier. */
const ESCAPE = /\\(?:[pP]\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^])/y;
const CLASS = /\[\^?\]?(?:\\[^]|\[:\w+:\]|[^\]\\])*\]/y;
const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;

/**
 * A regex cut into the pieces of its sequence, so that any number of the first ones is a regex too: `a\s+(b|c)*` is `a`, `\s+`, `(b|c)*`.
 * One piece when it has alternatives outside of groups, or is not well-formed.
 */
export function regexParts(regex: string): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < regex.length) {
    const end = pieceEnd(regex, at);
    if (end === null) return [regex];
    parts.push(regex.slice(at, end));
    at = end;
  }
  return parts;
}

function pieceEnd(regex: string, start: number): number | null {
  const end = atomEnd(regex, start);
  return end === null ? null : (ending(QUANTIFIER, regex, end) ?? end);
}

function atomEnd(regex: string, start: number): number | null {
  switch (regex[start]) {
    case '|':
    case ')':
      return null;
    case '\\':
      return ending(ESCAPE, regex, start);
    case '[':
      return ending(CLASS, regex, start);
    case '(':
      return groupEnd(regex, start);
    default:
      return start + 1;
  }
}

/** Alternatives inside a group are its own. */
function groupEnd(regex: string, start: number): number | null {
  let at = start + 1;
  while (at < regex.length && regex[at] !== ')') {
    const end = regex[at] === '|' ? at + 1 : atomEnd(regex, at);
    if (end === null) return null;
    at = end;
  }
  return at < regex.length ? at + 1 : null;
}

function ending(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : at + match[0].length;
}
