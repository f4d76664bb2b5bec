import type { Yaml } from '../source/yaml.ts';
import { symbolOf, type Context } from './context.ts';
import type { Deployment } from './deployments.ts';
import { nearestAbove, readKustomizations, type Kustomization, type Kustomizations } from './kustomizations.ts';
import { selects, writtenAt, type Patch, type Written } from './patches.ts';
import { NOWHERE, resolveText } from './resolve.ts';
import type { Triple } from './triples.ts';

/**
 * An Application may leave its `repoURL` empty for kustomize to fill in. The repository then is what the patches of the builds that include the
 * file write there, where they agree.
 */
export function fillRepositories(triples: readonly Triple[], context: Context): Triple[] {
  if (!triples.some(isOpen)) return [...triples];
  const kustomizations = readKustomizations(context);
  return triples.map((triple) => {
    const repository = isOpen(triple) ? repositoryOf(triple.deployment, kustomizations) : null;
    return repository === null ? triple : { ...triple, repository: { kind: 'text', value: repository, offset: null } };
  });
}

/** Written in a plain resource, with a repository that is no address. */
function isOpen({ deployment, file, repository }: Triple): boolean {
  if (deployment.resource === null || deployment.file !== file || file.helm) return false;
  const text = resolveText(repository, NOWHERE);
  return text === null ? repository.kind === 'unknown' : isPlaceholder(text);
}

/** Nothing, a variable that a script replaces, or a word that says so. */
export function isPlaceholder(text: string): boolean {
  return !/[./:]/.test(text) || /\$\{|\$\(|^\$[A-Z_]+|^<.*>$/.test(text) || /\b(?:placeholder|replace-?me|change-?me|patched)\b/i.test(text);
}

function repositoryOf({ file, resource, pointer }: Deployment, kustomizations: Kustomizations): string | null {
  const place = [...pointer, 'repoURL'];
  const found = new Set(buildsOrNearest(kustomizations, file).flatMap((build) => addressIn(build, resource!, place, kustomizations) ?? []));
  return found.size === 1 ? [...found][0]! : null;
}

/** A file that no kustomization lists (the line may be commented out until it is wanted) is taken in by the one above it. */
function buildsOrNearest(kustomizations: Kustomizations, file: Deployment['file']): readonly (readonly Kustomization[])[] {
  const builds = kustomizations.buildsOf(file.path) ?? [];
  const above = builds.length === 0 ? nearestAbove(kustomizations, file) : null;
  if (above === null) return builds;
  const outer = kustomizations.buildsOf(above.folder) ?? [];
  return outer.length === 0 ? [[above]] : outer.map((build) => [above, ...build]);
}

/** The last patch of a build that writes the place wins. */
export function lastWritten(build: readonly Kustomization[], resource: Yaml, place: readonly string[], kustomizations: Kustomizations): Written | null {
  return build
    .flatMap((one) => kustomizations.patchesOf(one))
    .flatMap((patch) => (selects(patch.target, resource) ? (writtenAt(patch, place) ?? []) : []))
    .at(-1) ?? null;
}

function addressIn(build: readonly Kustomization[], resource: Yaml, place: readonly string[], kustomizations: Kustomizations): string | null {
  const written = lastWritten(build, resource, place, kustomizations);
  if (written === null) return null;
  return addressOf(written) ?? siblingAddress(written.patch, place, kustomizations);
}

function addressOf({ patch, scalar }: Written): string | null {
  const symbol = symbolOf(patch.file, scalar);
  return symbol.kind === 'text' && !isPlaceholder(symbol.value) ? symbol.value : null;
}

/**
 * A variable that a script fills in says nothing; but where the patch for the same selection is written out in other kustomizations of
 * the repository (one cluster is filled in, the others are to be), and all those agree, it is theirs.
 */
function siblingAddress(patch: Patch, place: readonly string[], { all }: Kustomizations): string | null {
  const target = JSON.stringify(patch.target);
  const siblings = all.flatMap((one) => one.patches).filter((other) => JSON.stringify(other.target) === target);
  const addresses = new Set(siblings.flatMap((other) => { const written = writtenAt(other, place); return (written && addressOf(written)) ?? []; }));
  return addresses.size === 1 ? [...addresses][0]! : null;
}
