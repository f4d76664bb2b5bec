import type { Yaml, YamlDocument, YamlEntry, YamlScalar } from './yaml.ts';

/**
 * A quick reader for the YAML that most manifests are written in: block maps and lists, scalars on one line, literal blocks. Whatever else a
 * text holds (anchors, tags, flow collections, folded or continued scalars, escapes, tabs, a doubt) makes it answer null, and the library reads
 * the text instead. A test holds it against the library. It exists because thousands of plain Applications are parsed in every pipeline,
 * and the library, which keeps what is needed to write a document back, takes ten times as long.
 */
export function parsePlainYaml(text: string): readonly YamlDocument[] | null {
  if (UNUSUAL.test(text)) return null;
  const lines = splitLines(text);
  const documents: YamlDocument[] = [];
  let from = 0;
  for (let i = 0; i <= lines.length; i += 1) {
    const marker = i < lines.length && lines[i]!.indent === 0 && text.startsWith('---', lines[i]!.start);
    if (i < lines.length && !marker) continue;
    if (marker && !/^---[ ]*(?:#.*)?$/.test(text.slice(lines[i]!.start, lines[i]!.end))) return null;
    const reader: Reader = { text, lines, at: from, end: i, depth: 0 };
    const root = readBlock(reader, -1);
    if (root === UNKNOWN || skipBlank(reader) < i) return null;
    if (root !== null || documents.length > 0 || i === lines.length) documents.push({ root, start: lines[from]?.start ?? 0, error: null });
    from = i + 1;
  }
  return documents;
}

/** A tab, a byte order mark, a directive or the end marker of a document anywhere: not worth telling apart where. */
const UNUSUAL = /[\t\uFEFF]|^%|^\.\.\./m;

interface Line {
  /** Offset of the first character that is no space. */
  readonly start: number;
  /** Offset behind the last one, without the line end. */
  readonly end: number;
  readonly indent: number;
  readonly lineStart: number;
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let lineStart = 0; lineStart < text.length; ) {
    const newline = text.indexOf('\n', lineStart);
    const next = newline === -1 ? text.length : newline + 1;
    let end = newline === -1 ? text.length : newline;
    while (end > lineStart && (text[end - 1] === ' ' || text[end - 1] === '\r')) end -= 1;
    let start = lineStart;
    while (start < end && text[start] === ' ') start += 1;
    lines.push({ start, end, indent: start - lineStart, lineStart });
    lineStart = next;
  }
  return lines;
}

interface Reader {
  readonly text: string;
  readonly lines: readonly Line[];
  at: number;
  readonly end: number;
  depth: number;
}

/** Levels that real files never reach; beyond, the library decides what to do. */
const MAX_DEPTH = 100;

const UNKNOWN = Symbol('not plain');
type Unknown = typeof UNKNOWN;

/** Index of the next line that says something. */
function skipBlank(reader: Reader): number {
  while (reader.at < reader.end) {
    const { start, end } = reader.lines[reader.at]!;
    if (start < end && reader.text[start] !== '#') break;
    reader.at += 1;
  }
  return reader.at;
}

/** The map or list whose lines are indented more than `parent`; null when there is none. */
function readBlock(reader: Reader, parent: number): Yaml | null | Unknown {
  const at = skipBlank(reader);
  if (at >= reader.end) return null;
  const { indent, start, end } = reader.lines[at]!;
  if (indent <= parent) return null;
  if (reader.depth >= MAX_DEPTH) return UNKNOWN;
  reader.depth += 1;
  const block = isDash(reader.text, start, end) ? readList(reader, indent) : readMap(reader, indent, start);
  reader.depth -= 1;
  return block;
}

function isDash(text: string, start: number, end: number): boolean {
  return text[start] === '-' && (start + 1 === end || text[start + 1] === ' ');
}

function readList(reader: Reader, indent: number): Yaml | Unknown {
  const { text, lines } = reader;
  const items: Yaml[] = [];
  const listStart = lines[reader.at]!.start;
  while (skipBlank(reader) < reader.end) {
    const line = lines[reader.at]!;
    if (line.indent < indent) break;
    if (line.indent > indent || !isDash(text, line.start, line.end)) return line.indent === indent ? { kind: 'list', items, start: listStart } : UNKNOWN;
    let content = line.start + 1;
    while (content < line.end && text[content] === ' ') content += 1;
    const item = content === line.end || text[content] === '#' ? nested(reader, indent) : inlineItem(reader, indent, content, line.end);
    if (item === UNKNOWN) return UNKNOWN;
    items.push(item);
  }
  return { kind: 'list', items, start: listStart };
}

/** What stands below a dash or a key on its own. */
function nested(reader: Reader, indent: number): Yaml | Unknown {
  const { end } = reader.lines[reader.at]!;
  reader.at += 1;
  const block = readBlock(reader, indent);
  return block ?? empty(end);
}

function inlineItem(reader: Reader, indent: number, content: number, end: number): Yaml | Unknown {
  const { text } = reader;
  if (isDash(text, content, end)) return UNKNOWN;
  if (keyAt(text, content, end) !== null) return readMap(reader, indent + (content - reader.lines[reader.at]!.start), content);
  return readScalar(reader, indent, content, end);
}

/** A map whose first key stands at `first` (behind a dash, perhaps) and whose others are indented by `indent`. */
function readMap(reader: Reader, indent: number, first: number): Yaml | Unknown {
  const { text, lines } = reader;
  const entries: YamlEntry[] = [];
  let start = first;
  while (reader.at < reader.end) {
    const line = lines[reader.at]!;
    const key = keyAt(text, start, line.end);
    if (key === null) return UNKNOWN;
    const value = readValue(reader, indent, key.after, line.end);
    if (value === UNKNOWN) return UNKNOWN;
    entries.push({ key: key.name, keyStart: start, value, aliased: false });
    if (skipBlank(reader) >= reader.end) break;
    const next = lines[reader.at]!;
    if (next.indent < indent) break;
    if (next.indent > indent || isDash(text, next.start, next.end)) return UNKNOWN;
    start = next.start;
  }
  return { kind: 'map', entries, start: first };
}

const KEY = /(?:"([^"\\\n]*)"|'([^'\n]*)'|([^\s"'&*!|>%@`{}[\],?#:-][^\n:#]*?|-[^\s:#][^\n:#]*?)) *:(?= |$)/y;

function keyAt(text: string, start: number, end: number): { name: string; after: number } | null {
  KEY.lastIndex = start;
  const match = KEY.exec(text.slice(0, end));
  if (match === null) return null;
  const name = match[1] ?? match[2] ?? match[3]!;
  // merge keys, keys that are numbers or null, and empty names are the library's
  return name === '<<' || name === '' || name === '__proto__' || (match[3] !== undefined && TYPED.test(name)) ? null : { name, after: KEY.lastIndex };
}

function readValue(reader: Reader, indent: number, after: number, end: number): Yaml | Unknown {
  const { text } = reader;
  let at = after;
  while (at < end && text[at] === ' ') at += 1;
  if (at < end && text[at] !== '#') return readScalar(reader, indent, at, end);
  // a list may stand at the indentation of its key
  reader.at += 1;
  const next = skipBlank(reader) < reader.end ? reader.lines[reader.at]! : undefined;
  if (next && next.indent === indent && isDash(text, next.start, next.end)) return readList(reader, indent);
  const block = readBlock(reader, indent);
  return block ?? empty(after);
}

const NULLS = new Set(['~', 'null', 'Null', 'NULL']);
const PLAIN_START = /[^\s"'&*!|>%@`{}[\],?#:-]|[-?:][^\s]/y;

/** A scalar that begins and ends on this line, or a literal block. */
function readScalar(reader: Reader, indent: number, start: number, end: number): Yaml | Unknown {
  const { text } = reader;
  const opener = text[start]!;
  if (opener === '|') return readLiteral(reader, indent, start, end);
  let scalar: YamlScalar;
  if (opener === '"' || opener === "'") {
    const close = closing(text, start, end);
    if (close === -1 || !/^(?: +#.*)?$/.test(text.slice(close + 1, end))) return UNKNOWN;
    const raw = text.slice(start + 1, close);
    scalar = { kind: 'scalar', value: opener === "'" ? raw.replaceAll("''", "'") : raw, typed: false, start: start + 1, end: close, block: false };
  } else {
    PLAIN_START.lastIndex = start;
    if (!PLAIN_START.test(text)) return UNKNOWN;
    const comment = text.slice(start, end).search(/ +#/);
    const stop = comment === -1 ? end : start + comment;
    const value = text.slice(start, stop);
    if (/: |:$/.test(value)) return UNKNOWN;
    scalar = { kind: 'scalar', value: NULLS.has(value) ? null : value, typed: TYPED.test(value), start, end: stop, block: false };
  }
  reader.at += 1;
  const next = skipBlank(reader) < reader.end ? reader.lines[reader.at]! : undefined;
  // a deeper line continues the scalar
  return next && next.indent > indent ? UNKNOWN : scalar;
}

const TYPED = /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function closing(text: string, start: number, end: number): number {
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1);
    return close === -1 || close >= end || text.slice(start, close).includes('\\') ? -1 : close;
  }
  for (let i = start + 1; i < end; i += 1) {
    if (text[i] !== "'") continue;
    if (text[i + 1] !== "'") return i;
    i += 1;
  }
  return -1;
}

function readLiteral(reader: Reader, indent: number, start: number, end: number): Yaml | Unknown {
  const { text, lines } = reader;
  const header = /^\|([-+]?)(?: +#.*)?$/.exec(text.slice(start, end));
  if (header === null) return UNKNOWN;
  let at = reader.at + 1;
  while (at < reader.end && lines[at]!.start === lines[at]!.end) at += 1;
  const first = lines[at];
  if (at >= reader.end || !first || first.indent <= indent) return UNKNOWN;
  const depth = first.indent;
  // a blank line longer than the indentation is an error above the content, and content below
  for (let blank = reader.at + 1; blank < at; blank += 1) if (lineText(text, lines[blank]!, lines[blank + 1]).length > depth) return UNKNOWN;
  let last = at;
  for (; at < reader.end; at += 1) {
    const line = lines[at]!;
    const blank = line.start === line.end;
    if (!blank && line.indent < depth) break;
    if (!blank || lineText(text, line, lines[at + 1]).length > depth) last = at;
  }
  const content: string[] = [];
  for (let i = reader.at + 1; i <= last; i += 1) content.push(lineText(text, lines[i]!, lines[i + 1]).slice(depth));
  // trailing blank lines only matter to `+`, and comments right below a block to nobody
  if (header[1] === '+') return UNKNOWN;
  reader.at = last + 1;
  return { kind: 'scalar', value: content.join('\n') + (header[1] === '-' ? '' : '\n'), typed: false, start, end: lines[last + 1]?.lineStart ?? text.length, block: true };
}

/** A line with its trailing spaces, which a literal block keeps. */
function lineText(text: string, line: Line, next: Line | undefined): string {
  return text.slice(line.lineStart, next?.lineStart ?? text.length).replace(/\r?\n$/, '');
}

function empty(at: number): YamlScalar {
  return { kind: 'scalar', value: null, typed: true, start: at, end: at, block: false };
}
