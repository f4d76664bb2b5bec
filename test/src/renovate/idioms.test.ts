import { cpSync } from 'node:fs';
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
let renovate: Renovate;
let config: JsonObject;

beforeAll(async () => {
  renovate = openBuilt();
  ({ config } = await renovate.resolve({ config: { extends: ['local>platform/renovate-argocd'] }, source: 'renovate.json', presets: own }));
});
afterAll(() => renovate.close());

async function covered(root: string): Promise<{ pins: CoveredPin[]; runs: readonly ManagerRun[] }> {
  const repository = readRepository(root);
  const runs = await renovate.extract({ root, files: repository.files.map((file) => file.path), config });
  return { pins: cover({ pins: findPins(repository), runs, ignoredFiles: [] }), runs };
}

function summary({ file, line, value, name, status, reason, managers }: CoveredPin): object {
  return { file, line, value, name, status, reason, managers: managers.map(({ manager, source }) => (source === null ? manager : `${manager} ${source}`)) };
}

/** The config as it is written for Renovate, without our notes. */
function plain(resolved: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(resolved, (key, value: unknown) => (key === SOURCE_KEY ? undefined : value))) as JsonObject;
}

test.each(foldersIn('idioms'))('%s: managed as expected', async (name) => {
  const { pins } = await covered(join(fixturesRoot, 'idioms', name, 'files'));
  const rows = pins.map(summary);
  expect(rows).toEqual(expectedRows(`idioms/${name}`, rows, 'coverage.json'));
});

describe('all fixtures in one repository', () => {
  const folder = temporaryFolder({});
  for (const name of foldersIn('idioms')) cpSync(join(fixturesRoot, 'idioms', name, 'files'), join(folder.root, name), { recursive: true });
  afterAll(folder.remove);

  test('what is called managed, the real Renovate extracts with the same config', async () => {
    const copy = repositoryCopy(folder.root, plain(config));
    try {
      const { pins } = await covered(copy.root);
      const real = new Set(realExtraction(copy.root).map((row) => `${row.manager} ${row.file} ${row.packageName} ${row.currentValue}`));
      const managed = pins.filter((pin) => pin.status === 'managed').map((pin) => `${pin.managers[0]!.manager.replace('custom.', '')} ${pin.file} ${pin.managers[0]!.packageName} ${pin.value}`);
      expect(managed.length).toBeGreaterThan(40);
      expect(managed.filter((row) => !real.has(row))).toEqual([]);
    } finally {
      copy.remove();
    }
  });

  test('what is spared by hints is what would have been empty', async () => {
    const files = readRepository(folder.root).files.map((file) => file.path);
    const hinted = await renovate.extract({ root: folder.root, files, config });
    const asked = await renovate.extract({ root: folder.root, files, config: plain(config) });
    expect(rowsOf(hinted)).toEqual(rowsOf(asked));
  });
});
