import { entriesOf, textOf, valueAt, type Yaml, type YamlScalar } from '../source/yaml.ts';
import { symbolOf, type ParsedFile } from './context.ts';
import type { Row } from './deployments.ts';
import { either, NAMED, type Step, type Symbolic } from './symbols.ts';

/** What a symbol may be looked up in: documents in order of preference, and the elements chosen so far. */
export interface Scope {
  readonly documents: readonly { readonly file: ParsedFile; readonly root: Yaml }[];
  readonly bindings: ReadonlyMap<number, string>;
}

/** Where nothing is known but what a symbol says itself. */
export const NOWHERE: Scope = { documents: [], bindings: new Map() };

/** The text that a symbol stands for in a scope, or null when it cannot be known. */
export function resolveText(symbol: Symbolic, scope: Scope): string | null {
  switch (symbol.kind) {
    case 'text':
      return symbol.value;
    case 'key':
      return scope.bindings.get(symbol.each) ?? null;
    case 'first': {
      const chosen = scope.bindings.get(NAMED);
      if (chosen !== undefined && symbol.of.some((one) => one.kind === 'text' && one.value === chosen)) return chosen;
      for (const one of symbol.of) {
        const text = resolveText(one, scope);
        if (text !== null && text !== '') return text;
      }
      return null;
    }
    case 'join': {
      const parts = symbol.parts.map((part) => resolveText(part, scope));
      return parts.includes(null) ? null : parts.join('');
    }
    case 'path':
      for (const { file, root } of scope.documents) {
        const keys = stepKeys(symbol.steps, scope.bindings);
        const found = keys && valueIn(root, keys);
        if (!found || found.kind !== 'scalar') continue;
        const text = symbolOf(file, found);
        if (text.kind === 'text') return text.value;
      }
      return null;
    default:
      return null;
  }
}

/** What of a text is known, with `*` for the rest; null when that is all of it, or nothing that tells it from others. Of several possibilities the first counts. */
export function patternOf(symbol: Symbolic, scope: Scope): string | null {
  const pattern = globOf(symbol.kind === 'first' ? symbol.of[0]! : symbol, scope).replaceAll(/\*+/g, '*');
  return pattern.includes('*') && /[a-z0-9]/i.test(pattern) ? pattern : null;
}

function globOf(symbol: Symbolic, scope: Scope): string {
  return resolveText(symbol, scope) ?? (symbol.kind === 'join' ? symbol.parts.map((part) => globOf(part, scope)).join('') : '*');
}

function stepKeys(steps: readonly Step[], bindings: ReadonlyMap<number, string>): string[] | null {
  const keys: string[] = [];
  for (const step of steps) {
    const key = 'key' in step ? step.key : bindings.get(step.each);
    if (key === undefined) return null;
    keys.push(key);
  }
  return keys;
}

/** Like valueAt, and through lists by index: a bound element of a list has its index as key. */
function valueIn(root: Yaml, keys: readonly string[]): Yaml | undefined {
  let at: Yaml | undefined = root;
  for (const key of keys) {
    if (at?.kind === 'list') at = at.items[Number(key)];
    else at = at && valueAt(at, [key]);
  }
  return at;
}

export interface Match {
  readonly scalar: YamlScalar;
  readonly bindings: ReadonlyMap<number, string>;
}

/** Every place of a document that a path of steps leads to. */
export function matchPath(root: Yaml, steps: readonly Step[]): Match[] {
  const found: Match[] = [];
  function enter(at: Yaml, next: number, bindings: ReadonlyMap<number, string>): void {
    const step = steps[next];
    if (!step) {
      if (at.kind === 'scalar' && at.value !== null) found.push({ scalar: at, bindings });
      return;
    }
    if ('key' in step) {
      if (at.kind === 'map') for (const entry of at.entries) if (entry.key === step.key) enter(entry.value, next + 1, bindings);
      return;
    }
    for (const [key, value] of children(at)) {
      if (value.kind === 'scalar' && next + 1 < steps.length) continue;
      if (step.names && !step.names.includes(key)) continue;
      enter(value, next + 1, new Map(bindings).set(step.each, key));
    }
  }
  enter(root, 0, new Map());
  return found;
}

function children(node: Yaml): [string, Yaml][] {
  if (node.kind === 'map') return node.entries.map((entry) => [entry.key, entry.value]);
  if (node.kind === 'list') return node.items.map((item, i) => [String(i), item]);
  return [];
}

/**
 * Puts the parameters of one generator row in place of the paths that read them; what the row lacks comes from the rows combined
 * with it (a `merge` override inherits chart and repository from its sibling).
 */
export function substitute(symbol: Symbolic, file: ParsedFile, rows: readonly Row[]): Symbolic {
  if (symbol.kind === 'first') return either(symbol.of.map((one) => substitute(one, file, rows)));
  if (symbol.kind === 'join') return { kind: 'join', parts: symbol.parts.map((one) => substitute(one, file, rows)) };
  if (symbol.kind !== 'path' || symbol.root !== 'parameters') return symbol;
  const keys = stepKeys(symbol.steps, new Map());
  if (!keys) return symbol;
  for (const row of rows) {
    // an if/else may leave a parameter twice: all of them, in order
    const found = [...valuesAt(row.node, keys), ...valuesAt(row.node, [keys.join('.')])].flatMap((value) => (value.kind === 'scalar' && textOf(value) !== null ? [symbolOf(file, value)] : []));
    if (found.length > 0) return either(found);
  }
  return symbol;
}

function valuesAt(node: Yaml, keys: readonly string[]): Yaml[] {
  return keys.reduce<Yaml[]>((nodes, key) => nodes.flatMap((at) => entriesOf(at, key).map((entry) => entry.value)), [node]);
}

/** The paths of a symbol that read from this root, in order of preference. */
export function pathsOf(symbol: Symbolic, root: 'values' | 'parameters' | 'context'): readonly (readonly Step[])[] {
  if (symbol.kind === 'path') return symbol.root === root && symbol.steps.length > 0 ? [symbol.steps] : [];
  if (symbol.kind === 'first') return symbol.of.flatMap((one) => pathsOf(one, root));
  // `v{{ .Values.version }}`: the one place that the version comes from
  if (symbol.kind === 'join' && symbol.parts.filter((part) => part.kind !== 'text').length === 1) return symbol.parts.flatMap((part) => pathsOf(part, root));
  return [];
}
