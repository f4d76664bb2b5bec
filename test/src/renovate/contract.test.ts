import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { JsonObject, Renovate } from '../../../src/renovate/types.ts';
import { extractFrom, openBuilt, realExtraction, repositoryCopy, rowsOf } from './harness.ts';

/** The adapter against `renovate --platform=local --dry-run=extract`: the gate of a Renovate upgrade. */
const fixtures = fileURLToPath(new URL('../../fixtures/renovate/contract', import.meta.url));
let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

it.each(readdirSync(fixtures))('%s: extracts what Renovate extracts', async (name) => {
  const folder = join(fixtures, name);
  const config = JSON.parse(readFileSync(join(folder, 'renovate.json'), 'utf8')) as JsonObject;
  const copy = repositoryCopy(folder, config);
  try {
    const runs = await extractFrom(renovate, copy.root, copy.files, config);
    const ours = rowsOf(runs.map((run) => ({ ...run, dependencies: run.dependencies.filter(({ enabled }) => enabled) })));
    expect(ours.length).toBeGreaterThan(1);
    expect(ours).toEqual(realExtraction(copy.root));
  } finally {
    copy.remove();
  }
});
