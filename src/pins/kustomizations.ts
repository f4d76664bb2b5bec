import { textOf, valueOf, type Yaml } from '../source/yaml.ts';
import { folderOf, isYamlPath, joinPath, nameOf, type Context, type ParsedFile } from './context.ts';
import { readPatches, type Patch } from './patches.ts';

/** A kustomization: what it takes in, and how it changes that. */
export interface Kustomization {
  readonly path: string;
  readonly folder: string;
  /** Files and folders of `resources`, `bases` and `components`, from the root of the repository. */
  readonly includes: readonly string[];
  readonly components: readonly string[];
  readonly patches: readonly Patch[];
}

/** The kustomizations of a repository, and which one includes which. */
export interface Kustomizations {
  readonly all: readonly Kustomization[];
  /** The kustomization of a folder, or null. */
  at(folder: string): Kustomization | null;
  /**
   * Every way in which a file gets into a build: the kustomizations that pass it on, from the one that lists the file to the one that nobody
   * includes. Empty when none lists it; null when there are too many to follow.
   */
  buildsOf(path: string): readonly (readonly Kustomization[])[] | null;
  /** Patches in the order in which they are applied, with those of the components. */
  patchesOf(kustomization: Kustomization): readonly Patch[];
}

const FILE = /^kustomization(?:\.ya?ml)?$/i;
const MAX_BUILDS = 256;
const MAX_DEPTH = 12;

export function readKustomizations(context: Context): Kustomizations {
  const all = context.paths.filter((path) => FILE.test(nameOf(path)) && isYamlPath(path)).flatMap((path) => readKustomization(context, path));
  const byFolder = new Map(all.map((one) => [one.folder, one]));
  const includers = new Map<string, Kustomization[]>();
  for (const one of all) {
    for (const path of new Set([...one.includes, ...one.components])) {
      const known = includers.get(path) ?? [];
      known.push(one);
      includers.set(path, known);
    }
  }

  function buildsOf(path: string): Kustomization[][] | null {
    const builds: Kustomization[][] = [];
    function follow(build: readonly Kustomization[], from: string): boolean {
      const next = (includers.get(from) ?? []).filter((one) => !build.includes(one));
      if (next.length === 0) {
        if (build.length > 0) builds.push([...build]);
        return builds.length <= MAX_BUILDS;
      }
      return build.length < MAX_DEPTH && next.every((one) => follow([...build, one], one.folder));
    }
    return follow([], path) ? builds : null;
  }

  function patchesOf(kustomization: Kustomization, depth = 0): readonly Patch[] {
    if (depth === MAX_DEPTH) return [];
    const components = kustomization.components.flatMap((folder) => byFolder.get(folder) ?? []);
    return [...components.flatMap((one) => patchesOf(one, depth + 1)), ...kustomization.patches];
  }

  return { all, at: (folder) => byFolder.get(folder) ?? null, buildsOf, patchesOf: (one) => patchesOf(one) };
}

function readKustomization(context: Context, path: string): Kustomization[] {
  const file = context.parsed(path);
  const root = file?.documents[0]?.root;
  if (!file || root?.kind !== 'map') return [];
  const folder = folderOf(path);
  const paths = (key: string): string[] => textsOf(root, key).map((entry) => joinPath(folder, entry));
  return [{ path, folder, includes: [...paths('resources'), ...paths('bases')], components: paths('components'), patches: readPatches(context, file, root) }];
}

function textsOf(root: Yaml, key: string): string[] {
  const list = valueOf(root, key);
  return list?.kind === 'list' ? list.items.flatMap((item) => textOf(item) ?? []).filter((text) => !text.includes('://')) : [];
}

/** The kustomization whose folder is nearest above a file. */
export function nearestAbove(kustomizations: Kustomizations, file: ParsedFile): Kustomization | null {
  for (let folder = folderOf(file.path); ; folder = folderOf(folder)) {
    const found = kustomizations.at(folder);
    if (found !== null || folder === '') return found;
  }
}
