import { matchesGlob } from 'node:path';
import { stringsOf } from '../base/config-walk.ts';
import type { JsonObject } from '../renovate/types.ts';

/**
 * Whether a glob of a Renovate config fits a path. Renovate asks minimatch with `dot: true` (44.121.2); Node's own globs have no such
 * option, so a dot that starts a name is hidden behind a letter first, in both.
 */
export function globMatches(glob: string, path: string): boolean {
  const negations = /^!*/.exec(glob)![0].length;
  const fits = matchesGlob(path.replaceAll(/(^|\/)\./g, '$1\u0001.'), glob.slice(negations).replaceAll(/(^|[/{,])\.(?!\.?\/)/g, '$1\u0001.'));
  return fits === (negations % 2 === 0);
}

/** The `ignorePaths` entry that keeps Renovate away from the file: a glob, or any part of the path. */
export function ignoredBy(ignorePaths: readonly string[], path: string): string | null {
  return ignorePaths.find((entry) => path.includes(entry) || globMatches(entry, path)) ?? null;
}

/** Files that `ignorePaths` or `includePaths` keep from every manager. */
export function ignoredFiles(config: JsonObject, paths: readonly string[]): string[] {
  const ignore = stringsOf(config['ignorePaths']);
  const include = stringsOf(config['includePaths']);
  return paths.filter((path) => ignoredBy(ignore, path) !== null || (include.length > 0 && !include.some((entry) => entry === path || globMatches(entry, path))));
}
