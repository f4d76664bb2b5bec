/** Reads the inside of a Go-template action: `$x := .Values.a | default "1"` into a small tree. Only what a version can come through. */

export type Term =
  /** `.a.b`, `$.a.b`, `$x.a.b`: start is '' for the dot, '$' or '$x' for variables. */
  | { readonly kind: 'field'; readonly start: string; readonly path: readonly string[] }
  | { readonly kind: 'text'; readonly value: string; /** Offset of the text in the body. */ readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Term[] }
  | { readonly kind: 'other' };

export interface Statement {
  /** if, else if, range, with, define, block, end, else, … or null for an expression or an assignment. */
  readonly keyword: string | null;
  readonly variables: readonly string[];
  /** `=` instead of `:=`. */
  readonly assigns: boolean;
  readonly term: Term | null;
}

type Token = { kind: 'word' | 'field' | 'text' | 'symbol'; value: string; at: number; glued: boolean };

const TOKEN = /\s+|(?<text>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?<field>(?:\$\w*)?(?:\.[A-Za-z_][\w-]*)+|\$\w*|\.(?![\w])|\.)|(?<symbol>:=|[|(),=])|(?<word>[^\s|(),="`]+)/gy;

/** `template` reads like a call of `include`, and is one here. */
const KEYWORDS = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'block', 'break', 'continue']);

export function readStatement(body: string): Statement {
  if (body.startsWith('/*')) return { keyword: null, variables: [], assigns: false, term: null };
  const tokens = tokenize(body);
  let at = 0;
  let keyword: string | null = null;
  if (tokens[0]?.kind === 'word' && KEYWORDS.has(tokens[0].value)) {
    keyword = tokens[0].value;
    at = 1;
    if (keyword === 'else' && tokens[1]?.kind === 'word' && (tokens[1].value === 'if' || tokens[1].value === 'with')) {
      keyword = `else ${tokens[1].value}`;
      at = 2;
    }
  }
  const variables: string[] = [];
  let assigns = false;
  const assign = tokens.findIndex((token) => token.kind === 'symbol' && (token.value === ':=' || token.value === '='));
  if (assign > at - 1 && assign !== -1 && tokens.slice(at, assign).every((token) => token.value.startsWith('$') || token.value === ',')) {
    for (const token of tokens.slice(at, assign)) if (token.value !== ',') variables.push(token.value);
    assigns = tokens[assign]!.value === '=';
    at = assign + 1;
  }
  const reader = { tokens, at };
  const term = at < tokens.length ? readPipeline(reader) : null;
  return { keyword, variables, assigns, term };
}

function tokenize(body: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let end = -1;
  for (let match = TOKEN.exec(body); match; match = TOKEN.exec(body)) {
    const { text, field, symbol, word } = match.groups as Record<string, string | undefined>;
    const base = { at: match.index, glued: match.index === end };
    end = TOKEN.lastIndex;
    if (text !== undefined) tokens.push({ ...base, kind: 'text', value: text });
    else if (field !== undefined) tokens.push({ ...base, kind: 'field', value: field });
    else if (symbol !== undefined) tokens.push({ ...base, kind: 'symbol', value: symbol });
    else if (word !== undefined) tokens.push({ ...base, kind: 'word', value: word });
    if (TOKEN.lastIndex >= body.length) break;
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

/** `a b | c d` is `c d (a b)`: the piped value becomes the last argument. */
function readPipeline(reader: Reader): Term {
  let term = readCommand(reader, null);
  while (reader.tokens[reader.at]?.value === '|') {
    reader.at += 1;
    term = readCommand(reader, term);
  }
  return term;
}

function readCommand(reader: Reader, piped: Term | null): Term {
  const operands: Term[] = [];
  let name: string | null = null;
  for (let token = reader.tokens[reader.at]; token && token.value !== '|' && token.value !== ')'; token = reader.tokens[reader.at]) {
    reader.at += 1;
    if (token.kind === 'text') operands.push({ kind: 'text', value: unquote(token.value), at: token.at + 1 });
    else if (token.kind === 'field') operands.push(readField(token, operands));
    else if (token.value === '(') operands.push(readParenthesis(reader));
    else if (token.kind === 'word' && name === null && operands.length === 0) name = token.value;
    else if (token.kind === 'word') operands.push(/^[\w.+-]+$/.test(token.value) ? { kind: 'text', value: token.value, at: token.at } : { kind: 'other' });
  }
  if (name !== null) return { kind: 'call', name, args: piped ? [...operands, piped] : operands };
  if (operands.length === 1) return operands[0]!;
  return { kind: 'other' };
}

/** `(index .a "b").c`: a field glued to a parenthesis continues it. */
function readField(token: Token, operands: Term[]): Term {
  const [start = '', ...path] = token.value.split('.');
  if (token.glued && token.value.startsWith('.') && operands.at(-1)?.kind === 'call') {
    const base = operands.pop()!;
    return path.reduce<Term>((term, key) => ({ kind: 'call', name: 'get', args: [term, { kind: 'text', value: key, at: 0 }] }), base);
  }
  return { kind: 'field', start, path: path.filter((key) => key !== '') };
}

function readParenthesis(reader: Reader): Term {
  const term = readPipeline(reader);
  if (reader.tokens[reader.at]?.value === ')') reader.at += 1;
  return term;
}

function unquote(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1) : text.slice(1, -1).replace(/\\(.)/g, '$1');
}
