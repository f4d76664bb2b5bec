import { applyDatasourceDefaultConfig } from 'renovate/dist/config/index.js';
import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { isObject } from './sources.ts';
import type { Json, JsonObject } from './types.ts';
import { getDatasourceFor, getDefaultVersioning } from './upstream/datasources.ts';

/** Renovate's config of one dependency: hundreds of options, of which few are read here. */
export interface DependencyConfig {
  readonly [key: string]: any;
}

/** What a package rule can change about where a dependency is looked up and how it is written. The rest is policy. */
const DECISIVE = new Set([
  'autoReplaceGlobalMatch',
  'autoReplaceStringTemplate',
  'currentValue',
  'datasource',
  'depName',
  'enabled',
  'extractVersion',
  'force',
  'ignoreDeps',
  'overrideDatasource',
  'overrideDepName',
  'overridePackageName',
  'packageName',
  'pinDigests',
  'registryUrls',
  'skipReason',
  'updatePinnedDependencies',
  'versionCompatibility',
  'versioning',
]);

/**
 * The rules that matter here: `config:recommended` alone brings 726 (44.121.2), each tried on each dependency. A decisive rule's
 * `matchJsonata` can read what an earlier rule wrote, so rules that set one of the words in it matter too.
 */
export function decisiveRules(config: JsonObject): readonly Json[] {
  const rules = Array.isArray(config['packageRules']) ? (config['packageRules'] as readonly Json[]) : [];
  const decisive = rules.filter((rule) => setsOneOf(rule, DECISIVE));
  const conditions = decisive.flatMap((rule) => (isObject(rule) && Array.isArray(rule['matchJsonata']) ? (rule['matchJsonata'] as readonly Json[]) : []));
  if (conditions.length === 0) return decisive;
  if (conditions.some((condition) => READS_ANYTHING.test(String(condition)))) return rules;
  const words = new Set([...DECISIVE, ...conditions.flatMap((condition) => String(condition).match(/\w+/g) ?? [])]);
  const touching = rules.filter((rule) => setsOneOf(rule, words));
  // One step is enough unless a rule that was added has a condition of its own.
  return touching.some((rule) => isObject(rule) && rule['matchJsonata'] !== undefined && !decisive.includes(rule)) ? rules : touching;
}

/** Wildcards, parents, the whole input, and text that is evaluated. */
const READS_ANYTHING = /[*%]|\$(?!\w)|\$eval/;

/** True when a condition of the rule can look at any part of the config. */
export function readsAnything(rule: Json): boolean {
  return isObject(rule) && Array.isArray(rule['matchJsonata']) && (rule['matchJsonata'] as readonly Json[]).some((condition) => READS_ANYTHING.test(String(condition)));
}

function setsOneOf(rule: Json, keys: ReadonlySet<string>): boolean {
  return isObject(rule) && Object.keys(rule).some((key) => keys.has(key));
}

export interface Judged {
  readonly config: DependencyConfig;
  readonly enabled: boolean;
  readonly skipReason: string | null;
}

/**
 * What the fetch phase knows of a dependency just before it looks it up, in the order of `lookup` in workers/repository/process/fetch.js
 * and the first checks of lookup/index.js (44.121.2).
 */
export async function judgeDependency(fileConfig: DependencyConfig, dependency: DependencyConfig, packageRules: readonly Json[]): Promise<Judged> {
  let config = mergeChildConfig(fileConfig, dependency) as DependencyConfig & { versioning?: string };
  config = await applyDatasourceDefaultConfig(config);
  config.versioning ??= getDefaultVersioning(config['datasource']);
  const rules = packageRules.filter((rule) => !isVain(rule, config));
  if (rules.length > 0) {
    const { applyPackageRules } = await import('renovate/dist/util/package-rules/index.js');
    const { packageRules: _applied, ...ruled } = await applyPackageRules({ ...config, packageRules: rules }, 'pre-lookup');
    config = ruled;
  }
  const enabled = config['enabled'] !== false;
  return { config, enabled, skipReason: await skipReason(config, dependency) };
}

/** The condition of this package's own rule about empty names and values; JSONata takes longer to say no than everything else here. */
const EMPTY = '$not($boolean(depName)) or $not($boolean(currentValue))';

export function isVain(rule: Json, { depName, currentValue }: DependencyConfig): boolean {
  const condition = isObject(rule) ? rule['matchJsonata'] : undefined;
  return Array.isArray(condition) && condition.length === 1 && condition[0] === EMPTY && Boolean(depName) && Boolean(currentValue);
}

async function skipReason(config: DependencyConfig, dependency: DependencyConfig): Promise<string | null> {
  const extracted = dependency['skipReason'];
  const mayBeGivenRegistry = extracted === 'unknown-registry' && !dependency['registryUrls']?.length;
  if (extracted && !(mayBeGivenRegistry && config['skipReason'] === undefined)) return extracted;
  if (!dependency['packageName']) return 'invalid-name';
  if (config['ignoreDeps']?.includes(dependency['depName'])) return 'ignored';
  if (config['enabled'] === false) return 'disabled';
  if (!config['datasource']) return null;
  if (!config['packageName'] || getDatasourceFor(config['datasource']) === null) return 'invalid-config';
  const { currentValue } = config;
  if (currentValue !== undefined && currentValue !== null && typeof currentValue !== 'string') return 'invalid-value';
  // A value without versions is looked up for its digest's sake.
  if (config['currentDigest'] || config['pinDigests']) return null;
  // `currentValue` without its suffix, as versionCompatibility has it, is what Renovate compares; too rare to imitate.
  if (config['versionCompatibility']) return null;
  if (!currentValue) return 'invalid-value';
  const versioning = await loadVersioning(config['versioning']);
  if (!versioning.isValid(currentValue)) return 'invalid-value';
  return config['updatePinnedDependencies'] === false && versioning.isSingleVersion(currentValue) ? 'is-pinned' : null;
}

interface Versioning {
  isValid(value: string): boolean;
  isSingleVersion(value: string): boolean;
  isVersion(value: string): boolean;
  isBreaking?(current: string, next: string): boolean;
}

/** The ones that charts and images have; versioning/index.js would load all fifty. */
const COMMON: Readonly<Record<string, () => Promise<{ api?: Versioning; default?: Versioning }>>> = {
  docker: () => import('renovate/dist/modules/versioning/docker/index.js'),
  helm: () => import('renovate/dist/modules/versioning/helm/index.js'),
  semver: () => import('renovate/dist/modules/versioning/semver/index.js'),
  'semver-coerced': () => import('renovate/dist/modules/versioning/semver-coerced/index.js'),
};

export async function loadVersioning(name: string): Promise<Versioning> {
  const api = (await COMMON[name]?.())?.api;
  if (api !== undefined) return api;
  const { get } = await import('renovate/dist/modules/versioning/index.js');
  return get(name);
}
