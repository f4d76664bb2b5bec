import type { Yaml } from '../source/yaml.ts';
import { symbolOf, type ParsedFile } from './context.ts';
import { makePin } from './make-pin.ts';
import type { Pin } from './pin.ts';
import { matchPath, pathsOf, patternOf, resolveText, type Scope } from './resolve.ts';
import type { Step } from './symbols.ts';
import type { Triple } from './triples.ts';

/** A document in which a path of the template may be found, and the ones to fall back on for chart and repository. */
export interface BoundDocument {
  readonly file: ParsedFile;
  readonly root: Yaml;
  readonly fallbacks: Scope['documents'];
}

/** Pins of one triple whose version a template reads at `steps` of the document. */
export function boundPins(triple: Triple, steps: readonly Step[], document: BoundDocument, idiom: string): Pin[] {
  return matchPath(document.root, steps).flatMap(({ scalar, bindings }) => {
    const version = symbolOf(document.file, scalar);
    if (version.kind !== 'text' || version.offset === null) return [];
    const scope: Scope = { documents: [{ file: document.file, root: document.root }, ...document.fallbacks], bindings };
    const chart = triple.chart && resolveText(triple.chart, scope);
    const repository = resolveText(triple.repository, scope);
    if (repository === null && neverRendered(triple, scope)) return [];
    const pin = makePin({
      file: document.file,
      idiom,
      offset: version.offset,
      value: version.value,
      chart,
      repository,
      application: resolveText(triple.application, scope) ?? lastKey(bindings),
      applicationPattern: patternOf(triple.application, scope),
      // a template with both `path` and `chart` uses the path where the values say one
      path: triple.path !== null && !(chart && resolveText(triple.path, scope) === null),
    });
    return pin ? [pin] : [];
  });
}

/**
 * An entry whose repository the values should say but do not, and which names no chart either, is rendered by another branch of the
 * template (a path in the repository itself), which does not take the version.
 */
function neverRendered(triple: Triple, scope: Scope): boolean {
  const asked = (['values', 'parameters', 'context'] as const).flatMap((root) => pathsOf(triple.repository, root));
  if (asked.length === 0) return false;
  const named = triple.chart === null ? [] : (['values', 'parameters', 'context'] as const).flatMap((root) => pathsOf(triple.chart!, root).map((steps) => ({ kind: 'path', root, steps }) as const));
  return !named.some((path) => resolveText(path, scope) !== null);
}

/** The key of a map element usually is the application's name; the index of a list is not. */
function lastKey(bindings: ReadonlyMap<number, string>): string | null {
  const key = [...bindings.values()].at(-1);
  return key === undefined || /^\d+$/.test(key) ? null : key;
}
