import { parseAllDocuments as parseWithLibrary } from 'renovate-yaml';
import { parsePlainYaml } from '../../source/plain-yaml.ts';
import type { Yaml, YamlMap, YamlScalar } from '../../source/yaml.ts';

/**
 * Stands in for the `yaml` package in Renovate's util/yaml.js (44.121.2): parsing plain Applications with it is half of the work of this thread.
 * Plain texts are read by our quick reader, whose documents have what util/yaml.js asks of them; all others by the library. A test holds both
 * against each other.
 */
interface ReadDocument {
  readonly errors: readonly Error[];
  toJS(options?: object): unknown;
}

export { parseDocument, stringify } from 'renovate-yaml';

export function parseAllDocuments(text: string, options: object): readonly ReadDocument[] {
  return plainDocuments(text) ?? parseWithLibrary(text, options);
}

/** Null for a text that is not plain, holds a key twice (an error or not, by option), or a document without content. */
export function plainDocuments(text: string): readonly ReadDocument[] | null {
  const documents = parsePlainYaml(text);
  if (documents === null || documents.some(({ root }) => root === null || repeats(root))) return null;
  return documents.map(({ root }) => ({ errors: [], toJS: () => valueOf(root!) }));
}

function repeats(node: Yaml): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'list') return node.items.some(repeats);
  return new Set(node.entries.map(({ key }) => key)).size < node.entries.length || node.entries.some(({ value }) => repeats(value));
}

function valueOf(node: Yaml): unknown {
  if (node.kind === 'scalar') return scalarValue(node);
  if (node.kind === 'list') return node.items.map(valueOf);
  return mapValue(node);
}

function mapValue({ entries }: YamlMap): unknown {
  const result: Record<string, unknown> = {};
  for (const { key, value } of entries) result[key] = valueOf(value);
  return result;
}

/** YAML 1.2's core schema, as the library applies it. */
function scalarValue({ value, typed }: YamlScalar): unknown {
  if (!typed || value === null) return value;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  if (value.startsWith('0o')) return Number.parseInt(value.slice(2), 8);
  if (/nan$/i.test(value)) return Number.NaN;
  if (/inf$/i.test(value)) return value.startsWith('-') ? -Infinity : Infinity;
  return Number(value);
}
