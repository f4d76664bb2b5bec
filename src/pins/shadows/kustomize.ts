import { folderOf, type ParsedFile } from '../context.ts';
import type { Deployment } from '../deployments.ts';
import type { Reading } from '../idiom.ts';
import { readKustomizations, type Kustomization, type Kustomizations } from '../kustomizations.ts';
import { lastWritten } from '../patched-repository.ts';
import type { Override, Shadow } from '../shadow.ts';
import type { Triple } from '../triples.ts';
import { overrideAt } from './place.ts';
import { deploymentsOf, isMentioned, mayDeploy } from './readers.ts';

/** The targetRevision of a base that every overlay replaces. */
export function kustomizeShadows(reading: Reading): Shadow[] {
  if (!reading.paths.some((path) => /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path) && /\bpatches/.test(reading.text(path)))) return [];
  const kustomizations = readKustomizations(reading);
  const deployments = deploymentsOf(reading);
  return reading.triples.flatMap((triple) => {
    const overrides = overridesOf(triple, reading, kustomizations, deployments);
    const { version, file } = triple;
    return overrides === null || version.kind !== 'text' || version.offset === null ? [] : [{ file: file.path, offset: version.offset, overrides }];
  });
}

/** One for each build that takes in the file; null when one of them, or a deployment of the base itself, leaves the version as it is. */
function overridesOf({ deployment, file, version }: Triple, reading: Reading, kustomizations: Kustomizations, deployments: readonly Deployment[]): Override[] | null {
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
    overrides.push(override);
    const bare = build.slice(0, build.findIndex((_, i) => lastWritten(build.slice(0, i + 1), resource, place, kustomizations) !== null));
    if (isDeployedBare(file, bare, build, kustomizations, reading, deployments)) return null;
  }
  return overrides;
}

/** Whether something deploys the file, or a kustomization that does not patch it yet, as it is. */
function isDeployedBare(file: ParsedFile, bare: readonly Kustomization[], build: readonly Kustomization[], kustomizations: Kustomizations, reading: Reading, deployments: readonly Deployment[]): boolean {
  const patched = build.filter((one) => !bare.includes(one)).map(({ folder }) => folder);
  // what kustomizations take in is followed build by build
  const known = new Set(kustomizations.all.map(({ path }) => path));
  return [folderOf(file.path), ...bare.map(({ folder }) => folder)]
    .filter((folder) => !patched.includes(folder))
    .some((folder) => deployments.some((deployment) => mayDeploy(deployment, folder)) || isMentioned(reading, folder, known));
}
