import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../base/failure.ts';
import type { Redact } from '../base/secrets.ts';
import { runGit, type GitAnswer } from '../program/git.ts';
import { decodeText } from '../source/text-file.ts';
import { isRace, transferFailure } from './git-failures.ts';
import { deploymentPattern, orderOf } from './message.ts';
import type { Author, DeployRequest } from './request.ts';

/** A file of one commit. */
export interface Found {
  readonly text: string;
  readonly executable: boolean;
}

export interface NewFile {
  readonly file: string;
  readonly text: string;
  readonly executable: boolean;
}

/** A commit, and the branch that it is the head of. */
export interface Head {
  readonly commit: string;
  readonly branch: string;
}

/**
 * The cluster repository as a deployment needs it. Nothing is ever checked out: no link is followed, no filter and no hook is run. What talks to the server throws FailureError
 * `cluster-unreachable` for what may be over the next time, and others of its kind for what will not.
 */
export interface ClusterRepository {
  /** Looks again: the branch's newest commit. */
  fetchHead(): Promise<Head>;
  /** Null when there is no such file. @throws FailureError `manifest-unclear` for a link or a folder in its place, or on the way to it */
  read(head: string, file: string): Promise<Found | null>;
  /** YAML files of a folder in which something has this name; it is one of DNS. */
  filesWithName(head: string, folder: string, name: string): Promise<readonly string[]>;
  hasFolder(head: string, folder: string): Promise<boolean>;
  /** The order of the last deployment of this file before or at a commit. */
  lastOrder(head: string, request: Pick<DeployRequest, 'name' | 'file'>): Promise<number | null>;
  commit(head: string, file: NewFile, message: string, author: Author): Promise<string>;
  /** The branch moves to the commit, unless somebody has moved it before: then nothing happens. */
  push(next: Head): Promise<'pushed' | 'moved'>;
}

export interface OpenOptions {
  readonly url: string;
  /** Null for the one that the repository's HEAD names. */
  readonly branch: string | null;
  /** An empty folder of this run alone. */
  readonly folder: string;
  /** All that git sees. */
  readonly env: Readonly<Record<string, string>>;
  readonly redact: Redact;
  readonly signal: AbortSignal;
}

/** The last deployment of an application is mostly among these, and they weigh not much more than one. */
const DEPTH = 50;

/** How far back deployments are looked for, then by messages alone. A pipeline that is late by a thousand commits is no race any more. */
const FAR = 1_000;

const MOST_OUTPUT = 64 << 20;
const TIMEOUT_MS = 120_000;

const THEIRS = 'refs/heads/theirs';
const OURS = 'refs/heads/ours';

/** Nothing is asked of the server yet. @throws FailureError `git-failed` */
export async function openClusterRepository(options: OpenOptions): Promise<ClusterRepository> {
  const { url, folder, redact } = options;
  const [here, history] = ['repository', 'history'].map((name) => join(folder, name)) as [string, string];

  async function answer(directory: string, args: readonly string[], input?: string): Promise<GitAnswer> {
    const call = { args: [`--git-dir=${directory}`, '--literal-pathspecs', ...args], env: options.env, mostOutput: MOST_OUTPUT, signal: AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]), ...(input === undefined ? {} : { input }) };
    return runGit(call).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return fail({ code: 'git-failed', message: 'git cannot be started: there is none', remedy: 'Install git in the image of the job.' });
      if (error.name === 'TimeoutError' || error.name === 'AbortError') return { code: null, stdout: Buffer.alloc(0), stderr: `no answer within ${TIMEOUT_MS / 1000} seconds` };
      throw error;
    });
  }

  /** What has nothing to do with the network: it works, or the machine is broken. */
  async function local(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await answer(here, args, input);
    if (code !== 0) fail({ code: 'git-failed', message: `git ${args[0]} failed: ${redact(stderr || `it ended with ${code ?? 'a signal'}`)}`, remedy: 'Check that the temporary folder can be written to and has room.' });
    return stdout.toString('utf8');
  }

  async function transfer(directory: string, args: readonly string[]): Promise<Buffer> {
    const { code, stdout, stderr } = await answer(directory, args);
    return code === 0 ? stdout : fail(transferFailure({ url, branch: options.branch, said: redact(stderr), writes: false }));
  }

  async function start(directory: string): Promise<void> {
    mkdirSync(directory, { recursive: true });
    await local(['init', '--quiet', '--bare', '--template=', directory]);
  }

  await start(here);
  /** Known from the first look on. */
  let branch = options.branch;

  async function headBranch(): Promise<string> {
    const named = /^ref: refs\/heads\/(?<branch>\S+)\tHEAD$/m.exec((await transfer(here, ['ls-remote', '--symref', '--', url, 'HEAD'])).toString('utf8'))?.groups;
    return named?.['branch'] ?? fail({ code: 'cluster-missing', message: `${url} has no commit yet, or its HEAD is no branch`, remedy: 'Name the branch that Argo CD reads with --branch; `renovate-argocd init` makes a cluster repository.' });
  }

  async function farOrder(head: string, request: Pick<DeployRequest, 'name' | 'file'>): Promise<number | null> {
    await start(history);
    // messages alone, where the server can do that
    await transfer(history, ['fetch', '--quiet', '--no-tags', `--depth=${FAR}`, '--filter=tree:0', '--', url, `+refs/heads/${branch}:${THEIRS}`]);
    return orderIn(history, head, request);
  }

  async function orderIn(directory: string, head: string, request: Pick<DeployRequest, 'name' | 'file'>): Promise<number | null> {
    const { code, stdout } = await answer(directory, ['log', '--format=%B%x00', '--fixed-strings', `--grep=${deploymentPattern(request.name)}`, '--end-of-options', head]);
    const messages = code === 0 ? stdout.toString('utf8').split('\0') : [];
    return messages.map((message) => orderOf(message, request)).find((order) => order !== null) ?? null;
  }

  async function entries(head: string, paths: readonly string[]): Promise<ReadonlyMap<string, { readonly mode: string; readonly id: string }>> {
    const lines = (await local(['ls-tree', '-t', '-z', head, '--', ...paths])).split('\0').filter(Boolean);
    return new Map(lines.map((line) => {
      const [, mode = '', id = '', path = ''] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
      return [path, { mode, id }];
    }));
  }

  /** What was found far back, and the commit from which it was looked for. */
  let far: { readonly head: string; readonly order: number | null } | null = null;

  return {
    async fetchHead() {
      branch ??= await headBranch();
      await transfer(here, ['fetch', '--quiet', '--no-tags', `--depth=${DEPTH}`, '--', url, `+refs/heads/${branch}:${THEIRS}`]);
      return { commit: (await local(['rev-parse', '--verify', THEIRS])).trim(), branch };
    },
    async read(head, file) {
      const found = await entries(head, [...foldersOf(file), file]);
      for (const folder of foldersOf(file)) if (found.has(folder) && found.get(folder)!.mode !== '040000') refused(file, `${folder} is no folder there but ${KINDS[found.get(folder)!.mode] ?? 'a file'}`);
      const entry = found.get(file);
      if (entry === undefined) return null;
      if (!entry.mode.startsWith('100')) return refused(file, `it is ${KINDS[entry.mode] ?? 'no file'}`);
      const { code, stdout } = await answer(here, ['cat-file', 'blob', entry.id]);
      const decoded = code === 0 ? decodeText(stdout) : { message: 'is too large to be read' };
      if (!('text' in decoded)) return fail({ code: 'manifest-malformed', message: `${file} ${decoded.message.replace(/: .*/, '')}`, file, remedy: 'Mend it in the cluster repository first; nothing was changed.' });
      return { text: decoded.text, executable: entry.mode === '100755' };
    },
    async filesWithName(head, folder, name) {
      const { stdout } = await answer(here, ['grep', '-z', '--name-only', '--no-recursive', '-I', '--extended-regexp', '-e', `name['"]?:[[:space:]'"]*${name}([^a-z0-9-]|$)`, head, '--', folder]);
      return stdout.toString('utf8').split('\0').filter(Boolean).map((line) => line.slice(head.length + 1)).filter((path) => /\.ya?ml$/.test(path));
    },
    hasFolder: async (head, folder) => folder === '.' || (await entries(head, [folder])).get(folder)?.mode === '040000',
    async lastOrder(head, request) {
      const near = await orderIn(here, head, request);
      if (near !== null) return near;
      const isComplete = (await local(['rev-parse', '--is-shallow-repository'])).trim() === 'false';
      if (isComplete) return null;
      // a second look, after a lost race: what came in between has been seen just now
      if (far === null || (await answer(here, ['merge-base', '--is-ancestor', far.head, head])).code !== 0) far = { head, order: await farOrder(head, request) };
      return far.order;
    },
    async commit(head, file, message, author) {
      return (await local(['fast-import', '--quiet', '--force', '--date-format=now'], commitStream(head, file, message, author))).trim();
    },
    async push({ commit, branch }) {
      const { code, stdout, stderr } = await answer(here, ['push', '--porcelain', '--no-verify', '--', url, `${commit}:refs/heads/${branch}`]);
      if (code === 0) return 'pushed';
      const said = redact([stdout.toString('utf8').trim(), stderr].filter(Boolean).join('\n'));
      return isRace(said) ? 'moved' : fail(transferFailure({ url, branch, said, writes: true }));
    },
  };
}

/** For git fast-import, which answers with the commit. Paths and authors have nothing in them that it would read as its own. */
function commitStream(head: string, { file, text, executable }: NewFile, message: string, { name, email }: Author): string {
  const data = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;
  const who = `${name} <${email}> now\n`;
  return `commit ${OURS}\nmark :1\nauthor ${who}committer ${who}${data(message)}from ${head}\nM ${executable ? '100755' : '100644'} inline ${file}\n${data(text)}\nget-mark :1\ndone\n`;
}

const KINDS: Readonly<Record<string, string>> = { '120000': 'a symbolic link', '160000': 'a submodule', '040000': 'a folder', '100644': 'a file', '100755': 'a file' };

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

function refused(file: string, what: string): never {
  return fail({ code: 'manifest-unclear', message: `${file} cannot be written: ${what}`, file, remedy: 'Links are not followed, wherever they lead. Put a plain file there, or name another one with --file; nothing was changed.' });
}
