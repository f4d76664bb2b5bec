import { getConfig } from 'renovate/dist/config/defaults.js';
import { applyDatasourceDefaultConfig, getManagerConfig } from 'renovate/dist/config/index.js';
import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { applyPackageRules } from 'renovate/dist/util/package-rules/index.js';
import type { JsonObject, Renovate } from '../../src/renovate/types.ts';
import { projectRoot } from './fixtures.ts';

/** A dependency as extraction and lookup leave it, with one update. */
export interface Bump {
  readonly manager: string;
  readonly packageFile: string;
  readonly datasource: string;
  readonly versioning: string;
  readonly depName: string;
  readonly currentValue: string;
  readonly updateType: string;
  readonly releaseTimestamp?: string;
}

export interface Decision {
  /** automerge | merge-request | approval | disabled, and the release age that it waits for. */
  readonly verdict: string;
  readonly config: JsonObject;
}

const TYPES = ['major', 'minor', 'patch', 'pin', 'digest', 'lockFileMaintenance', 'replacement'];

/** What this package's presets and the rest of a config come to, resolved by Renovate. */
export async function resolved(renovate: Renovate, config: JsonObject): Promise<JsonObject> {
  const answer = await renovate.resolve({ config, source: 'renovate.json', presets: { packageRoot: projectRoot, mapped: [] } });
  expect(answer.missing).toEqual([]);
  return answer.config;
}

/** As flattenUpdates puts an update's config together (workers/repository/updates/flatten.js, 44.121.2). */
export async function decide(config: JsonObject, bump: Bump): Promise<Decision> {
  const whole = mergeChildConfig(getConfig(), config) as JsonObject;
  const dependency = mergeChildConfig({ ...getManagerConfig(whole, bump.manager), manager: bump.manager }, { ...bump, packageName: bump.depName }) as JsonObject;
  const first = (await applyPackageRules(await applyDatasourceDefaultConfig(dependency), 'datasource-merge')) as JsonObject;
  const merged = mergeChildConfig(first, first[bump.updateType]) as JsonObject;
  const bare = Object.fromEntries(Object.entries(merged).filter(([key]) => !TYPES.includes(key)));
  const last = (await applyPackageRules(bare, 'update-type-merge')) as JsonObject;
  return { verdict: verdictOf(last), config: last };
}

function verdictOf({ enabled, dependencyDashboardApproval, automerge, minimumReleaseAge }: JsonObject): string {
  const action = enabled === false ? 'disabled' : dependencyDashboardApproval === true ? 'approval' : automerge === true ? 'automerge' : 'merge-request';
  return typeof minimumReleaseAge === 'string' ? `${action}, ${minimumReleaseAge}` : action;
}

/** A config that extends these presets of this package, in this order: `policy/fast`, `automerge/none(cert-manager)`. */
export function extending(presets: readonly string[], rest: JsonObject = {}): JsonObject {
  return { extends: presets.map((preset) => `local>platform/renovate-argocd//presets/${preset}`), ...rest };
}
