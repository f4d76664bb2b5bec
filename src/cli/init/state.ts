import type { Stats } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../base/failure.ts';
import type { ScaffoldFile } from '../../scaffold/files.ts';

/** What stands in the place of a file: nothing, the same text, something else, or a way that leads through something that is no folder. */
export type Place =
  | { readonly kind: 'free' }
  | { readonly kind: 'same' }
  | { readonly kind: 'other'; readonly reason: string };

/**
 * Looks, and follows no symbolic link: one may lead out of the directory.
 * @param root absolute; need not exist
 * @throws FailureError `output-unwritable` when a file may not be looked at
 */
export async function placeOf(root: string, { path, text }: ScaffoldFile): Promise<Place> {
  const steps = path.split('/');
  for (const [index] of steps.entries()) {
    const part = steps.slice(0, index + 1).join('/');
    const stat = await looked(join(root, part));
    if (stat === null) return { kind: 'free' };
    if (stat.isSymbolicLink()) return { kind: 'other', reason: part === path ? 'is a symbolic link' : `${part} is a symbolic link` };
    const last = index === steps.length - 1;
    if (!last && !stat.isDirectory()) return { kind: 'other', reason: `${part} is no folder` };
    if (last && !stat.isFile()) return { kind: 'other', reason: 'is no file' };
    if (last && stat.size !== Buffer.byteLength(text)) return DIFFERENT;
  }
  return (await contentOf(join(root, path))) === text ? { kind: 'same' } : DIFFERENT;
}

const DIFFERENT: Place = { kind: 'other', reason: 'is there already, and different' };

async function looked(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? null : unreadable(path, error);
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return fail({ code: 'output-unwritable', message: `${path} cannot be looked at (${code})`, remedy: 'Check how the directory is written, and who may read it.' });
}
