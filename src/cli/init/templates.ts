import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Template } from '../../scaffold/files.ts';

/** The package's folder scaffold/, in the order of its paths. */
export async function readTemplates(packageRoot: string): Promise<Template[]> {
  const folder = join(packageRoot, 'scaffold');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'));
  return Promise.all(paths.sort().map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
}
