import type { AST } from '@eslint-community/regexpp';
import { automatonOf, type Automaton } from './automaton.ts';
import { overlap } from './characters.ts';
import { parseRegExp } from './syntax.ts';

/**
 * The part of a regex that can take exponential time on a backtracking engine; null when there is none, or when it cannot be told.
 *
 * A loop does when one text leads from a position back to the same position in two ways: n times that text then has 2^n ways, and all are tried when
 * what follows does not fit (exponential degree of ambiguity; Weber and Seidl, 1991). Loops after which the regex may end have nothing that could fail. Polynomial
 * time, which nearly every chain of `\s*` and `.*?` can take, is none of this.
 */
export function exponentialPart(regex: string): string | null {
  const parsed = parseRegExp(regex);
  const automaton = parsed.ok ? automatonOf(parsed.pattern) : null;
  if (automaton === null) return null;
  const start = loopsOf(automaton).flatMap((loop) => ambiguousIn(automaton, loop) ?? [])[0];
  return start === undefined ? null : loopAround(automaton.positions[start]!.node).raw;
}

/** Sets of positions that lead to one another; none of those where the regex may end. */
function loopsOf({ positions, follow, final }: Automaton): number[][] {
  const edges = follow.reduce((count, { size }) => count + size, 0);
  if (edges * positions.length > MAX_WORK) return [];
  const reach = positions.map((_, index) => (final.has(index) ? new Set<number>() : reachable(index, follow, final)));
  const seen = new Set<number>();
  const loops: number[][] = [];
  for (const [index, reached] of reach.entries()) {
    if (!reached.has(index) || seen.has(index)) continue;
    const loop = [...reached].filter((other) => reach[other]!.has(index));
    for (const member of loop) seen.add(member);
    loops.push(loop);
  }
  return loops;
}

function reachable(start: number, follow: Automaton['follow'], final: ReadonlySet<number>): Set<number> {
  const reached = new Set<number>();
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const to of follow[from]!.keys()) {
      if (final.has(to) || reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}

/** A position of the loop from which one text can go two ways and come together again; null for none, and for loops too large to judge. */
function ambiguousIn({ positions, follow }: Automaton, loop: readonly number[]): number | null {
  const inside = new Set(loop);
  const next = new Map(loop.map((from) => [from, [...follow[from]!].filter(([to]) => inside.has(to))]));
  const doubled = loop.find((from) => next.get(from)!.some(([, ways]) => ways === 'many'));
  if (doubled !== undefined) return doubled;
  if (loop.length > MAX_LOOP) return null;
  const steps = new Map(loop.map((from) => [from, next.get(from)!.map(([to]) => to)]));
  const back = new Map(loop.map((to) => [to, loop.filter((from) => steps.get(from)!.includes(to))]));
  const alike = (one: number, other: number) => overlap(positions[one]!.ranges, positions[other]!.ranges);
  const apart = pairsFrom(loop, steps, alike);
  const together = pairsFrom(loop, back, alike);
  for (const pair of apart) if (together.has(pair)) return Math.floor(pair / SHIFT);
  return null;
}

/** What takes more steps than this is not judged: the regex is not trusted either. */
const MAX_WORK = 10_000_000;
const MAX_LOOP = 120;
const SHIFT = 1 << 12;

/** Pairs of different positions that one text can lead to from the same position. */
function pairsFrom(loop: readonly number[], steps: ReadonlyMap<number, readonly number[]>, alike: (one: number, other: number) => boolean): Set<number> {
  const pairs = new Set<number>();
  const open: [number, number][] = loop.map((position) => [position, position]);
  let work = 0;
  for (let pair = open.pop(); pair !== undefined && work < MAX_WORK; pair = open.pop()) {
    work += steps.get(pair[0])!.length * steps.get(pair[1])!.length;
    for (const one of steps.get(pair[0])!) {
      for (const other of steps.get(pair[1])!) {
        const key = Math.min(one, other) * SHIFT + Math.max(one, other);
        if (one === other || pairs.has(key) || !alike(one, other)) continue;
        pairs.add(key);
        open.push([one, other]);
      }
    }
  }
  return pairs;
}

/** The outermost quantifier without end around a position. */
function loopAround(node: AST.Node): AST.Node {
  let around: AST.Node = node;
  for (let outer: AST.Node | null = node; outer !== null; outer = outer.parent) if (outer.type === 'Quantifier' && outer.max === Infinity) around = outer;
  return around;
}
