import JSON5 from 'json5';

/** A place inside a JSON document: keys and indexes from the root. */
export type JsonPath = readonly (string | number)[];

/** Offsets in UTF-16 code units from 0; `end` stands after the last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `strict` is JSON with comments and trailing commas, what Renovate reads from every file that is not named .json5. */
export type Dialect = 'strict' | 'json5';

export type Parsed =
  | { readonly ok: true; readonly value: unknown; readonly positions: Positions }
  | { readonly ok: false; readonly message: string; readonly offset: number };

export interface Positions {
  /** Where a value stands; for a path that does not exist, its nearest ancestor that does. Quotes are left out. */
  value(path: JsonPath): Span;
  /** Where the key of a value stands, without quotes; the value itself for array entries. */
  key(path: JsonPath): Span;
  has(path: JsonPath): boolean;
  /** A value with its quotes, and with its key where it has one: what an edit moves or removes. Null for a path that does not exist. */
  item(path: JsonPath): Item | null;
  /** The items of an object or array, in their order; none of a scalar or of a path that does not exist. */
  items(path: JsonPath): readonly Item[];
}

export interface Item {
  /** From the key, if there is one, to the end of the value. */
  readonly whole: Span;
  readonly value: Span;
}

/** Deeper documents are refused: no config needs them, and recursion must end somewhere. */
export const MAX_DEPTH = 100;

interface Node {
  readonly span: Span;
  /** With the quotes of a string. */
  readonly outer: Span;
  readonly keySpan: Span | null;
  /** Where its item begins: at the key with its quotes, or at the value. */
  readonly itemStart: number;
  readonly children: ReadonlyMap<string, Node> | null;
}

export function parseJson5(text: string, dialect: Dialect): Parsed {
  const scanned = scan(text);
  const complaint = scanned.fatal ?? (dialect === 'strict' ? scanned.strict : null);
  try {
    const value: unknown = JSON5.parse(text);
    if (complaint !== null) return refused(complaint);
    if (scanned.root === null) return { ok: false, message: 'cannot be read', offset: 0 };
    return { ok: true, value, positions: positionsOf(scanned.root) };
  } catch (error) {
    if (scanned.fatal !== null && scanned.fatal.deep) return refused(scanned.fatal);
    return { ok: false, ...syntaxError(text, error) };
  }
}

function refused({ message, offset }: Complaint): Parsed {
  return { ok: false, message, offset };
}

/** JSON5 counts columns from 1 but calls the line end column 0 of the next line. */
function syntaxError(text: string, error: unknown): { message: string; offset: number } {
  const { message, lineNumber, columnNumber } = error as { message: string; lineNumber?: number; columnNumber?: number };
  const words = message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, '');
  let offset = 0;
  for (let line = 1; line < (lineNumber ?? 1); line += 1) offset = text.indexOf('\n', offset) + 1;
  return { message: words, offset: Math.min(text.length, Math.max(0, offset + (columnNumber ?? 1) - 1)) };
}

function positionsOf(root: Node): Positions {
  function find(path: JsonPath): { node: Node; exact: boolean } {
    let node = root;
    for (const step of path) {
      const child = node.children?.get(String(step));
      if (child === undefined) return { node, exact: false };
      node = child;
    }
    return { node, exact: true };
  }
  return {
    value: (path) => find(path).node.span,
    key: (path) => {
      const { node } = find(path);
      return node.keySpan ?? node.span;
    },
    has: (path) => find(path).exact,
    item: (path) => {
      const { node, exact } = find(path);
      return exact ? itemOf(node) : null;
    },
    items: (path) => {
      const { node, exact } = find(path);
      return exact ? [...(node.children?.values() ?? [])].map(itemOf) : [];
    },
  };
}

function itemOf({ itemStart, outer }: Node): Item {
  return { whole: { start: itemStart, end: outer.end }, value: outer };
}

interface Complaint {
  readonly message: string;
  readonly offset: number;
  readonly deep?: boolean;
}

interface Scan {
  readonly root: Node | null;
  /** The document cannot be scanned to its end. */
  readonly fatal: Complaint | null;
  /** The first thing that only JSON5 allows. */
  readonly strict: Complaint | null;
}

class ScanError extends Error {
  readonly complaint: Complaint;
  constructor(complaint: Complaint) {
    super(complaint.message);
    this.complaint = complaint;
  }
}

const WORD = /[\p{ID_Start}$_\\][\p{ID_Continue}$\\\u200c\u200d]*/uy;
const SCALAR = /[^\s,\]}:/]+/y;
const SPACE = /(?:[\s\ufeff]+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)+/y;
const STRICT_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const STRICT_WORDS = new Set(['true', 'false', 'null']);

/**
 * Walks the text once and remembers where everything stands. JSON5 itself decides whether the text is valid; this walk only has to be
 * right about valid texts.
 */
function scan(text: string): Scan {
  let at = 0;
  let strict: Complaint | null = null;

  function complain(message: string, offset: number): void {
    strict ??= { message, offset };
  }

  function take(pattern: RegExp): string | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return null;
    at += match[0].length;
    return match[0];
  }

  function expect(character: string): void {
    if (text[at] !== character) throw new ScanError({ message: `expected ${character}`, offset: at });
    at += 1;
  }

  function string(): { value: string; span: Span } {
    const quote = text[at]!;
    const open = at;
    if (quote === "'") complain('a string in single quotes is JSON5: use double quotes', at);
    at += 1;
    while (at < text.length && text[at] !== quote) {
      if (text[at] === '\n') complain('a string over two lines is JSON5', at);
      at += text[at] === '\\' ? 2 : 1;
    }
    if (at >= text.length) throw new ScanError({ message: 'string without end', offset: open });
    at += 1;
    const written = text.slice(open, at);
    return { value: written.includes('\\') ? unescape(written) : written.slice(1, -1), span: { start: open + 1, end: at - 1 } };
  }

  function key(): { value: string; span: Span } {
    if (text[at] === '"' || text[at] === "'") return string();
    const start = at;
    const word = take(WORD);
    if (word === null) throw new ScanError({ message: 'expected a key', offset: at });
    complain(`the key ${word} stands without quotes, which is JSON5: write "${word}"`, start);
    return { value: word, span: { start, end: at } };
  }

  function value(depth: number, keySpan: Span | null, itemStart: number): Node {
    if (depth > MAX_DEPTH) throw new ScanError({ message: `nested deeper than ${MAX_DEPTH} levels`, offset: at, deep: true });
    const start = at;
    if (text[at] === '{' || text[at] === '[') {
      const children = text[at] === '{' ? object(depth) : array(depth);
      const span = { start, end: at };
      return { span, outer: span, keySpan, itemStart, children };
    }
    if (text[at] === '"' || text[at] === "'") return { span: string().span, outer: { start, end: at }, keySpan, itemStart, children: null };
    const scalar = take(SCALAR);
    if (scalar === null) throw new ScanError({ message: 'expected a value', offset: at });
    if (!STRICT_WORDS.has(scalar) && !STRICT_NUMBER.test(scalar)) complain(`${scalar} is no value of JSON`, start);
    const span = { start, end: at };
    return { span, outer: span, keySpan, itemStart, children: null };
  }

  function object(depth: number): Map<string, Node> {
    const children = new Map<string, Node>();
    expect('{');
    take(SPACE);
    while (text[at] !== '}') {
      const itemStart = at;
      const name = key();
      if (children.has(name.value)) complain(`the key "${name.value}" stands here twice: Renovate refuses the file`, name.span.start);
      take(SPACE);
      expect(':');
      take(SPACE);
      children.set(name.value, value(depth + 1, name.span, itemStart));
      separator('}');
    }
    expect('}');
    return children;
  }

  function array(depth: number): Map<string, Node> {
    const children = new Map<string, Node>();
    expect('[');
    take(SPACE);
    while (text[at] !== ']') {
      children.set(String(children.size), value(depth + 1, null, at));
      separator(']');
    }
    expect(']');
    return children;
  }

  function separator(end: string): void {
    take(SPACE);
    if (text[at] === end) return;
    expect(',');
    take(SPACE);
  }

  try {
    take(SPACE);
    const root = value(0, null, at);
    return { root, fatal: null, strict };
  } catch (error) {
    if (error instanceof ScanError) return { root: null, fatal: error.complaint, strict };
    throw error;
  }
}

/** A key with escapes is rare: JSON5 reads it. A broken one is reported by the parse of the whole text. */
function unescape(written: string): string {
  try {
    return String(JSON5.parse(written));
  } catch {
    return written.slice(1, -1);
  }
}
