import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { CONFIG_FILE_NAMES } from '../base/config-file-names.ts';

/** The file that Renovate itself would take its config from, as a path from `root`; null when there is none. */
export async function findConfig(root: string): Promise<string | null> {
  for (const name of CONFIG_FILE_NAMES) {
    if (!(await isOwnFile(root, name))) continue;
    if (name !== 'package.json' || (await hasRenovateKey(join(root, name)))) return name;
  }
  return null;
}

/** A symbolic link that leads out of the repository is not the repository's: its text must not end up in a report. */
async function isOwnFile(root: string, name: string): Promise<boolean> {
  try {
    const path = join(root, name);
    const stat = await lstat(path);
    if (stat.isFile()) return true;
    return stat.isSymbolicLink() && (await realpath(path)).startsWith((await realpath(root)) + sep);
  } catch {
    return false;
  }
}

/** Like Renovate: a package.json that does not parse is somebody else's problem. */
async function hasRenovateKey(path: string): Promise<boolean> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof content === 'object' && content !== null && 'renovate' in content && Boolean(content.renovate);
  } catch {
    return false;
  }
}
