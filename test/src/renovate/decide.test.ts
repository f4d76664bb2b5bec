import { getConfig } from 'renovate/dist/config/defaults.js';
import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { init } from 'renovate/dist/logger/index.js';
import { flattenUpdates } from 'renovate/dist/workers/repository/updates/flatten.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bumped } from '../../../src/renovate/made-up.ts';
import { SOURCE_KEY, UPDATE_TYPES, type ExtractedDependency, type JsonObject, type Renovate, type UpdateType } from '../../../src/renovate/types.ts';
import { parseJson5 } from '../../../src/source/json5.ts';
import { readRepository } from '../../../src/source/repository.ts';
import { fixturesRoot, projectRoot } from '../../support/fixtures.ts';
import { openBuilt } from './harness.ts';

/** Decisions against Renovate's own flattenUpdates on its whole config: another path to the same answer. */
let renovate: Renovate;

beforeAll(async () => {
  await init();
  renovate = openBuilt();
});
afterAll(() => renovate.close());

const KEYS = ['automerge', 'dependencyDashboardApproval', 'groupName', 'minimumReleaseAge', 'schedule', 'labels', 'addLabels', 'automergeType', 'prPriority', 'additionalBranchPrefix'];

function shown(settings: JsonObject): JsonObject {
  return Object.fromEntries(KEYS.flatMap((key) => (settings[key] === undefined || settings[key] === null ? [] : [[key, settings[key]!]])));
}

function rowsByName(rows: readonly (readonly [string, JsonObject])[]): (readonly [string, JsonObject])[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

function plain(config: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(config, (key, value: unknown) => (key === SOURCE_KEY ? undefined : value))) as JsonObject;
}

/** A version of charts is breaking when its first part that is not zero changes; the fixtures have no other versioning. */
function isBreaking(type: UpdateType, { currentValue }: ExtractedDependency): boolean {
  return type === 'major' || (['minor', 'patch'].includes(type) && /^v?0\./.test(currentValue ?? ''));
}

async function fromRenovate(config: JsonObject, manager: string, dependencies: readonly ExtractedDependency[]): Promise<(readonly [string, JsonObject])[]> {
  const files = dependencies.map((dependency) => {
    const { file, depName, packageName, datasource, currentValue, versioning, registryUrls } = dependency;
    const updates = UPDATE_TYPES.map((type) => ({ updateType: type, newValue: bumped(currentValue!, type), newVersion: bumped(currentValue!, type), isBreaking: isBreaking(type, dependency) }));
    return { packageFile: file, deps: [{ depName, packageName, datasource, currentValue, versioning, registryUrls, updates }] };
  });
  const flat = (await flattenUpdates(mergeChildConfig(getConfig(), { ...config, semanticCommits: 'disabled' }), { [manager.replace('custom.', '')]: files })) as readonly (JsonObject & { packageFile: string; depName: string; updateType: string })[];
  return flat.map((update) => [`${update.packageFile} ${update.depName} ${update.updateType}`, shown(update)] as const);
}

it.each(readdirSync(join(fixturesRoot, 'mutation-configs')))('%s', async (name) => {
  const root = join(fixturesRoot, 'mutation-configs', name);
  const files = readRepository(root).files.map(({ path }) => path);
  const file = files.find((path) => /^renovate\.json5?$/.test(path))!;
  const parsed = parseJson5(readFileSync(join(root, file), 'utf8'), 'json5');
  const { config } = await renovate.resolve({ config: (parsed as { value: JsonObject }).value, source: file, presets: { packageRoot: projectRoot, mapped: [] } });
  const runs = await renovate.extract({ root, files, config });
  const { subjects, outcomes } = await renovate.decide({ withoutReleaseDates: [] });

  const ours = subjects.flatMap(({ dependencies, cells }) =>
    dependencies.flatMap(({ run, index }) =>
      cells.flatMap((cell) => {
        const { file: path, depName } = runs[run]!.dependencies[index]!;
        const { type, settings } = outcomes[cell]!;
        return settings['enabled'] === false ? [] : [[`${path} ${depName} ${type}`, shown(settings)] as const];
      }),
    ),
  );
  const theirs = (await Promise.all(runs.map(({ manager, dependencies }) => fromRenovate(plain(config), manager, dependencies.filter(({ enabled, skipReason }) => enabled && skipReason === null))))).flat();

  expect(ours.length).toBeGreaterThan(UPDATE_TYPES.length);
  expect(rowsByName(ours)).toEqual(rowsByName(theirs));
});
