import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cover } from '../../../src/coverage/cover.ts';
import type { CoveredPin } from '../../../src/coverage/coverage.ts';
import { findPins } from '../../../src/pins/find.ts';
import { SOURCE_KEY, type JsonObject, type ManagerRun, type Renovate } from '../../../src/renovate/types.ts';
import { readRepository } from '../../../src/source/repository.ts';
import { fixturesRoot, foldersIn, expectedRows, projectRoot, temporaryFolder } from '../../support/fixtures.ts';
import { openBuilt, realExtraction, repositoryCopy, rowsOf } from './harness.ts';

/** Every idiom against this package's presets: what they manage, what is left, and that the real Renovate extracts what is called managed. */
const own = { packageRoot: projectRoot, mapped: [] };
/** What a repository of each idiom extends: a renovate.json beside its files, where default.json alone is not enough. */
const EXTENDED: JsonObject = { extends: ['local>platform/renovate-argocd'] };
let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

async function resolved(value: JsonObject): Promise<JsonObject> {
  return (await renovate.resolve({ config: value, source: 'renovate.json', presets: own })).config;
}

function extendedBy(name: string): JsonObject {
  const file = join(fixturesRoot, 'idioms', name, 'renovate.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JsonObject) : EXTENDED;
}

async function covered(root: string, config: JsonObject): Promise<{ pins: CoveredPin[]; runs: readonly ManagerRun[] }> {
  const repository = readRepository(root);
  const runs = await renovate.extract({ root, files: repository.files.map((file) => file.path), config });
  return { pins: cover({ pins: findPins(repository), runs, ignoredFiles: [] }), runs };
}

function summary({ file, line, value, name, status, reason, managers }: CoveredPin): object {
  return { file, line, value, name, status, reason, managers: managers.map(({ manager, source }) => (source === null ? manager : `${manager} ${source}`)) };
}

/** The config as it is written for Renovate, without our notes. */
function plain(config: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(config, (key, value: unknown) => (key === SOURCE_KEY ? undefined : value))) as JsonObject;
}

test.each(foldersIn('idioms'))('%s: managed as expected', async (name) => {
  const { pins } = await covered(join(fixturesRoot, 'idioms', name, 'files'), await resolved(extendedBy(name)));
  const rows = pins.map(summary);
  expect(rows).toEqual(expectedRows(`idioms/${name}`, rows, 'coverage.json'));
});

describe('all fixtures in one repository', () => {
  const folder = temporaryFolder({});
  for (const name of foldersIn('idioms')) cpSync(join(fixturesRoot, 'idioms', name, 'files'), join(folder.root, name), { recursive: true });
  afterAll(folder.remove);
  // everything at once, so that what is opt-in may not meddle with the rest
  const all: JsonObject = { extends: ['local>platform/renovate-argocd', 'local>platform/renovate-argocd//presets/managers/flux'] };

  test('what is called managed, the real Renovate extracts with the same config', async () => {
    const config = await resolved(all);
    const copy = repositoryCopy(folder.root, plain(config));
    try {
      const { pins } = await covered(copy.root, config);
      const real = new Set(realExtraction(copy.root).flatMap((row) => [row.currentValue, row.currentDigest].map((value) => `${row.manager} ${row.file} ${row.packageName} ${value}`)));
      const managed = pins.filter((pin) => pin.status === 'managed').map((pin) => `${pin.managers[0]!.manager.replace('custom.', '')} ${pin.file} ${pin.managers[0]!.packageName} ${pin.value}`);
      expect(managed.length).toBeGreaterThan(40);
      expect(managed.filter((row) => !real.has(row))).toEqual([]);
    } finally {
      copy.remove();
    }
  });

  test('what is spared by hints is what would have been empty', async () => {
    const files = readRepository(folder.root).files.map((file) => file.path);
    const config = await resolved(all);
    const hinted = await renovate.extract({ root: folder.root, files, config });
    const asked = await renovate.extract({ root: folder.root, files, config: plain(config) });
    expect(rowsOf(hinted)).toEqual(rowsOf(asked));
  });
});
