import { KNOWN_NAMES } from '../../../src/lint/known-names.ts';

interface Registry {
  readonly default: ReadonlyMap<string, unknown>;
}

/** Renovate's own registries, which take seconds to load. */
async function registry(path: string): Promise<string[]> {
  const { default: entries } = (await import(`renovate/dist/modules/${path}/api.js`)) as Registry;
  return [...entries.keys()].sort();
}

it.each([
  ['datasource', KNOWN_NAMES.datasources],
  ['versioning', KNOWN_NAMES.versionings],
])('the names of each %s are those that Renovate knows', async (path, names) => {
  const { init } = (await import('renovate/dist/logger/index.js')) as { init(): Promise<void> };
  await init();
  expect(names).toEqual(await registry(path));
}, 60_000);
