import type { Yaml } from '../../source/yaml.ts';
import { textOf, valueOf, walk } from '../../source/yaml.ts';
import { boundPins, type BoundDocument } from '../bound.ts';
import { folderOf, isYamlPath, nameOf, type ParsedFile } from '../context.ts';
import type { Idiom, Reading } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import { pathsOf } from '../resolve.ts';
import type { Step } from '../symbols.ts';
import type { Triple } from '../triples.ts';


/**
 * A version in a values file that a template of an app-of-apps chart reads: a scalar, an element of a map or list, a map key as chart
 * name, with defaults. The values files of the chart itself are searched, and every other file in which the whole path exists: which
 * values file belongs to which environment is often decided outside the repository.
 */
export const values: Idiom = {
  name: 'values',
  summary: 'version in a values file that an app-of-apps template reads',
  find(reading) {
    const candidates = candidatesByName(reading);
    return reading.triples.flatMap((triple) => {
      const chart = reading.chartOf(triple.file.path);
      const whole = pathsOf(triple.version, 'values').flatMap((steps) => valuesDocuments(reading, candidates(lastName(steps)), steps.length, chart).flatMap((document) => boundPins(triple, steps, document, 'values')));
      const passed = pathsOf(triple.version, 'context').flatMap((steps) => valuesDocuments(reading, candidates(lastName(steps)), 0, chart).flatMap(maps).flatMap((document) => contextPins(triple, steps, document)));
      return [...whole, ...passed];
    });
  },
};

/** What a named template is called with may be any map of the values: one that says the chart's repository too is taken for it. */
function contextPins(triple: Triple, steps: readonly Step[], document: BoundDocument): Pin[] {
  return boundPins(triple, steps, document, 'values').filter((pin) => pin.name !== null && pin.repository !== null && pin.kind !== 'git');
}

function maps(document: BoundDocument): BoundDocument[] {
  const found: BoundDocument[] = [];
  walk(document.root, (node) => {
    if (node.kind === 'map') found.push({ ...document, root: node });
  });
  return found;
}

/** Files that could be values and contain a name: one search of all files for each name, however many templates read it. */
function candidatesByName(reading: Reading): (name: string | null) => readonly string[] {
  const all = reading.paths.filter((path) => couldBeValues(path, reading));
  const known = new Map<string, readonly string[]>();
  return (name) => {
    if (name === null) return all;
    const found = known.get(name) ?? all.filter((path) => reading.text(path).includes(name));
    known.set(name, found);
    return found;
  };
}

function valuesDocuments(reading: Reading, candidates: readonly string[], length: number, chart: string | null): BoundDocument[] {
  const defaults = chart === null ? [] : rootsOf(reading, chart === '' ? 'values.yaml' : `${chart}/values.yaml`);
  return candidates.flatMap((path) => {
    const inside = chart !== null && (chart === '' || path.startsWith(`${chart}/`));
    // a short path fits too many files to be believed outside its own chart
    if (!inside && length < 2) return [];
    return rootsOf(reading, path).map(({ file, root }) => ({ file, root, fallbacks: defaults }));
  });
}

function lastName(steps: readonly Step[]): string | null {
  const last = steps.at(-1);
  return last && 'key' in last ? last.key : null;
}

const NEVER_VALUES = /^(?:Chart|requirements|kustomization|Chart\.lock|values\.schema|package|package-lock|pnpm-lock|renovate)\.(?:ya?ml|json)$/i;

function couldBeValues(path: string, reading: Reading): boolean {
  return isYamlPath(path) && !NEVER_VALUES.test(nameOf(path)) && reading.chartOf(path) === null && !folderOf(path).startsWith('.github');
}

function rootsOf(reading: Reading, path: string): { file: ParsedFile; root: Yaml }[] {
  const file = reading.parsed(path);
  if (!file) return [];
  return file.documents.flatMap(({ root }) => (root?.kind === 'map' && !isResource(root) ? [{ file, root }] : []));
}

/** Kubernetes resources are not values. */
function isResource(root: Yaml): boolean {
  return textOf(valueOf(root, 'kind')) !== null && textOf(valueOf(root, 'apiVersion')) !== null;
}

