import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../base/failure.ts';
import { readTextFile, type SkipCode } from './text-file.ts';

/** A file of the judged directory. `text` is read when first asked for; an unreadable one is empty and leaves a notice. */
export interface SourceFile {
  /** From the root, forward slashes. */
  readonly path: string;
  readonly text: string;
}

export type NoticeCode = SkipCode | 'yaml-broken' | 'yaml-too-deep' | 'config-missing';

/** Something that the reader left out, and why: never an error, never silent. */
export interface Notice {
  readonly code: NoticeCode;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export interface Repository {
  /** Absolute path. */
  readonly root: string;
  readonly files: readonly SourceFile[];
  /** Grows while files are read; read it after the work. */
  readonly notices: Notice[];
}

/** Never part of what Argo CD deploys, and large. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/**
 * Lists the directory as git would: no links (git stores them as links, Renovate does not follow them either), nothing outside.
 * @param ignored files and (with a slash at the end) folders that git ignores, by path from the directory
 * @throws FailureError `directory-missing`
 */
export function readRepository(directory: string, ignored: ReadonlySet<string> = new Set()): Repository {
  const root = resolve(directory);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    fail({ code: 'directory-missing', message: `${directory} is not a directory`, remedy: 'name the folder of a cluster repository, or leave it out for the current one' });
  }
  const notices: Notice[] = [];
  const files = listFiles(root, ignored, notices).map((path) => lazyFile(root, path, notices));
  return { root, files, notices };
}

/** Texts by path, each read when it is asked for; empty for an unknown file. */
export function textsOf({ files }: Repository): (path: string) => string {
  const known = new Map(files.map((file) => [file.path, file]));
  return (path) => known.get(path)?.text ?? '';
}

/** The repository with other texts for some of its files. */
export function withTexts(repository: Repository, texts: ReadonlyMap<string, string>): Repository {
  return { ...repository, files: repository.files.map((file) => (texts.has(file.path) ? { path: file.path, text: texts.get(file.path)! } : file)) };
}

/** A repository that exists in memory only, for tests and for text that is not on disk. */
export function memoryRepository(texts: Readonly<Record<string, string>>): Repository {
  return { root: '/', files: Object.entries(texts).map(([path, text]) => ({ path, text })), notices: [] };
}

function listFiles(root: string, ignored: ReadonlySet<string>, notices: Notice[]): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch (error) {
      notices.push({ code: 'file-unreadable', file: folder, message: `folder not read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` });
      continue;
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name) && !ignored.has(`${path}/`)) folders.push(path);
      else if (entry.isFile() && !ignored.has(path)) found.push(path);
    }
  }
  return found.sort();
}

function lazyFile(root: string, path: string, notices: Notice[]): SourceFile {
  let text: string | undefined;
  return {
    path,
    get text() {
      text ??= readText(root, path, notices);
      return text;
    },
  };
}

function readText(root: string, path: string, notices: Notice[]): string {
  const file = readTextFile(join(root, path));
  if ('text' in file) return file.text;
  notices.push({ code: file.skip, file: path, message: file.message });
  return '';
}
