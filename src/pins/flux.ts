import { textOf, valueAt, valueOf, walk, type Yaml, type YamlMap } from '../source/yaml.ts';
import { folderOf, isYamlPath, symbolOf, type Context, type ParsedFile } from './context.ts';

/** A custom resource of Flux. */
export interface FluxResource {
  readonly file: ParsedFile;
  readonly node: YamlMap;
  readonly kind: FluxKind;
  /** `metadata.name`; null when it is not written out. */
  readonly name: string | null;
  /** `metadata.namespace`; null when it is not written out: a kustomization may set it. */
  readonly namespace: string | null;
}

export type FluxKind = 'HelmRelease' | 'HelmRepository' | 'HelmChart' | 'OCIRepository' | 'GitRepository' | 'Kustomization';

/** The APIs of Flux 2, whatever the version (v1beta1, v2beta2, v1, …): what is read here is the same in all of them. */
const GROUPS: Record<FluxKind, string> = {
  HelmRelease: 'helm.toolkit.fluxcd.io/',
  HelmRepository: 'source.toolkit.fluxcd.io/',
  HelmChart: 'source.toolkit.fluxcd.io/',
  OCIRepository: 'source.toolkit.fluxcd.io/',
  GitRepository: 'source.toolkit.fluxcd.io/',
  Kustomization: 'kustomize.toolkit.fluxcd.io/',
};

/** Every custom resource of Flux in a repository. Indexed, because each may mean any other. */
export interface Flux {
  readonly resources: readonly FluxResource[];
  named(kind: string | null, name: string | null): readonly FluxResource[];
  /** Those that refer to it. */
  users(source: FluxResource): readonly FluxResource[];
}

export function readFlux(context: Context): Flux {
  const resources = resourcesIn(context);
  const byName = Map.groupBy(resources, ({ kind, name }) => `${kind}/${name ?? ''}`);
  const named: Flux['named'] = (kind, name) => (name === null ? [] : (byName.get(`${kind}/${name}`) ?? []));
  let users: ReadonlyMap<FluxResource, readonly FluxResource[]> | undefined;
  return { resources, named, users: (source) => (users ??= usersIn({ resources, named })).get(source) ?? [] };
}

function usersIn(flux: Omit<Flux, 'users'>): Map<FluxResource, FluxResource[]> {
  const users = new Map<FluxResource, FluxResource[]>();
  for (const user of flux.resources) {
    for (const source of referencesOf(user).flatMap((reference) => referred(flux, reference, user.file))) {
      const known = users.get(source);
      if (known === undefined) users.set(source, [user]);
      else known.push(user);
    }
  }
  return users;
}

/** At any depth: in a List, or among the resources of a ResourceSet. */
function resourcesIn(context: Context): FluxResource[] {
  const found: FluxResource[] = [];
  for (const path of context.paths) {
    if (!isYamlPath(path) || !context.text(path).includes('.toolkit.fluxcd.io/')) continue;
    const file = context.parsed(path);
    for (const document of file?.documents ?? []) {
      walk(document.root, (node) => {
        const kind = node.kind === 'map' ? kindOf(node) : null;
        if (kind !== null) found.push({ file: file!, node: node as YamlMap, kind, name: plainText(file!, valueAt(node, ['metadata', 'name'])), namespace: plainText(file!, valueAt(node, ['metadata', 'namespace'])) });
      });
    }
  }
  return found;
}

function kindOf(node: YamlMap): FluxKind | null {
  const kind = textOf(valueOf(node, 'kind')) ?? '';
  const group = Object.hasOwn(GROUPS, kind) ? GROUPS[kind as FluxKind] : null;
  return group !== null && textOf(valueOf(node, 'apiVersion'))?.startsWith(group) === true ? (kind as FluxKind) : null;
}

/** A text that stands in the file as it is meant. */
export interface Place {
  readonly value: string;
  /** Of its first character in the file. */
  readonly offset: number;
}

/** `${var}` is filled in by a Kustomization's postBuild, `<< inputs.x >>` by a ResourceSet: nothing here knows with what. */
const FILLED_IN = /\$\{|<<|\{\{|[\uE000-\uF8FF]/;

/** Null for what is no text, or would be filled in later. */
export function plainText(file: ParsedFile, node: Yaml | undefined): string | null {
  if (node?.kind !== 'scalar') return null;
  const symbol = symbolOf(file, node);
  return symbol.kind === 'text' && symbol.value !== '' && !FILLED_IN.test(symbol.value) ? symbol.value : null;
}

/** As plainText, with the place: null also where the text is not written as it reads. */
export function placeOf(file: ParsedFile, node: Yaml | undefined): Place | null {
  const value = plainText(file, node);
  if (value === null || node?.kind !== 'scalar') return null;
  const symbol = symbolOf(file, node);
  return symbol.kind === 'text' && symbol.offset !== null ? { value, offset: symbol.offset } : null;
}

/** `sourceRef` and `chartRef`: which other resource is meant. */
export interface Reference {
  readonly kind: string | null;
  readonly name: string | null;
  /** The resource's own namespace where the reference says none. */
  readonly namespace: string | null;
}

export function referenceOf({ file, namespace }: Pick<FluxResource, 'file' | 'namespace'>, node: Yaml | undefined): Reference {
  const own = valueOf(node, 'namespace');
  return { kind: plainText(file, valueOf(node, 'kind')), name: plainText(file, valueOf(node, 'name')), namespace: own === undefined ? namespace : plainText(file, own) };
}

/**
 * The resources that a reference may mean: those of its namespace, or, where the files do not say the namespaces (a kustomization sets them), those of
 * its name; of several the ones beside it, in the same file or folder.
 */
function referred(flux: Pick<Flux, 'named'>, { kind, name, namespace }: Reference, from: ParsedFile): readonly FluxResource[] {
  const named = flux.named(kind, name);
  const exact = namespace === null ? [] : named.filter((one) => one.namespace === namespace);
  const possible = exact.length > 0 ? exact : named.filter((one) => one.namespace === null || namespace === null);
  const beside = [possible.filter((one) => one.file.path === from.path), possible.filter((one) => folderOf(one.file.path) === folderOf(from.path))];
  return beside.find((some) => some.length > 0) ?? possible;
}

/** What all of them say, or null: two clusters may have repositories of one name. */
export function agreed<T, R>(all: readonly T[], read: (one: T) => R | null): R | null {
  const values = new Set(all.map(read));
  return values.size === 1 ? [...values][0]! : null;
}

/** `spec.url` of a source. */
export function urlOf({ file, node }: FluxResource): string | null {
  return plainText(file, valueAt(node, ['spec', 'url']));
}

/** The address of the HelmRepository that a reference means, or null. */
export function helmRepository(flux: Flux, reference: Reference, from: ParsedFile): string | null {
  return agreed(referred(flux, reference, from), urlOf);
}

/**
 * Who deploys what a source brings: the one HelmRelease or Kustomization that refers to it. Where there are several, or none here, the name of the source
 * itself says more than nothing.
 */
export function deployerOf(flux: Flux, source: FluxResource): string | null {
  return agreed(flux.users(source), ({ name }) => name) ?? source.name;
}

function referencesOf(resource: FluxResource): Reference[] {
  const at = (path: readonly string[]): Reference[] => {
    const node = valueAt(resource.node, path);
    return node?.kind === 'map' ? [referenceOf(resource, node)] : [];
  };
  if (resource.kind === 'HelmRelease') return [...at(['spec', 'chartRef']), ...at(['spec', 'chart', 'spec', 'sourceRef'])];
  return resource.kind === 'Kustomization' || resource.kind === 'HelmChart' ? at(['spec', 'sourceRef']) : [];
}
