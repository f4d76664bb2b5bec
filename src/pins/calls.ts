import { isYamlPath, type Context, type ParsedFile } from './context.ts';
import { descend, either, type Call, type Symbolic } from './symbols.ts';
import type { Triple } from './triples.ts';

/** Named templates that include named templates, as far as it is followed. */
const MAX_DEPTH = 3;

/**
 * A deployment written in a named template stands for one at each place that includes it: the fields of its dot are replaced by what is
 * passed there. A template that nobody here includes stays as it is.
 */
export function expandCalls(triples: readonly Triple[], context: Context): Triple[] {
  if (!triples.some((triple) => templateOf(triple.version) !== null)) return [...triples];
  const calls = collectCalls(context);
  function expand(triple: Triple, depth: number): Triple[] {
    const template = templateOf(triple.version);
    const places = template === null || depth === MAX_DEPTH ? [] : (calls.get(template) ?? []);
    const expanded = places.flatMap(({ file, call }) => (call.argument.kind === 'unknown' ? [] : expand(passed(triple, template!, file, call), depth + 1)));
    return expanded.length === 0 ? [triple] : expanded;
  }
  return triples.flatMap((triple) => expand(triple, 0));
}

interface Place {
  readonly file: ParsedFile;
  readonly call: Call;
}

function collectCalls(context: Context): Map<string, Place[]> {
  const calls = new Map<string, Place[]>();
  for (const path of context.paths) {
    if (!isYamlPath(path) || context.chartOf(path) === null || !/\{\{-?[^}]*\b(?:include|template)\b/.test(context.text(path))) continue;
    const file = context.parsed(path);
    for (const call of file?.calls() ?? []) {
      const known = calls.get(call.template) ?? [];
      known.push({ file: file!, call });
      calls.set(call.template, known);
    }
  }
  return calls;
}

/** The named template whose dot the symbol reads, or null. */
function templateOf(symbol: Symbolic): string | null {
  if (symbol.kind === 'path') return symbol.root === 'context' ? (symbol.template ?? null) : null;
  const parts = symbol.kind === 'first' ? symbol.of : symbol.kind === 'join' ? symbol.parts : [];
  return parts.map(templateOf).find((template) => template !== null) ?? null;
}

/** The triple as it is at one place: versions that stand literally in the call stand in the calling file. */
function passed(triple: Triple, template: string, file: ParsedFile, { argument }: Call): Triple {
  const replace = (symbol: Symbolic): Symbolic => replaced(symbol, template, argument);
  return {
    ...triple,
    file,
    path: triple.path && replace(triple.path),
    version: replace(triple.version),
    chart: triple.chart && replace(triple.chart),
    repository: replace(triple.repository),
    application: replace(triple.application),
  };
}

function replaced(symbol: Symbolic, template: string, argument: Symbolic): Symbolic {
  if (symbol.kind === 'first') return either(symbol.of.map((one) => replaced(one, template, argument)));
  if (symbol.kind === 'join') return { kind: 'join', parts: symbol.parts.map((one) => replaced(one, template, argument)) };
  // a text of the template itself does not stand in the calling file
  if (symbol.kind === 'text') return { ...symbol, offset: null };
  if (symbol.kind !== 'path' || symbol.root !== 'context' || symbol.template !== template) return symbol;
  const keys = symbol.steps.flatMap((step) => ('key' in step ? [step.key] : []));
  return keys.length === symbol.steps.length ? descend(argument, keys) : symbol;
}
