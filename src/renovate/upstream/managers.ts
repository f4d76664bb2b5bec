import { managers as facts } from 'renovate-facts';
import { AllManagersListLiteral } from 'renovate/dist/manager-list.generated.js';

/**
 * Stands in for `modules/manager/index.js`, which loads all hundred managers (3 s): the managers that can find a version in a cluster
 * repository, each loaded when a file of its matches. `extract.js` and not `index.js`, which brings the artifact updaters along.
 */
interface ManagerModule {
  readonly extractPackageFile?: (content: string, file: string, config: unknown) => unknown;
  readonly extractAllPackageFiles?: (config: unknown, files: readonly string[]) => unknown;
}

const LOADERS: Readonly<Record<string, () => Promise<ManagerModule>>> = {
  argocd: () => import('renovate/dist/modules/manager/argocd/extract.js'),
  flux: () => import('renovate/dist/modules/manager/flux/extract.js'),
  'helm-requirements': () => import('renovate/dist/modules/manager/helm-requirements/extract.js'),
  'helm-values': () => import('renovate/dist/modules/manager/helm-values/extract.js'),
  helmfile: () => import('renovate/dist/modules/manager/helmfile/extract.js'),
  helmv3: () => import('renovate/dist/modules/manager/helmv3/extract.js'),
  kubernetes: () => import('renovate/dist/modules/manager/kubernetes/extract.js'),
  kustomize: () => import('renovate/dist/modules/manager/kustomize/extract.js'),
  regex: () => import('renovate/dist/modules/manager/custom/regex/index.js'),
  jsonata: () => import('renovate/dist/modules/manager/custom/jsonata/index.js'),
};

/** Renovate's order: the built-in ones by name, then the custom ones. */
export const NARROW: readonly string[] = Object.keys(LOADERS);
export const CUSTOM: ReadonlySet<string> = new Set(['regex', 'jsonata']);

/** getManagerConfig deletes the config blocks of all managers, so it needs all their names. */
export const allManagersList: readonly string[] = [...AllManagersListLiteral, ...CUSTOM];

export function getEnabledManagersList(enabled: readonly string[] | undefined): readonly string[] {
  if (!enabled?.length) return NARROW;
  return NARROW.filter((name) => enabled.includes(name) || enabled.includes(`custom.${name}`));
}

/** Synchronous as upstream's: answers what needs no loading. */
export function get(manager: string, property: string): unknown {
  return (facts[manager] as Record<string, unknown> | undefined)?.[property];
}

export async function loadManager(manager: string): Promise<ManagerModule> {
  const load = LOADERS[manager];
  if (load === undefined) throw new Error(`unknown manager ${manager}`);
  return load();
}

/**
 * Auto-replace confirms each change by extracting the changed text again, and dependencies of equal value change the same text: answers are
 * kept until `forgetExtractions`. The config is left out of the key, because within one file it differs only in what was extracted.
 */
const extractions = new Map<string, Promise<unknown>>();

export function forgetExtractions(): void {
  extractions.clear();
}

export function extractPackageFile(manager: string, content: string, file: string, config: unknown): Promise<unknown> {
  const known = extractions.get(content);
  if (known !== undefined) return known;
  const answer = extract(manager, content, file, config);
  extractions.set(content, answer);
  return answer;
}

async function extract(manager: string, content: string, file: string, config: unknown): Promise<unknown> {
  return (await loadManager(manager)).extractPackageFile?.(content, file, config) ?? null;
}

export async function extractAllPackageFiles(manager: string, config: unknown, files: readonly string[]): Promise<unknown> {
  return (await (await loadManager(manager)).extractAllPackageFiles?.(config, files)) ?? null;
}

export function getManagerList(): readonly string[] {
  return allManagersList;
}
export function isKnownManager(name: string): boolean {
  return allManagersList.includes(name.replace('custom.', ''));
}
