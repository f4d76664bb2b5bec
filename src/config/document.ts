import type { JsonObject } from '../renovate/types.ts';
import { lineIndex, type Location } from '../base/location.ts';
import type { Dialect, JsonPath, Positions, Span } from '../source/json5.ts';

/** A place to underline: `length` characters from `column` on. */
export interface Place extends Location {
  readonly length: number;
}

/** A Renovate config or preset as it was written, and where each part of it stands. */
export interface ConfigDocument {
  /** What Renovate's answers name as source of its entries. */
  readonly source: string;
  /** Path for people: from the judged directory, forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly value: JsonObject;
  readonly dialect: Dialect;
  /** Where the config starts inside its file: `renovate` in a package.json. */
  readonly base: JsonPath;
  has(path: JsonPath): boolean;
  /** Of a value, or of its nearest ancestor when the path does not exist. */
  valueAt(path: JsonPath): Place;
  keyAt(path: JsonPath): Place;
}

export interface DocumentParts {
  readonly source: string;
  readonly file: string;
  readonly text: string;
  readonly value: JsonObject;
  readonly positions: Positions | null;
  readonly dialect?: Dialect;
  readonly base?: JsonPath;
}

export function configDocument(parts: DocumentParts): ConfigDocument {
  const { positions, base = [], dialect = 'strict' } = parts;
  const lines = lineIndex(parts.text);
  function place(span: Span): Place {
    const { line, column } = lines.at(span.start);
    const toLineEnd = lines.line(line).length - (column - 1);
    return { file: parts.file, line, column, length: Math.max(1, Math.min(span.end - span.start, toLineEnd)) };
  }
  const top: Place = { file: parts.file, line: 1, column: 1, length: 1 };
  return {
    source: parts.source,
    file: parts.file,
    text: parts.text,
    value: parts.value,
    dialect,
    base,
    has: (path) => positions?.has([...base, ...path]) ?? false,
    valueAt: (path) => (positions === null ? top : place(positions.value([...base, ...path]))),
    keyAt: (path) => (positions === null ? top : place(positions.key([...base, ...path]))),
  };
}

/** Stands for the config of a repository that has none. */
export function emptyDocument(): ConfigDocument {
  return configDocument({ source: 'renovate.json', file: 'renovate.json', text: '', value: {}, positions: null });
}
