import type { AST } from '@eslint-community/regexpp';

/** UTF-16 code units as closed ranges, in order and apart. */
export type Ranges = readonly (readonly [number, number])[];

const LAST = 0xffff;

/** What a character, a class or a set matches, read without flags. */
export function characters(node: AST.Node): Ranges {
  switch (node.type) {
    case 'Character':
      return [[node.value, node.value]];
    case 'CharacterClassRange':
      return [[node.min.value, node.max.value]];
    case 'CharacterClass': {
      const all = union((node.elements as readonly AST.Node[]).flatMap(characters));
      return node.negate ? complement(all) : all;
    }
    case 'CharacterSet':
      return setOf(node);
    default:
      return [];
  }
}

function setOf(node: AST.CharacterSet): Ranges {
  if (node.kind === 'any') return complement(LINE_ENDS);
  if (node.kind === 'property') return [];
  return node.negate ? complement(SETS[node.kind]) : SETS[node.kind];
}

const LINE_ENDS: Ranges = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]];

const SETS: Readonly<Record<'digit' | 'space' | 'word', Ranges>> = {
  digit: [[0x30, 0x39]],
  space: [[0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]],
  word: [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]],
};

function union(ranges: Ranges): Ranges {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

function complement(ranges: Ranges): Ranges {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [low, high] of ranges) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  return next > LAST ? gaps : [...gaps, [next, LAST]];
}

export function overlap(one: Ranges, other: Ranges): boolean {
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    if (one[i]![1] < other[j]![0]) i += 1;
    else if (other[j]![1] < one[i]![0]) j += 1;
    else return true;
  }
  return false;
}
