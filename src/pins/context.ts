import { lineIndex, type LineIndex } from '../base/location.ts';
import { chartsIn, HELM_ACTION } from '../source/helm.ts';
import type { Repository } from '../source/repository.ts';
import { maskTemplate, splitParts, type Action } from '../source/template.ts';
import { parseYamlDocuments, type YamlDocument, type YamlScalar } from '../source/yaml.ts';
import { readSymbols, type Call, type Symbolic, type Symbols } from './symbols.ts';

/** A file, read: its documents with the template actions masked. */
export interface ParsedFile {
  readonly path: string;
  readonly text: string;
  /** The same text with the template actions masked in place. */
  readonly masked: string;
  readonly actions: readonly Action[];
  readonly documents: readonly YamlDocument[];
  readonly lines: LineIndex;
  /** Rendered by Helm: its actions read values. Otherwise they are parameters of an ApplicationSet, or mean nothing to us. */
  readonly helm: boolean;
  symbol(action: Action): Symbolic;
  /** Named templates that it includes, with what is passed to them. */
  calls(): readonly Call[];
}

/** What an idiom may ask. Every file is read and parsed at most once in a run. */
export interface Context {
  /** Paths of all files, sorted. */
  readonly paths: readonly string[];
  has(path: string): boolean;
  text(path: string): string;
  /** Null for what is no YAML or JSON, or could not be read. */
  parsed(path: string): ParsedFile | null;
  /** Folder of the Helm chart that this file is a template of, or null. */
  chartOf(path: string): string | null;
}

const YAML_FILE = /\.(?:ya?ml|json|tpl|tmpl|gotmpl)$/i;

export function isYamlPath(path: string): boolean {
  return YAML_FILE.test(path);
}

export function createContext(repository: Repository): Context {
  const files = new Map(repository.files.map((file) => [file.path, file]));
  const parsed = new Map<string, ParsedFile | null>();
  const paths = [...files.keys()];
  const chartOf = chartsIn(paths);

  return {
    paths,
    has: (path) => files.has(path),
    text: (path) => files.get(path)?.text ?? '',
    chartOf,
    parsed(path) {
      const known = parsed.get(path);
      if (known !== undefined) return known;
      const file = files.get(path);
      const result = file && file.text !== '' ? parseFile(path, file.text, chartOf(path) !== null, repository) : null;
      parsed.set(path, result);
      return result;
    },
  };
}

function parseFile(path: string, text: string, inChart: boolean, repository: Repository): ParsedFile | null {
  const masked = maskTemplate(text);
  const documents = parseYamlDocuments(masked.text);
  if (!documents) {
    repository.notices.push({ code: 'yaml-too-deep', file: path, message: 'nested too deeply: not read' });
    return null;
  }
  const lines = lineIndex(text);
  const broken = documents.find((document) => document.error !== null)?.error;
  // a template is no YAML before Helm ran: what the mask leaves unparsable is read as far as it goes, without a word
  if (broken && masked.actions.length === 0 && /\.ya?ml$/.test(path)) {
    repository.notices.push({ code: 'yaml-broken', file: path, ...lines.at(broken.offset), message: broken.message.split('\n')[0]! });
  }
  const helm = inChart || HELM_ACTION.test(text);
  let known: Symbols | undefined;
  function symbols(): Symbols {
    known ??= readSymbols(masked.actions, helm ? 'values' : 'parameters');
    return known;
  }
  return {
    path,
    text,
    masked: masked.text,
    actions: masked.actions,
    documents,
    lines,
    helm,
    symbol: (action) => symbols().values.get(action) ?? { kind: 'unknown' },
    calls: () => symbols().calls,
  };
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Folder and relative path, with `.` and `..` taken out; a path that begins with a slash counts from the root. */
export function joinPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** What a scalar says: its text, or what its template actions stand for. */
export function symbolOf(file: ParsedFile, scalar: YamlScalar | undefined): Symbolic {
  if (!scalar || scalar.value === null) return { kind: 'unknown' };
  const parts = splitParts(scalar.value, file.actions, scalar.start);
  if (parts.length === 1 && typeof parts[0] === 'string' && !parts[0].includes('{{')) {
    return { kind: 'text', value: parts[0], offset: literalOffset(file, scalar, parts[0]) };
  }
  const symbols = parts.map((part): Symbolic => (typeof part === 'string' ? textSymbol(part) : file.symbol(part)));
  return symbols.length === 1 ? symbols[0]! : { kind: 'join', parts: symbols };
}

/** Offset of a scalar's text in the file, or null where the text is not written as it reads (an escape, a folded line, a constant in braces). */
function literalOffset(file: ParsedFile, scalar: YamlScalar, value: string): number | null {
  return !scalar.block && file.text.startsWith(value, scalar.start) ? scalar.start : null;
}

/** A text in which `{{ … }}` is left over is for the ApplicationSet controller: its parameters. */
function textSymbol(text: string): Symbolic {
  const masked = maskTemplate(text, true);
  if (masked.actions.length === 0) return { kind: 'text', value: text, offset: null };
  const symbols = readSymbols(masked.actions, 'parameters').values;
  const parts = splitParts(masked.text, masked.actions, 0).map((part): Symbolic => (typeof part === 'string' ? { kind: 'text', value: part, offset: null } : (symbols.get(part) ?? { kind: 'unknown' })));
  return parts.length === 1 ? parts[0]! : { kind: 'join', parts };
}
