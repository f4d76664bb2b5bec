import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { readTextFile } from '../../source/text-file.ts';
import { GlobalConfig } from 'renovate/dist/config/global.js';

/**
 * Stands in for `util/fs/index.js`: reads inside the judged directory and writes nowhere. Auto-replace writes the file before it confirms an
 * update (44.121.2), which here must stay in memory.
 */

/** Read once per file and request: several managers match the same file. */
const texts = new Map<string, string | null>();

/** Folders already found to lie inside: asking the system for each of some thousand files costs as much as reading them. */
const folders = new Map<string, boolean>();

/** @param given texts that stand for those on disk, by path from the judged directory */
export function forgetFiles(given: ReadonlyMap<string, string> = new Map()): void {
  texts.clear();
  folders.clear();
  for (const [file, text] of given) texts.set(keyOf(file), text);
}

function keyOf(file: string): string {
  return `${GlobalConfig.get('localDir') as string}\0${file}`;
}

/** A plain file in a folder that lies inside; anything else is looked at closely. */
function plainFile(root: string, file: string): string | null {
  const path = join(root, file);
  const folder = dirname(path);
  let within = folders.get(folder);
  if (within === undefined) {
    within = inside(root, relative(root, folder)) !== null;
    folders.set(folder, within);
  }
  return within && lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
}

/** Null for what is missing and for what a symbolic link fetches from outside the judged directory. */
function inside(root: string, file: string): string | null {
  const path = resolve(root, file);
  if (!existsSync(path)) return null;
  const real = realpathSync(path);
  const away = relative(realpathSync(root), real);
  return away === '..' || away.startsWith(`..${sep}`) || isAbsolute(away) ? null : real;
}

export async function readLocalFile(file: string): Promise<string | null> {
  const root = GlobalConfig.get('localDir') as string;
  const key = keyOf(file);
  let text = texts.get(key);
  if (text === undefined) {
    const path = plainFile(root, file) ?? inside(root, file);
    const read = path === null ? null : readTextFile(path);
    // A directory, or unreadable: Renovate reads nothing then either. What is too large for our own reading would hold it up for minutes.
    text = read !== null && 'text' in read ? read.text : null;
    texts.set(key, text);
  }
  return text;
}

export async function localPathExists(file: string): Promise<boolean> {
  return inside(GlobalConfig.get('localDir') as string, file) !== null;
}

export function getParentDir(file: string): string {
  const directory = posix.dirname(file);
  return directory === '.' ? '' : directory;
}

export function getSiblingFileName(file: string, sibling: string): string {
  return posix.join(getParentDir(file), sibling);
}

export async function writeLocalFile(): Promise<void> {}
