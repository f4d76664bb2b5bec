import { relative, sep } from 'node:path';

/** Path of a file from a folder, with forward slashes on every system; both absolute. */
export function pathFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

/** As reports name a file: from the working directory, or absolute when it stands outside. */
export function shortPath(cwd: string, file: string): string {
  const short = pathFrom(cwd, file);
  return short.startsWith('..') ? file.split(sep).join('/') : short;
}

/**
 * Whether git writes a path in quotes when it lists files, with `core.quotePath=false` too. Renovate takes such a listing at its word (util/git getFileList, 44.121.2): it never finds the file.
 */
export function isQuotedByGit(path: string): boolean {
  return /["\\\u0000-\u001f\u007f]/.test(path);
}
