import { maskTemplate } from '../source/template.ts';
import { parseYamlDocuments, type Yaml } from '../source/yaml.ts';

/** Whether two texts of a YAML file say the same: keys, values and their order, with Go-template actions left as they are. */
export function sameValues(before: string, after: string): boolean {
  return JSON.stringify(values(before)) === JSON.stringify(values(after));
}

function values(text: string): unknown {
  const masked = maskTemplate(text);
  const documents = parseYamlDocuments(masked.text);
  const seen = new Map<Yaml, number>();
  return [documents?.map(({ root, error }) => [root === null ? null : plain(root, seen), error === null]), masked.actions.map(({ body }) => body)];
}

/** What an alias repeats is named and not written out again: a few lines can stand for millions. */
function plain(node: Yaml, seen: Map<Yaml, number>): unknown {
  if (node.kind === 'scalar') return [node.value, node.typed];
  const known = seen.get(node);
  if (known !== undefined) return known;
  seen.set(node, seen.size);
  if (node.kind === 'list') return node.items.map((item) => plain(item, seen));
  return node.entries.map(({ key, value }) => [key, plain(value, seen)]);
}
