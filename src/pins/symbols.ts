import { readStatement, type Term } from '../source/go-template.ts';
import type { Action } from '../source/template.ts';

/**
 * What an expression of a Helm template (or a goTemplate ApplicationSet) can stand for, without running it: a path into the values,
 * the key of a `range`, a text, or several of these in order of preference. Every `if` is read as if both branches were taken.
 */
export type Symbolic =
  | { readonly kind: 'path'; readonly root: Root; readonly steps: readonly Step[]; /** Of a `context`: the named template whose dot it is. */ readonly template?: string }
  | { readonly kind: 'key'; readonly each: number }
  | { readonly kind: 'text'; readonly value: string; /** Offset in the file when it stands there literally. */ readonly offset: number | null; /** Said by `default`, for a value that is empty. */ readonly fallback?: true }
  | { readonly kind: 'first'; readonly of: readonly Symbolic[] }
  | { readonly kind: 'join'; readonly parts: readonly Symbolic[] }
  /** `dict "name" .x "version" "1.2.3"`. */
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, Symbolic> }
  | { readonly kind: 'unknown' };

/** `values`: `.Values`; `parameters`: what an ApplicationSet generator yields; `context`: the dot of a named template, unknown here. */
export type Root = 'values' | 'parameters' | 'context';

export type Step =
  | { readonly key: string }
  /** Every element of a map or list; `names` limits it to these keys. */
  | { readonly each: number; readonly names: readonly string[] | null };

const UNKNOWN: Symbolic = { kind: 'unknown' };

type Dot = Symbolic | { readonly kind: 'root' };

const BARE_PATH = /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/;

/** `include "name" argument`: what the dot of a named template is there. */
export interface Call {
  readonly template: string;
  readonly argument: Symbolic;
}

export interface Symbols {
  /** The symbol of each action that produces a value. */
  readonly values: ReadonlyMap<Action, Symbolic>;
  readonly calls: readonly Call[];
}

interface Scope {
  readonly keyword: string;
  readonly dot: Dot;
  readonly variables: Map<string, Symbolic>;
}

/**
 * Evaluates the actions of one file in order.
 * @param root what `.` is outside of any block: Helm's root object, or the parameters of an ApplicationSet generator
 */
export function readSymbols(actions: readonly Action[], root: 'values' | 'parameters'): Symbols {
  const symbols = new Map<Action, Symbolic>();
  const start: Dot = root === 'values' ? { kind: 'root' } : { kind: 'path', root: 'parameters', steps: [] };
  const scopes: Scope[] = [{ keyword: '', dot: start, variables: new Map() }];
  const calls: Call[] = [];
  let eaches = 0;

  for (const action of actions) {
    if (root === 'parameters' && BARE_PATH.test(action.body)) {
      // fasttemplate, the ApplicationSet default: `{{values.addonChart}}` without a dot
      symbols.set(action, { kind: 'path', root, steps: action.body.split('.').map((key) => ({ key })) });
      continue;
    }
    const { keyword, variables, assigns, term } = readStatement(action.body);
    const scope = scopes.at(-1)!;
    const value = term ? evaluate(term, scopes, action.bodyStart) : UNKNOWN;
    if (term) collectCalls(term, scopes, action.bodyStart, calls);
    if (keyword === null) {
      if (variables.length === 1) bind(scopes, variables[0]!, value, assigns);
      else symbols.set(action, value);
    } else if (keyword === 'end') {
      if (scopes.length > 1) scopes.pop();
    } else if (keyword === 'define' || keyword === 'block') {
      scopes.push({ keyword, dot: { kind: 'path', root: 'context', steps: [], ...(term?.kind === 'text' ? { template: term.value } : {}) }, variables: new Map() });
    } else if (keyword === 'range') {
      scopes.push(rangeScope(value, variables, eaches));
      eaches += 1;
    } else if (keyword === 'with') {
      scopes.push({ keyword, dot: value, variables: new Map(variables.map((name) => [name, value])) });
    } else if (keyword === 'if') {
      scopes.push({ keyword, dot: scope.dot, variables: new Map() });
    } else if (keyword === 'else with') {
      scopes.pop();
      scopes.push({ keyword: 'with', dot: value, variables: new Map() });
    } else if (keyword === 'else' && scope.keyword === 'with' && scopes.length > 1) {
      scopes.pop();
      scopes.push({ keyword: 'if', dot: scopes.at(-1)!.dot, variables: new Map() });
    }
  }
  return { values: symbols, calls };
}

function collectCalls(term: Term, scopes: readonly Scope[], base: number, calls: Call[]): void {
  if (term.kind !== 'call') return;
  const [name, argument] = term.args;
  if ((term.name === 'include' || term.name === 'template') && name?.kind === 'text' && argument) calls.push({ template: name.value, argument: evaluate(argument, scopes, base) });
  else for (const arg of term.args) collectCalls(arg, scopes, base, calls);
}

function rangeScope(over: Symbolic, variables: readonly string[], each: number): Scope {
  const element = elementOf(over, each);
  const names = new Map<string, Symbolic>();
  const last = variables.at(-1);
  if (last !== undefined) names.set(last, element);
  if (variables.length === 2) names.set(variables[0]!, { kind: 'key', each });
  return { keyword: 'range', dot: element, variables: names };
}

function elementOf(over: Symbolic, each: number): Symbolic {
  if (over.kind === 'path') return { ...over, steps: [...over.steps, { each, names: null }] };
  if (over.kind === 'first') return { kind: 'first', of: over.of.map((one) => elementOf(one, each)) };
  // `range list "a" "b"`: the element is one of these texts
  if (over.kind === 'join') return { kind: 'first', of: over.parts };
  return UNKNOWN;
}

function bind(scopes: readonly Scope[], name: string, value: Symbolic, assigns: boolean): void {
  if (!assigns) {
    scopes.at(-1)!.variables.set(name, value);
    return;
  }
  const owner = scopes.findLast((scope) => scope.variables.has(name));
  // an assignment in a branch may or may not happen: the old value stays possible behind the new one
  if (owner) owner.variables.set(name, either([value, owner.variables.get(name)!]));
}

/** Several possibilities as one symbol, nested ones flattened, unknown ones dropped. */
export function either(symbols: readonly Symbolic[]): Symbolic {
  const flat = symbols.flatMap((one) => (one.kind === 'first' ? one.of : [one])).filter((one) => one.kind !== 'unknown');
  if (flat.length === 0) return UNKNOWN;
  return flat.length === 1 ? flat[0]! : { kind: 'first', of: flat.slice(0, 64) };
}

function evaluate(term: Term, scopes: readonly Scope[], base: number): Symbolic {
  if (term.kind === 'text') return { kind: 'text', value: term.value, offset: base + term.at };
  if (term.kind === 'field') return field(term.start, term.path, scopes);
  if (term.kind === 'call') return call(term.name, term.args, scopes, base);
  return UNKNOWN;
}

function field(start: string, path: readonly string[], scopes: readonly Scope[]): Symbolic {
  const from: Dot | undefined = start === '' ? scopes.at(-1)!.dot : start === '$' ? rootOf(scopes) : scopes.findLast((scope) => scope.variables.has(start))?.variables.get(start);
  if (!from) return UNKNOWN;
  if (from.kind !== 'root') return descend(from, path);
  if (path[0] !== 'Values') return UNKNOWN;
  return { kind: 'path', root: 'values', steps: path.slice(1).map((key) => ({ key })) };
}

/** `$` is the root object; inside a named template it is what was passed to it. */
function rootOf(scopes: readonly Scope[]): Dot {
  return (scopes.findLast((scope) => scope.keyword === 'define' || scope.keyword === 'block') ?? scopes[0]!).dot;
}

/** The symbol of a field, and of its fields. */
export function descend(from: Symbolic, path: readonly string[]): Symbolic {
  if (path.length === 0) return from;
  if (from.kind === 'fields') return descend(from.fields.get(path[0]!) ?? UNKNOWN, path.slice(1));
  if (from.kind === 'first') return either(from.of.map((one) => descend(one, path)));
  if (from.kind !== 'path') return UNKNOWN;
  // `.Values` under an unknown context is the values again: named templates are usually called with the root object
  const values = from.root === 'context' ? path.indexOf('Values') : -1;
  if (values !== -1) return { kind: 'path', root: 'values', steps: path.slice(values + 1).map((key) => ({ key })) };
  return { ...from, steps: [...from.steps, ...path.map((key) => ({ key }))] };
}

/** Functions that hand their last argument through, as far as a version is concerned. */
const TRANSPARENT = new Set(['quote', 'squote', 'toString', 'trim', 'lower', 'upper', 'required', 'tpl', 'nospace', 'trimSuffix', 'trimPrefix', 'replace', 'trunc', 'default', 'toYaml', 'fromYaml', 'html', 'print', 'indent', 'nindent', 'urlquery', 'slugify', 'normalize']);

function call(name: string, args: readonly Term[], scopes: readonly Scope[], base: number): Symbolic {
  const values = (): Symbolic[] => args.map((arg) => evaluate(arg, scopes, base));
  switch (name) {
    case 'default':
      return either(values().map((one, i): Symbolic => (i === 0 && one.kind === 'text' ? { ...one, fallback: true } : one)).reverse());
    case 'coalesce':
    case 'or':
      return either(values());
    case 'ternary':
      return either(values().slice(0, 2));
    case 'tpl':
      return values()[0] ?? UNKNOWN;
    case 'get':
    case 'index':
      return values().slice(1).reduce<Symbolic>(lookUp, values()[0] ?? UNKNOWN);
    case 'dig':
      return dig(values());
    case 'list':
    case 'tuple':
      return { kind: 'join', parts: values() };
    case 'dict':
      return { kind: 'fields', fields: pairs(args, values()) };
    case 'printf':
      return format(values());
    default:
      return TRANSPARENT.has(name) ? (values().at(-1) ?? UNKNOWN) : UNKNOWN;
  }
}

function pairs(args: readonly Term[], values: readonly Symbolic[]): Map<string, Symbolic> {
  const fields = new Map<string, Symbolic>();
  args.forEach((arg, i) => {
    if (i % 2 === 0 && arg.kind === 'text') fields.set(arg.value, values[i + 1] ?? UNKNOWN);
  });
  return fields;
}

/** `get $map "key"` and `get $map $key` with the key of a range, or one of several texts. */
function lookUp(map: Symbolic, key: Symbolic): Symbolic {
  if (map.kind === 'first') return either(map.of.map((one) => lookUp(one, key)));
  if (map.kind !== 'path') return UNKNOWN;
  if (key.kind === 'text') return descend(map, [key.value]);
  if (key.kind === 'key') return { ...map, steps: [...map.steps, { each: key.each, names: null }] };
  const names = key.kind === 'first' ? key.of.flatMap((one) => (one.kind === 'text' ? [one.value] : [])) : [];
  // the texts of a `range list …`: element and key share a number that no real range has
  return names.length > 0 ? { ...map, steps: [...map.steps, { each: NAMED, names }] } : UNKNOWN;
}

/** Binding number of an element chosen by one of several literal names. */
export const NAMED = -1;

function dig(values: readonly Symbolic[]): Symbolic {
  const map = values.at(-1);
  const fallback = values.at(-2);
  if (!map || !fallback) return UNKNOWN;
  return either([values.slice(0, -2).reduce(lookUp, map), fallback]);
}

function format(values: readonly Symbolic[]): Symbolic {
  const [pattern, ...rest] = values;
  if (pattern?.kind !== 'text') return UNKNOWN;
  const parts: Symbolic[] = [];
  let next = 0;
  for (const piece of pattern.value.split(/(%[svdq])/)) {
    if (/^%[svdq]$/.test(piece)) parts.push(rest[next++] ?? UNKNOWN);
    else if (piece !== '') parts.push({ kind: 'text', value: piece, offset: null });
  }
  return parts.length === 1 ? parts[0]! : { kind: 'join', parts };
}
