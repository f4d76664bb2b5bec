import type { AST } from '@eslint-community/regexpp';
import { characters, type Ranges } from './characters.ts';

/**
 * The positions of a regex, one for each character that it matches, and the ways from one to the next, as Glushkov builds them; but with the number of
 * ways, because a backtracking engine tries each. Counts above one are all the same here: `many`.
 */
export interface Automaton {
  readonly positions: readonly Position[];
  /** By position: the ones that can come next. */
  readonly follow: readonly ReadonlyMap<number, Ways>[];
  /** Where the regex may end, so that nothing is left that could fail. */
  readonly final: ReadonlySet<number>;
}

export interface Position {
  readonly node: AST.Node;
  readonly ranges: Ranges;
}

export type Ways = 'one' | 'many';

/** A part of the regex: how it may begin, how it may end, and in how many ways it may match nothing. */
interface Part {
  readonly empty: 0 | Ways;
  readonly first: ReadonlyMap<number, Ways>;
  readonly last: ReadonlyMap<number, Ways>;
}

const NONE: ReadonlyMap<number, Ways> = new Map();
const EMPTY: Part = { empty: 'one', first: NONE, last: NONE };
/** What only looks (boundaries, look-arounds) and what RE2 refuses: whatever depends on it is not judged. */
const UNKNOWN: Part = { empty: 0, first: NONE, last: NONE };

/** Null for a regex that is too large to judge. */
export function automatonOf(pattern: AST.Pattern): Automaton | null {
  const positions: Position[] = [];
  const follow: Map<number, Ways>[] = [];

  function connect(before: Part, after: Part): void {
    for (const [from, one] of before.last) for (const [to, other] of after.first) add(follow[from]!, to, times(one, other));
  }

  function concat(before: Part, after: Part): Part {
    connect(before, after);
    return { empty: times(before.empty, after.empty), first: sum(before.first, after.first, before.empty), last: sum(after.last, before.last, after.empty) };
  }

  function loop(body: Part): Part {
    connect(body, body);
    return { ...body, empty: 'one' };
  }

  /** RegExp refuses an optional round that matches nothing (RepeatMatcher, ECMA-262), so it has one way to be left out. */
  function optional(node: AST.Node, rest: Part): Part {
    return { ...concat({ ...build(node, true), empty: 0 }, rest), empty: 'one' };
  }

  function repeat({ element, min, max }: AST.Quantifier, looped: boolean): Part {
    if (max === 0) return EMPTY;
    // outside of a loop a copy more or less makes no other loops
    const needed = looped ? min : Math.min(min, 1);
    if (max === Infinity) {
      const body = build(element, true);
      const rounds = loop({ ...body, empty: 0 });
      return needed === 1 ? { ...rounds, empty: body.empty } : copies(element, needed, rounds, true);
    }
    let rest: Part = EMPTY;
    for (let copy = needed; copy < (looped ? max : 1) && positions.length <= LIMIT; copy += 1) rest = optional(element, rest);
    return copies(element, needed, rest, looped);
  }

  function copies(element: AST.Node, count: number, rest: Part, looped: boolean): Part {
    let part = rest;
    for (let copy = 0; copy < count && positions.length <= LIMIT; copy += 1) part = concat(build(element, looped), part);
    return part;
  }

  function build(node: AST.Node, looped: boolean): Part {
    switch (node.type) {
      case 'Pattern':
      case 'Group':
      case 'CapturingGroup':
        return node.alternatives.map((alternative) => build(alternative, looped)).reduce(either);
      case 'Alternative':
        return node.elements.map((element) => build(element, looped)).reduce(concat, EMPTY);
      case 'Quantifier':
        return repeat(node, looped);
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet': {
        const position = new Map<number, Ways>([[positions.length, 'one']]);
        positions.push({ node, ranges: characters(node) });
        follow.push(new Map());
        return { empty: 0, first: position, last: position };
      }
      default:
        return UNKNOWN;
    }
  }

  const whole = build(pattern, false);
  return positions.length > LIMIT ? null : { positions, follow, final: new Set(whole.last.keys()) };
}

const LIMIT = 1_000;

function either(one: Part, other: Part): Part {
  return { empty: one.empty === 0 ? other.empty : other.empty === 0 ? one.empty : 'many', first: sum(one.first, other.first, 'one'), last: sum(one.last, other.last, 'one') };
}

function times<A extends 0 | Ways, B extends 0 | Ways>(one: A, other: B): A | B {
  if ((one as 0 | Ways) === 0 || other === 'one') return one;
  return other;
}

function sum(one: ReadonlyMap<number, Ways>, other: ReadonlyMap<number, Ways>, factor: 0 | Ways): ReadonlyMap<number, Ways> {
  if (factor === 0 || other.size === 0) return one;
  const all = new Map(one);
  for (const [position, ways] of other) add(all, position, times(ways, factor));
  return all;
}

function add(map: Map<number, Ways>, position: number, ways: Ways): void {
  map.set(position, map.has(position) ? 'many' : ways);
}
