import { ask } from '../git.ts';

/** Names of branches and tags as schedules take them: short ones are kept in full since GitLab 17. */
export function expandedRef(repository: string, ref: string): string {
  if (/^refs\/(?:heads|tags)\//.test(ref)) return ref;
  return exists(repository, `refs/heads/${ref}`) ? `refs/heads/${ref}` : `refs/tags/${ref}`;
}

/** Why it cannot be used, as GitLab says it of a record. */
export function refMistake(repository: string, ref: string): Readonly<Record<string, readonly string[]>> | null {
  const known = /^refs\/(?:heads|tags)\//.test(ref) ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const found = known.filter((name) => exists(repository, name));
  if (found.length === 0) return { ref: ['does not exist'] };
  return found.length > 1 ? { base: ['Ref is ambiguous'] } : null;
}

function exists(repository: string, name: string): boolean {
  return ask(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]) !== null;
}
