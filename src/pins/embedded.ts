import { parseYamlDocuments, type YamlScalar } from '../source/yaml.ts';
import type { ParsedFile } from './context.ts';

/**
 * The content of a literal block scalar, read as a YAML file whose offsets are those of the file around it: a uniformly indented block parses as
 * it stands.
 * @returns null when the content is no YAML
 */
export function embeddedFile(file: ParsedFile, scalar: YamlScalar): ParsedFile | null {
  const header = file.text.indexOf('\n', scalar.start);
  if (!scalar.block || header === -1 || header >= scalar.end) return null;
  const start = header + 1;
  const documents = parseYamlDocuments(file.masked.slice(start, scalar.end));
  const root = documents?.[0]?.root;
  if (!documents || !root || root.kind === 'scalar') return null;
  return { ...file, documents: shift(documents, start) };
}

/** Moves every offset of a tree. Aliases keep pointing to one node. */
function shift<T>(tree: T, by: number): T {
  const moved = new Map<object, unknown>();
  function copy(node: unknown): unknown {
    if (typeof node !== 'object' || node === null) return node;
    const known = moved.get(node);
    if (known !== undefined) return known;
    const result: unknown = Array.isArray(node) ? [] : {};
    moved.set(node, result);
    if (Array.isArray(node)) for (const item of node) (result as unknown[]).push(copy(item));
    else for (const [key, value] of Object.entries(node)) (result as Record<string, unknown>)[key] = OFFSETS.has(key) && typeof value === 'number' ? value + by : copy(value);
    return result;
  }
  return copy(tree) as T;
}

const OFFSETS = new Set(['start', 'end', 'keyStart', 'offset']);
