import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

export interface ChangedFile {
  /** From the judged directory. */
  readonly file: string;
  /** As it was read. */
  readonly before: string;
  readonly after: string;
}

export interface LeftAlone {
  readonly file: string;
  readonly reason: string;
}

/**
 * Writes each file whole or not at all: beside it first, then in its place. One that is no longer what was read stays as it is.
 * @returns the files that were not written, and why
 */
export async function writeFiles(root: string, files: readonly ChangedFile[]): Promise<LeftAlone[]> {
  const left: LeftAlone[] = [];
  for (const { file, before, after } of files) {
    const reason = await writeOne(resolve(root, file), before, after);
    if (reason !== null) left.push({ file, reason });
  }
  return left;
}

async function writeOne(path: string, before: string, after: string): Promise<string | null> {
  const beside = `${path}.renovate-argocd`;
  try {
    const text = await readFile(path, 'utf8');
    // a config is read without its byte order mark
    const mark = text.startsWith('\ufeff') && !before.startsWith('\ufeff') ? '\ufeff' : '';
    if (text !== mark + before) return 'it changed while it was read';
    await writeFile(beside, mark + after, { flag: 'wx' });
    await chmod(beside, (await stat(path)).mode);
    await rename(beside, path);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // somebody else's file of that name is not removed
    if (code !== 'EEXIST') await rm(beside, { force: true });
    return `it cannot be written (${code})`;
  }
}
