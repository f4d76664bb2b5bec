import { getConfig } from 'renovate/dist/config/defaults.js';
import { applyDatasourceDefaultConfig, getManagerConfig } from 'renovate/dist/config/index.js';
import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { init } from 'renovate/dist/logger/index.js';
import { applyPackageRules } from 'renovate/dist/util/package-rules/index.js';
import { compile } from 'renovate/dist/util/template/index.js';
import type { Json, JsonObject, PresetSources, Renovate } from '../../src/renovate/types.ts';
import { projectRoot } from './fixtures.ts';

// else its first words are a complaint on the terminal
await init();

/** A dependency as extraction and lookup leave it. */
export interface Dependency {
  readonly manager: string;
  readonly packageFile: string;
  readonly datasource: string;
  readonly versioning: string;
  readonly depName: string;
  readonly currentValue: string;
  /** When the new version came out, where the registry says so. */
  readonly releaseTimestamp?: string;
}

/** A config after every `extends`, with those of Renovate's defaults that it speaks of: all of them are copied for each rule that applies. */
export async function resolved(renovate: Renovate, config: JsonObject, mapped: PresetSources['mapped'] = []): Promise<JsonObject> {
  const answer = await renovate.resolve({ config, source: 'renovate.json', presets: { packageRoot: projectRoot, mapped } });
  expect(answer.missing).toEqual([]);
  const words = new Set([...SHOWN, ...BLOCKS, ...(JSON.stringify(answer.config).match(/\w+/g) ?? [])]);
  const defaults = Object.fromEntries(Object.entries(getConfig() as JsonObject).filter(([key]) => words.has(key)));
  return mergeChildConfig(defaults, answer.config) as JsonObject;
}

const SHOWN = ['additionalBranchPrefix', 'automerge', 'automergeSchedule', 'dependencyDashboardApproval', 'group', 'groupName', 'minimumReleaseAge', 'platformAutomerge', 'prBodyDefinitions'];

/** How the presets of this package are named in a config: `policy/fast`, `automerge/none(cert-manager)`. */
export function ownPreset(name: string): string {
  return `local>platform/renovate-argocd//presets/${name}`;
}

/** The update types that flattenUpdates takes out before the rules apply again. */
const BLOCKS = ['major', 'minor', 'patch', 'pin', 'digest', 'lockFileMaintenance', 'replacement'];

/** The config of an update as flattenUpdates puts it together (workers/repository/updates/flatten.js, 44.121.2). */
export async function configOf(config: JsonObject, dependency: Dependency, updateType: string): Promise<JsonObject> {
  const first = await applyPackageRules(await startOf(config, dependency, updateType), 'datasource-merge');
  const merged: JsonObject = mergeChildConfig(first, first[updateType]);
  return (await applyPackageRules(Object.fromEntries(Object.entries(merged).filter(([key]) => !BLOCKS.includes(key))), 'update-type-merge')) as JsonObject;
}

/** The release age that the lookup asks for, where the rules apply only once (workers/repository/process/lookup/filter-checks.js, 44.121.2). */
export async function ageAtLookup(config: JsonObject, dependency: Dependency, updateType: string): Promise<string | null> {
  return (await applyPackageRules(await startOf(config, dependency, updateType), 'update-type'))['minimumReleaseAge'] as string | null;
}

function startOf(config: JsonObject, dependency: Dependency, updateType: string): Promise<JsonObject> {
  const level = { ...getManagerConfig(config, dependency.manager), manager: dependency.manager } as JsonObject;
  return applyDatasourceDefaultConfig(mergeChildConfig(level, { ...dependency, packageName: dependency.depName, updateType }));
}

/** `automerge after 3 days`, `merge-request, group cert-manager`: what becomes of an update, and what of it is not as Renovate would do it anyway. */
export async function decide(config: JsonObject, dependency: Dependency, updateType: string): Promise<string> {
  const update = await configOf(config, dependency, updateType);
  const { minimumReleaseAge, groupName, additionalBranchPrefix, automergeSchedule, platformAutomerge } = update;
  const windows = (automergeSchedule as readonly string[]).filter((window) => window !== 'at any time');
  const parts: Json[] = [
    minimumReleaseAge ? `${actionOf(update)} after ${minimumReleaseAge}` : actionOf(update),
    groupName ? `group ${compile(groupName, update)}` : null,
    additionalBranchPrefix ? `branch ${additionalBranchPrefix}` : null,
    windows.length > 0 ? `${platformAutomerge === false ? 'by Renovate' : 'by GitLab'} in ${windows.join(' or ')}` : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function actionOf({ enabled, dependencyDashboardApproval, automerge }: JsonObject): string {
  if (enabled === false) return 'disabled';
  if (dependencyDashboardApproval === true) return 'approval';
  return automerge === true ? 'automerge' : 'merge-request';
}
