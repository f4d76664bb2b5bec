import { datasources } from 'renovate-facts';

/**
 * Stands in for `modules/datasource/index.js` and `common.js`, which load every datasource with its HTTP clients. Nothing is looked up
 * here; what extraction and package rules ask is a datasource's default versioning and config (44.121.2: config/index.js, fetch.js).
 */
const SEMVER_COERCED = 'semver-coerced';

function entry(name: string): (typeof datasources)[string] | undefined {
  return datasources[name.startsWith('custom.') ? 'custom' : name];
}

export function getDatasourceFor(name: string | undefined): object | null {
  return name === undefined ? null : (entry(name) ?? null);
}

export function getDefaultVersioning(name: string | undefined): string {
  return (name === undefined ? undefined : entry(name)?.defaultVersioning) ?? SEMVER_COERCED;
}

export async function getDefaultConfig(name: string): Promise<object> {
  return entry(name)?.defaultConfig ?? {};
}

export function getDatasourceList(): string[] {
  return Object.keys(datasources);
}
