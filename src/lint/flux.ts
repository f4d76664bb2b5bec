import { isFields } from '../base/config-walk.ts';
import { besideOwn } from '../base/own-preset.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import type { ExtractedDependency } from '../renovate/types.ts';
import type { Model } from './model.ts';
import { writesTo } from './shared.ts';

/** Idioms that Renovate's flux manager reads, when it is told which files. */
export const READ_BY_FLUX: readonly string[] = ['flux-helm-release', 'flux-helm-chart', 'flux-oci-repository', 'flux-git-repository', 'flux-values-image'];

/** The preset that has the flux manager read every YAML file: a HelmRelease and its HelmRepository seldom stand in one folder. */
export const FLUX_PRESET = 'presets/managers/flux';
export const FLUX_PATTERN = '/\\.ya?ml$/';

/** Whose address stands beside the version: where it is not known, Flux fills it in. */
const SOURCES: readonly string[] = ['flux-oci-repository', 'flux-git-repository'];

export interface FluxCause {
  readonly why: string;
  /** What to do about it; empty where only the ways for any version are left. */
  readonly ways: readonly string[];
}

/** Why Renovate's flux manager does not look a version up, and how it would. Null where that is not known, and for a version of Argo CD. */
export function fluxCause(model: Model, pin: CoveredPin): FluxCause | null {
  if (!pin.idiom.startsWith('flux-')) return null;
  if (pin.idiom === 'flux-patch') return { why: 'the flux manager reads no patches', ways: [] };
  const reads = model.runs.some(({ manager, matchedFiles }) => manager === 'flux' && matchedFiles.includes(pin.file));
  if (!reads) return { why: 'the flux manager was not told to read the file', ways: [fluxPreset(model)] };
  if (isWithoutRegistry(model, pin)) return { why: 'the flux manager finds no HelmRepository of that name in that namespace', ways: [registryWay(pin)] };
  if (isFilledIn(model, pin) || (pin.repository === null && SOURCES.includes(pin.idiom))) return { why: 'Flux fills in a part of its address, which nobody here knows', ways: [] };
  if (isNumber(model, pin)) return { why: 'the version is a number without quotes, which the flux manager does not read', ways: ['put the version in quotes'] };
  if (pin.floating && pin.kind !== 'helm') return { why: 'the flux manager reads no ref.semver', ways: ['write the version that is deployed now as ref.tag'] };
  if (isRefName(model, pin)) return { why: 'the flux manager reads no ref.name', ways: ['write the tag as ref.tag'] };
  if (pin.reason !== 'not-extracted') return null;
  if (pin.kind === 'image') return { why: 'the flux manager reads an image only under a key that ends in image, with repository and tag', ways: [] };
  return { why: 'the flux manager reads a version only in a document of its own with the chart or address beside it, not in a List, an overlay or a template that is no YAML', ways: [] };
}

function fluxPreset({ documents }: Model): string {
  const own = documents.flatMap(({ value }) => (Array.isArray(value['extends']) ? value['extends'] : [])).find((entry) => typeof entry === 'string' && besideOwn(entry, FLUX_PRESET) !== null);
  const preset = typeof own === 'string' ? JSON.stringify(besideOwn(own, FLUX_PRESET)) : `"local>GROUP/renovate-argocd//${FLUX_PRESET}", with your own group`;
  return `extend ${preset}, or let the flux manager read all YAML files: { "flux": { "managerFilePatterns": [${JSON.stringify(FLUX_PATTERN)}] } }`;
}

function isWithoutRegistry(model: Model, pin: CoveredPin): boolean {
  return extracted(model, pin).some(({ skipReason }) => skipReason === 'unknown-registry');
}

function isFilledIn(model: Model, pin: CoveredPin): boolean {
  return extracted(model, pin).some(({ packageName, registryUrls }) => [packageName ?? '', ...registryUrls].some((address) => address.includes('${')));
}

/** What the flux manager makes of it. */
function extracted({ runs }: Model, pin: CoveredPin): ExtractedDependency[] {
  return runs.flatMap(({ manager, dependencies }) => (manager === 'flux' ? dependencies.filter((one) => one.file === pin.file && writesTo(one, pin.offset)) : []));
}

function registryWay({ repository }: CoveredPin): string {
  const alias = `name its address under the name of the HelmRepository: { "registryAliases": { "NAME": ${JSON.stringify(repository ?? 'https://…')} } }`;
  return repository === null ? alias : `write the namespace that it has in the cluster into the HelmRepository, since Renovate does not know what a kustomization sets, or ${alias}`;
}

/** `version: 1.10`: zod wants a string (flux/schema.js, 44.121.2). */
function isNumber({ text }: Model, { file, offset, value }: CoveredPin): boolean {
  return /^\d+(?:\.\d+)?$/.test(value) && !/["']/.test(text(file).charAt(offset - 1));
}

/** `refs/tags/v1.2.3` of a GitRepository. */
function isRefName({ text }: Model, { file, offset, idiom }: CoveredPin): boolean {
  return idiom === 'flux-git-repository' && text(file).slice(0, offset).endsWith('refs/tags/');
}

/** Whether the config gives the flux manager files, whoever else may be left out. */
export function isFluxConfigured({ config }: Model): boolean {
  const block = config.resolved['flux'];
  return isFields(block) && Array.isArray(block['managerFilePatterns']);
}
