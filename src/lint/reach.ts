import type { Reach, SearchedText } from './rule.ts';
import { regexParts } from './regex-parts.ts';

/** Enough to say where a regex fails; a manager that reads thousands of files would take seconds. */
const MAX_TEXTS = 200;

/**
 * How much of a regex fits the texts: the longest beginning of it that is found, and the text where that is.
 * @param endOf offset behind the first match of a regex, null where it finds nothing or is refused
 */
export function reach(regex: string, texts: readonly SearchedText[], endOf: (regex: string, text: string) => number | null): Reach | null {
  const parts = regexParts(regex);
  let best: Reach | null = null;
  let fitting = 0;
  for (const { file, text } of texts.slice(0, MAX_TEXTS)) {
    const found = longest(parts, fitting, (beginning) => endOf(beginning, text));
    if (found === null) continue;
    fitting = found.count;
    best = { file, offset: found.end, fits: parts.slice(0, fitting).join(''), rest: parts.slice(fitting).join('') };
  }
  return best;
}

/** More parts than `known`, by halving: what a longer beginning finds a shorter one finds too. */
function longest(parts: readonly string[], known: number, endOf: (beginning: string) => number | null): { count: number; end: number } | null {
  let low = known;
  let high = parts.length;
  let end: number | null = null;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const here = endOf(parts.slice(0, middle).join(''));
    if (here === null) high = middle - 1;
    else [low, end] = [middle, here];
  }
  return end === null ? null : { count: low, end };
}
