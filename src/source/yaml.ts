import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, type Document, type Node, type Pair } from 'yaml';
import { parsePlainYaml } from './plain-yaml.ts';

/** YAML as a light tree with offsets, so that the rest of the program knows nothing of the parser. */
export type Yaml = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly start: number;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Yaml;
  /** The value stands elsewhere: it is an alias, or came in through a merge key. */
  readonly aliased: boolean;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly Yaml[];
  readonly start: number;
}

export interface YamlScalar {
  readonly kind: 'scalar';
  /** As a string: for numbers the way they are written, so that 1.10 stays 1.10. Null for an empty value. */
  readonly value: string | null;
  /** A number, boolean or null to YAML. */
  readonly typed: boolean;
  /** Of the first character of the content, behind an opening quote; of the header for block scalars. */
  readonly start: number;
  readonly end: number;
  /** `|` or `>`: the content starts on the next line. */
  readonly block: boolean;
}

export interface YamlDocument {
  /** Null for an empty document. */
  readonly root: Yaml | null;
  readonly start: number;
  /** First syntax error, with its offset: the tree holds what could be read in spite of it. */
  readonly error: { readonly message: string; readonly offset: number } | null;
}

const EMPTY: YamlScalar = { kind: 'scalar', value: null, typed: true, start: 0, end: 0, block: false };

/** Levels of nesting that the recursive parser reads without ending in a stack overflow; real files have under thirty. */
const MAX_DEPTH = 200;

/**
 * Parses every document. Duplicate keys are kept in order (an if/else in a template leaves both); nothing throws.
 * @returns null when the text is nested too deeply to be read
 */
export function parseYamlDocuments(text: string): readonly YamlDocument[] | null {
  return parsePlainYaml(text) ?? parseWithLibrary(text);
}

/** The whole of YAML. Exported for the test that holds the quick reader against it. */
export function parseWithLibrary(text: string): readonly YamlDocument[] | null {
  if (tooDeep(text)) return null;
  let documents: Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text, { uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent', keepSourceTokens: false });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  // the library catches its own stack overflow and reports it as a syntax error
  if (documents.some(({ errors }) => errors.some(({ message }) => message.includes('call stack')))) return null;
  return documents.map((document) => {
    const error = document.errors[0];
    return {
      root: document.contents ? convert(document.contents as Node, new Map()) : null,
      start: document.range[0],
      error: error ? { message: error.message, offset: error.pos[0] } : null,
    };
  });
}

/** Only a run of openers, of dashes, or a very wide indentation gets deep in a file of ordinary size. */
function tooDeep(text: string): boolean {
  const openers = OPENERS.exec(text);
  if (openers && !text.slice(text.lastIndexOf('\n', openers.index) + 1, openers.index).includes('#')) return true;
  return DASHES.test(text) || WIDE.test(text);
}

const OPENERS = new RegExp(`(?:[[{]\\s*(?:[\\w"'-]+\\s*:\\s*)?){${MAX_DEPTH}}`);
const DASHES = new RegExp(`^(?:- ){${MAX_DEPTH}}`, 'm');
const WIDE = /\n {4000}/;

type Anchors = Map<string, Yaml>;

function convert(node: Node, anchors: Anchors): Yaml {
  const result = convertNode(node, anchors);
  const anchor = 'anchor' in node ? node.anchor : undefined;
  if (typeof anchor === 'string') anchors.set(anchor, result);
  return result;
}

function convertNode(node: Node, anchors: Anchors): Yaml {
  if (isScalar(node)) return convertScalar(node as never);
  if (isAlias(node)) return anchors.get(node.source) ?? EMPTY;
  if (isMap(node)) return { kind: 'map', entries: convertEntries(node.items, anchors), start: node.range?.[0] ?? 0 };
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convertItem(item, anchors)), start: node.range?.[0] ?? 0 };
  return EMPTY;
}

function convertItem(item: unknown, anchors: Anchors): Yaml {
  if (isPair(item)) return { kind: 'map', entries: convertEntries([item as Pair], anchors), start: 0 };
  return item ? convert(item as Node, anchors) : EMPTY;
}

function convertEntries(pairs: readonly Pair[], anchors: Anchors): YamlEntry[] {
  const entries: YamlEntry[] = [];
  for (const pair of pairs) {
    const key = pair.key as Node | null;
    const name = key && isScalar(key) ? scalarText(key as never) : null;
    if (name === null) continue;
    const value = pair.value ? convert(pair.value as Node, anchors) : EMPTY;
    if (name === '<<') entries.push(...merged(value));
    else entries.push({ key: name, keyStart: (key as Node).range?.[0] ?? 0, value, aliased: isAlias(pair.value) });
  }
  return entries;
}

function merged(value: Yaml): YamlEntry[] {
  if (value.kind === 'map') return value.entries.map((entry) => ({ ...entry, aliased: true }));
  if (value.kind === 'list') return value.items.flatMap(merged);
  return [];
}

interface ParsedScalar {
  value: unknown;
  source?: string;
  type?: string;
  range?: [number, number, number] | null;
}

function scalarText(scalar: ParsedScalar): string | null {
  if (typeof scalar.value === 'string') return scalar.value;
  if (scalar.value === null || scalar.value === undefined) return null;
  return scalar.source ?? String(scalar.value);
}

function convertScalar(scalar: ParsedScalar): YamlScalar {
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  const start = scalar.range?.[0] ?? 0;
  const end = scalar.range?.[1] ?? start;
  return {
    kind: 'scalar',
    value: scalarText(scalar),
    typed: typeof scalar.value !== 'string',
    start: quoted ? start + 1 : start,
    end: quoted ? end - 1 : end,
    block: scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED',
  };
}

/** The entries of a map with this key, in order: more than one where a template leaves alternatives. */
export function entriesOf(node: Yaml | undefined | null, key: string): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries.filter((entry) => entry.key === key) : [];
}

/** The last value under a key (YAML's last one wins), or undefined. */
export function valueOf(node: Yaml | undefined | null, key: string): Yaml | undefined {
  if (node?.kind !== 'map') return undefined;
  for (let i = node.entries.length - 1; i >= 0; i -= 1) if (node.entries[i]!.key === key) return node.entries[i]!.value;
  return undefined;
}

/** The value at a path of keys, or undefined. */
export function valueAt(node: Yaml | undefined | null, path: readonly string[]): Yaml | undefined {
  return path.reduce<Yaml | undefined>((at, key) => valueOf(at, key), node ?? undefined);
}

/** The text of a scalar, or null for anything else. */
export function textOf(node: Yaml | undefined | null): string | null {
  return node?.kind === 'scalar' ? node.value : null;
}

/** Calls `visit` for every map and list once, outermost first; what an alias repeats is not entered again. */
export function walk(node: Yaml | null, visit: (node: YamlMap | YamlList, path: readonly string[]) => void): void {
  const seen = new Set<Yaml>();
  function enter(at: Yaml, path: readonly string[]): void {
    if (at.kind === 'scalar' || seen.has(at)) return;
    seen.add(at);
    visit(at, path);
    if (at.kind === 'map') for (const entry of at.entries) enter(entry.value, entry.value.kind === 'scalar' ? path : [...path, entry.key]);
    else for (let i = 0; i < at.items.length; i += 1) enter(at.items[i]!, at.items[i]!.kind === 'scalar' ? path : [...path, String(i)]);
  }
  if (node) enter(node, []);
}

/** Calls `visit` for every scalar once, with the key it stands under (null in a list). */
export function walkScalars(node: Yaml | null, visit: (scalar: YamlScalar, key: string | null, parent: YamlMap | YamlList) => void): void {
  walk(node, (at) => {
    if (at.kind === 'map') for (const entry of at.entries) if (entry.value.kind === 'scalar' && !entry.aliased) visit(entry.value, entry.key, at);
    if (at.kind === 'list') for (const item of at.items) if (item.kind === 'scalar') visit(item, null, at);
  });
}
