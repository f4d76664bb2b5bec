import { ask, gitOutput } from './git.ts';

/** What GitLab shows of a repository: commits, trees, files and differences. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authoredAt: string;
  readonly committerName: string;
  readonly committerEmail: string;
  readonly committedAt: string;
  readonly message: string;
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The commit that a branch, a tag, HEAD or a hash names; a branch goes before a tag of its name. */
export function resolve(repository: string, ref: string): string | null {
  return commitAt(repository, `refs/heads/${ref}`) ?? commitAt(repository, ref);
}

function commitAt(repository: string, ref: string): string | null {
  return ask(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
}

const FIELDS = '%H%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B';

/** The newest first. `options` are those of git log: ranges, --since, -1. */
export function log(repository: string, options: readonly string[], paths: readonly string[] = []): Commit[] {
  const output = text(repository, ['log', '-z', `--format=tformat:${FIELDS}`, ...options, '--', ...paths]);
  const fields = output?.split('\0') ?? [];
  return Array.from({ length: Math.floor(fields.length / 9) }, (_, index) => commitOf(fields.slice(index * 9, index * 9 + 9)));
}

export function commitIn(repository: string, sha: string): Commit | null {
  return log(repository, ['-1', sha])[0] ?? null;
}

function commitOf([sha = '', parents = '', authorName = '', authorEmail = '', authoredAt = '', committerName = '', committerEmail = '', committedAt = '', message = '']: readonly string[]): Commit {
  return { sha, parents: parents.split(' ').filter(Boolean), authorName, authorEmail, authoredAt, committerName, committerEmail, committedAt, message };
}

export interface TreeEntry {
  readonly id: string;
  readonly mode: string;
  readonly type: string;
  readonly path: string;
}

const KINDS = ['tree', 'blob', 'commit'];

/** Folders first, as GitLab lists them; null when there is no such folder. */
export function treeAt(repository: string, sha: string, folder: string, recursive: boolean): TreeEntry[] | null {
  const output = text(repository, ['ls-tree', '-z', '--full-tree', ...(recursive ? ['-r', '-t'] : []), `${sha}:${folder}`]);
  const entries = output?.split('\0').filter(Boolean).map((line) => treeEntry(line, folder));
  return entries?.sort((a, b) => KINDS.indexOf(a.type) - KINDS.indexOf(b.type)) ?? null;
}

function treeEntry(line: string, folder: string): TreeEntry {
  const [about = '', ...name] = line.split('\t');
  const [mode = '', type = '', id = ''] = about.split(' ');
  return { mode, type, id, path: [...(folder === '' ? [] : [folder]), name.join('\t')].join('/') };
}

export interface Blob {
  readonly id: string;
  readonly executable: boolean;
  readonly content: Buffer;
  /** The newest commit that changed it. */
  readonly lastCommit: string;
}

export function blobAt(repository: string, sha: string, path: string): Blob | null {
  const line = ask(repository, ['ls-tree', '-z', '--full-tree', sha, '--', path])?.replace(/\0$/, '');
  const entry = line === undefined || line === '' ? null : treeEntry(line, '');
  if (entry === null || entry.type !== 'blob' || entry.path !== path) return null;
  return { id: entry.id, executable: entry.mode === '100755', content: gitOutput(repository, ['cat-file', 'blob', entry.id]), lastCommit: ask(repository, ['rev-list', '-1', sha, '--', path]) ?? sha };
}

export interface Difference {
  readonly oldPath: string;
  readonly newPath: string;
  readonly oldMode: string;
  readonly newMode: string;
  readonly status: string;
  /** From the first @@ on. */
  readonly patch: string;
}

/** `from` null: everything in `to` is new. */
export function differences(repository: string, from: string | null, to: string): Difference[] {
  const range = [from ?? EMPTY_TREE, to];
  const raw = text(repository, ['diff-tree', '-r', '-M', '-z', '--raw', '--abbrev=40', ...range]) ?? '';
  const patches = (text(repository, ['diff-tree', '-r', '-M', '-p', ...range]) ?? '').split(/^(?=diff --git )/m);
  return rawEntries(raw.split('\0')).map((entry, index) => ({ ...entry, patch: hunksOf(patches[index] ?? '') }));
}

function rawEntries(fields: readonly string[]): Omit<Difference, 'patch'>[] {
  const found: Omit<Difference, 'patch'>[] = [];
  for (let index = 0; (fields[index] ?? '') !== ''; ) {
    const [oldMode = '', newMode = '', , , status = ''] = fields[index]!.slice(1).split(' ');
    const both = /^[RC]/.test(status);
    const oldPath = fields[index + 1] ?? '';
    found.push({ oldMode, newMode, status: status.slice(0, 1), oldPath, newPath: both ? (fields[index + 2] ?? '') : oldPath });
    index += both ? 3 : 2;
  }
  return found;
}

function hunksOf(patch: string): string {
  const start = patch.search(/^(?:@@ |Binary files )/m);
  return start < 0 ? '' : patch.slice(start);
}

/** Of a commit against its first parent. */
export function differencesIn(repository: string, { sha, parents }: Commit): Difference[] {
  return differences(repository, parents[0] ?? null, sha);
}

export function mergeBase(repository: string, a: string, b: string): string | null {
  return ask(repository, ['merge-base', a, b]);
}

function text(repository: string, args: readonly string[]): string | null {
  try {
    return gitOutput(repository, args).toString();
  } catch {
    return null;
  }
}
