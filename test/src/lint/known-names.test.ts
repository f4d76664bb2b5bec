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

it('the datasources without release dates are those of Renovate', async () => {
  const { default: datasources } = (await import('renovate/dist/modules/datasource/api.js')) as { default: ReadonlyMap<string, { readonly releaseTimestampSupport: boolean }> };
  const without = [...datasources].filter(([name, { releaseTimestampSupport }]) => !releaseTimestampSupport && name !== 'custom');
  expect(KNOWN_NAMES.withoutReleaseDates).toEqual(without.map(([name]) => name).sort());
}, 60_000);

it('the options that add up are those of Renovate', async () => {
  const { getOptions } = (await import('renovate/dist/config/options/index.js')) as { getOptions(): readonly { readonly name: string; readonly mergeable?: boolean }[] };
  const { allManagersList } = (await import('renovate/dist/modules/manager/index.js')) as { allManagersList: readonly string[] };
  const mergeable = getOptions().filter((option) => option.mergeable === true && !option.name.startsWith('match') && !allManagersList.includes(option.name));
  expect(KNOWN_NAMES.mergeable).toEqual(mergeable.map(({ name }) => name).sort());
}, 60_000);
