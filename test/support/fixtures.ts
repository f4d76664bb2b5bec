import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const fixturesRoot = join(projectRoot, 'test/fixtures');

/** Names of the folders below a fixture folder, sorted: the folder is the assertion. */
export function foldersIn(path: string): string[] {
  const root = join(fixturesRoot, path);
  return existsSync(root) ? readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort() : [];
}

/**
 * The expected value beside a fixture. Under UPDATE=1 the actual one is written there first, one row a line, to be reviewed as a diff.
 */
export function expectedRows(path: string, actual: readonly unknown[], name = 'expected.json'): unknown[] {
  const file = join(fixturesRoot, path, name);
  if (process.env['UPDATE'] === '1') writeFileSync(file, `[\n${actual.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
  return JSON.parse(readFileSync(file, 'utf8')) as unknown[];
}

/** A temporary folder with these files; `remove` it in afterAll. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'renovate-argocd-test-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
