import { folderOf, type ParsedFile } from '../context.ts';
import type { Reading } from '../idiom.ts';
import { readKustomizations, type Kustomization, type Kustomizations } from '../kustomizations.ts';
import { lastWritten } from '../patched-repository.ts';
import type { Override, Shadow } from '../shadow.ts';
import type { Triple } from '../triples.ts';
import { overrideAt } from './place.ts';
import { deploymentsOf, mayDeploy, mentionsIn } from './readers.ts';

/** The targetRevision of a base that every overlay replaces. */
export function kustomizeShadows(reading: Reading): Shadow[] {
  if (!reading.paths.some((path) => /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path) && /\bpatches/.test(reading.text(path)))) return [];
  const kustomizations = readKustomizations(reading);
  const isDeployed = deployedFolders(reading, kustomizations);
  return reading.triples.flatMap((triple) => {
    const { version, file } = triple;
    const overrides = overridesOf(triple, kustomizations, isDeployed);
    return overrides === null || version.kind !== 'text' || version.offset === null ? [] : [{ file: file.path, offset: version.offset, overrides }];
  });
}

type IsDeployed = (folder: string) => boolean;

/** Whether something deploys a folder as it is, without the overlays around it. */
function deployedFolders(reading: Reading, kustomizations: Kustomizations): IsDeployed {
  const deployments = deploymentsOf(reading).filter(({ path }) => path !== null);
  const mentions = mentionsIn(reading);
  // what kustomizations take in is followed build by build
  const known = new Set(kustomizations.all.map(({ path }) => path));
  return (folder) => deployments.some((deployment) => mayDeploy(deployment, folder)) || mentions(folder, known);
}

/** One for each build that takes in the file; null when one of them, or a deployment of the base itself, leaves the version as it is. */
function overridesOf({ deployment, file, version }: Triple, kustomizations: Kustomizations, isDeployed: IsDeployed): Override[] | null {
  const { resource, pointer } = deployment;
  if (resource === null || deployment.file !== file || file.helm || version.kind !== 'text' || version.offset === null) return null;
  const builds = kustomizations.buildsOf(file.path);
  if (builds === null || builds.length === 0) return null;
  const place = [...pointer, 'targetRevision'];
  const overrides: Override[] = [];
  for (const build of builds) {
    const written = lastWritten(build, resource, place, kustomizations);
    const override = written && overrideAt('patch', written.patch.file, written.scalar);
    if (!override) return null;
    const patching = build.findIndex((one) => lastWritten([one], resource, place, kustomizations) !== null);
    if (bareFolders(file, build, patching).some(isDeployed)) return null;
    overrides.push(override);
  }
  return overrides;
}

/** The folders of a build in which the version still is what the file says. */
function bareFolders(file: ParsedFile, build: readonly Kustomization[], patching: number): string[] {
  const patched = build.slice(patching).map(({ folder }) => folder);
  return [folderOf(file.path), ...build.slice(0, patching).map(({ folder }) => folder)].filter((folder) => !patched.includes(folder));
}
