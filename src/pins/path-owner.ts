import type { Pin } from './pin.ts';
import { NOWHERE, patternOf, resolveText } from './resolve.ts';
import type { Triple } from './triples.ts';

/** Who deploys a folder of the repository. */
type Owner = Pick<Pin, 'application' | 'applicationPattern'>;

/** Ways to say a version that are files of a folder: who deploys them is said elsewhere, by the `path` of a source. */
const IN_FOLDERS = new Set(['chart-dependency', 'kustomize-helm-charts', 'helm-chart-inflation-generator']);

/**
 * Applications by the folder that they deploy. A folder that several deploy is left out: a version there is of none of them alone. The repository of the source is not compared, because which one this is nobody here knows; that
 * another one has the same folder is possible, and rare.
 */
function ownersByFolder(triples: readonly Triple[]): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner[]>();
  for (const { path, application } of triples) {
    const folder = path === null ? null : resolveText(path, NOWHERE);
    const name = resolveText(application, NOWHERE);
    if (folder === null || name === null) continue;
    const pattern = patternOf(application, NOWHERE);
    const owner: Owner = { application: name, ...(pattern === null ? {} : { applicationPattern: pattern }) };
    const key = folder.replace(/^\.?\/+/, '').replace(/\/+$/, '');
    owners.set(key, [...(owners.get(key) ?? []).filter((known) => known.application !== name), owner]);
  }
  return new Map([...owners].filter(([, all]) => all.length === 1).map(([folder, [owner]]) => [folder, owner!]));
}

/** Versions in the files of a folder belong to the Application that deploys it, whatever the chart there is called. */
export function withOwners(pins: readonly Pin[], triples: readonly Triple[]): readonly Pin[] {
  if (!pins.some(({ idiom }) => IN_FOLDERS.has(idiom))) return pins;
  const owners = ownersByFolder(triples);
  return pins.map((pin) => (IN_FOLDERS.has(pin.idiom) ? { ...pin, ...owners.get(pin.file.split('/').slice(0, -1).join('/')) } : pin));
}
