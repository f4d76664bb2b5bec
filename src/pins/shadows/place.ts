import { textOf, valueOf, walkScalars, type Yaml, type YamlMap, type YamlScalar } from '../../source/yaml.ts';
import { symbolOf, type ParsedFile } from '../context.ts';
import type { Override, OverrideKind } from '../shadow.ts';

/** The place of a scalar as an override, or null when its value is a template's to make: it may be empty, and then overrides nothing. */
export function overrideAt(by: OverrideKind, file: ParsedFile, scalar: YamlScalar): Override | null {
  const symbol = symbolOf(file, scalar);
  if (symbol.kind !== 'text' || symbol.value === '' || /[\uE000-\uF8FF]/.test(symbol.value)) return null;
  return { by, file: file.path, ...file.lines.at(scalar.start), offset: scalar.start, value: symbol.value };
}

interface Spot {
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
}

/** Answers with the keys and indexes that lead to the scalar around an offset, or null. */
export type PathTo = (offset: number) => readonly string[] | null;

/** Walks a tree once, however many places are asked for. */
export function indexPaths(root: Yaml): PathTo {
  const spots: Spot[] = [];
  const seen = new Set<Yaml>();
  function enter(node: Yaml, keys: readonly string[]): void {
    if (node.kind === 'scalar') {
      if (!node.block && node.value !== null) spots.push({ start: node.start, end: node.end, keys });
      return;
    }
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'list') node.items.forEach((item, i) => enter(item, [...keys, String(i)]));
    else for (const entry of node.entries) if (!entry.aliased) enter(entry.value, [...keys, entry.key]);
  }
  enter(root, []);
  spots.sort((a, b) => a.start - b.start);
  return (offset) => {
    let low = 0;
    let high = spots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spots[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    const spot = spots[low - 1];
    return spot !== undefined && offset < spot.end ? spot.keys : null;
  };
}

/**
 * What stands in `other` at the place to which `keys` lead in `own`, when Helm merges `other` over `own`: maps are merged, lists replaced.
 * @returns the scalar there; a list that replaces the one of `own`, when its elements do not correspond; null when `own` keeps its say
 */
export function mergedOver(own: Yaml, keys: readonly string[], other: Yaml): YamlScalar | { readonly replaced: Yaml } | null {
  let below: Yaml | undefined = own;
  let above: Yaml | undefined = other;
  let list: Yaml | null = null;
  for (const key of keys) {
    if (above?.kind === 'list' && below?.kind === 'list') {
      list ??= above;
      const item: Yaml | undefined = below.items[Number(key)];
      const name = textOf(valueOf(item, 'name'));
      above = name === null ? undefined : above.items.find((one) => textOf(valueOf(one, 'name')) === name);
      below = item;
    } else {
      if (list === null && above?.kind !== 'map') return null;
      above = above?.kind === 'map' ? valueOf(above, key) : undefined;
      below = below?.kind === 'list' ? below.items[Number(key)] : valueOf(below, key);
    }
  }
  if (above?.kind === 'scalar' && above.value !== null) return above;
  return list === null ? null : { replaced: list };
}

/** Actions that make what stands around them come and go. */
const CONTROL = /^(?:if|else|range|with|end)\b/;

/** Whether something inside the map is there only under a condition. */
export function isConditional(file: ParsedFile, node: YamlMap): boolean {
  let end = node.start;
  walkScalars(node, (scalar) => {
    end = Math.max(end, scalar.end);
  });
  return file.actions.some((action) => action.start >= node.start && action.start < end && CONTROL.test(action.body));
}
