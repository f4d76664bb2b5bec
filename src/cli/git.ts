import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../base/failure.ts';

const run = promisify(execFile);

/** Larger than any config or preset. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Files of one revision of the git repository around a directory. */
export interface Revision {
  /** The working tree's root, absolute. */
  readonly top: string;
  /** Text of a file, by path from `top`; null when it was not there. */
  text(path: string): Promise<string | null>;
  /** Paths from `top`. */
  files(): Promise<readonly string[]>;
  /** All files, into an empty folder; the repository's own index stays as it is. */
  checkout(folder: string): Promise<void>;
}

/** @throws FailureError `usage` when the directory is in no git repository, or the revision does not exist */
export async function openRevision(directory: string, name: string): Promise<Revision> {
  const top = await git(directory, ['rev-parse', '--show-toplevel']);
  if (top === null) fail({ code: 'usage', message: `--against ${name}: there is no file of that name, and ${directory} is in no git repository`, remedy: 'Name a config file, or run it inside the repository.' });
  // no revision begins with a dash, and options end here
  const commit = await git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (commit === null) fail({ code: 'usage', message: `--against ${name}: there is no file and no git revision of that name`, remedy: 'In CI fetch it first (git fetch origin main), then name it: --against origin/main.' });
  const root = top.trimEnd();
  const id = commit.trim();
  return {
    top: root,
    text: (path) => git(root, ['show', `${id}:${path}`]),
    files: async () => ((await git(root, ['ls-tree', '-r', '-z', '--name-only', id])) ?? '').split('\0').filter((path) => path !== ''),
    checkout: async (folder) => {
      const index = { GIT_INDEX_FILE: `${folder}/.git-index` };
      const done = (await git(root, ['read-tree', id], index)) !== null && (await git(root, ['checkout-index', '--all', '--quiet', `--prefix=${folder}/`], index)) !== null;
      await rm(index.GIT_INDEX_FILE, { force: true });
      if (!done) fail({ code: 'usage', message: `--against ${name}: its files cannot be read`, remedy: 'In a clone without all objects, fetch that revision first.' });
    },
  };
}

/**
 * What git ignores below a directory: files by path from it, folders with a slash at the end. Renovate never sees these. Empty where there is no git, and for a directory that is itself ignored.
 */
export async function ignoredPaths(directory: string): Promise<ReadonlySet<string>> {
  if (!isInWorkTree(directory)) return new Set();
  const listed = (await git(directory, ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'])) ?? '';
  const paths = listed.split('\0').filter((path) => path !== '');
  return new Set(paths.includes('./') ? [] : paths);
}

/** Without asking git, whose start costs as much as reading a small repository. */
function isInWorkTree(directory: string): boolean {
  return existsSync(join(directory, '.git')) || (dirname(directory) !== directory && isInWorkTree(dirname(directory)));
}

export interface WorkTree {
  /** Its root, absolute. */
  readonly top: string;
  /** Address of the remote origin, as it is written: it may hold a password. */
  readonly origin: string | null;
}

/** The git repository around a directory; null when it is in none. */
export async function openWorkTree(directory: string): Promise<WorkTree | null> {
  const top = await git(directory, ['rev-parse', '--show-toplevel']);
  if (top === null) return null;
  const origin = await git(directory, ['config', '--get', 'remote.origin.url']);
  return { top: top.replace(/\n$/, ''), origin: origin === null ? null : origin.trim() };
}

/** Null when git says no. What it prints is not shown: it may quote somebody's file. */
async function git(directory: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string | null> {
  try {
    const { stdout } = await run('git', ['-C', directory, ...args], { maxBuffer: MAX_OUTPUT, encoding: 'utf8', env: { PATH: GIT_PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...more } });
    return stdout;
  } catch {
    return null;
  }
}

/** Where distributions and macOS put it: the environment does not choose the program. */
const GIT_PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';
