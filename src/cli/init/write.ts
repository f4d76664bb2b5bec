import { constants } from 'node:fs';
import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../base/failure.ts';
import type { ScaffoldFile } from '../../scaffold/files.ts';

/**
 * Writes a new file whole or not at all, and never over another: what has come there since it was looked at stays.
 * @throws FailureError `output-unwritable`
 */
export async function writeNew(root: string, { path, text }: ScaffoldFile): Promise<void> {
  const target = join(root, path);
  const beside = `${target}.renovate-argocd`;
  let mine = false;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(beside, text, { flag: 'wx' });
    mine = true;
    await placed(beside, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    fail({ code: 'output-unwritable', message: `${path} cannot be written (${code})`, remedy: 'Check who may write to the directory, and that the disk is not full. Run it again then: what is written already is left as it is.' });
  } finally {
    if (mine) await rm(beside, { force: true });
  }
}

/** A rename would take the place of what is there; a link does not, and where a file system has none, a copy. */
async function placed(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}
