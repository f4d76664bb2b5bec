import { folderOf } from './context.ts';
import { patternsOf } from './make-pin.ts';
import type { Pin } from './pin.ts';
import { NOWHERE, patternOf, resolveText } from './resolve.ts';
import type { Triple } from './triples.ts';

/** Who deploys a folder of the repository. */
interface Owner {
  readonly application: string;
  readonly pattern: string | null;
}

/** Ways to say a version that are files of a folder: who deploys them is said elsewhere, by the `path` of a source. */
const IN_FOLDERS = new Set(['chart-dependency', 'kustomize-helm-charts', 'helm-chart-inflation-generator']);

/** Applications by the folder that they deploy. The repository of the source is not compared, because which one this is nobody here knows; that another one has the same folder is possible, and rare. */
function ownersByFolder(triples: readonly Triple[]): ReadonlyMap<string, readonly Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const { path, application } of triples) {
    const folder = path === null ? null : resolveText(path, NOWHERE);
    const name = resolveText(application, NOWHERE);
    if (folder === null || name === null) continue;
    const key = folder.replace(/^\.?\/+/, '').replace(/\/+$/, '');
    owners.set(key, [...(owners.get(key) ?? []).filter((known) => known.application !== name), { application: name, pattern: patternOf(application, NOWHERE) }]);
  }
  return owners;
}

/** Versions in the files of a folder belong to the Application that deploys it, whatever the chart there is called. Where several do, the chart keeps its name, and they are named beside it. */
export function withOwners(pins: readonly Pin[], triples: readonly Triple[]): readonly Pin[] {
  if (!pins.some(({ idiom }) => IN_FOLDERS.has(idiom))) return pins;
  const owners = ownersByFolder(triples);
  return pins.map((pin) => {
    const [owner, ...others] = IN_FOLDERS.has(pin.idiom) ? (owners.get(folderOf(pin.file)) ?? []) : [];
    if (owner === undefined) return pin;
    if (others.length === 0) return { ...pin, application: owner.application, ...patternsOf(owner.pattern) };
    return { ...pin, applicationPatterns: [owner, ...others].map(({ application, pattern }) => pattern ?? application) };
  });
}
