import { spawn } from 'node:child_process';
import { runGit } from './git-process.ts';
import { text, type Answer, type Request } from './loopback.ts';

/** Bare repositories by plumbing: nothing is checked out, a call takes a few milliseconds. */
export type Files = Readonly<Record<string, string>>;

/** Neither the machine's settings nor the caller's GIT_* variables reach our repositories. */
const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Sandbox',
  GIT_AUTHOR_EMAIL: 'sandbox@example.org',
  GIT_COMMITTER_NAME: 'Sandbox',
  GIT_COMMITTER_EMAIL: 'sandbox@example.org',
};

export function git(repository: string, args: readonly string[], input: string | Buffer = ''): string {
  return gitOutput(repository, args, input).toString().replace(/\n$/, '');
}

export function gitOutput(repository: string, args: readonly string[], input: string | Buffer = ''): Buffer {
  return plain(['--git-dir', repository, '--literal-pathspecs', ...args], input);
}

function plain(args: readonly string[], input: string | Buffer): Buffer {
  const { status, stdout, said } = runGit(args, environment, input);
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${said}`);
  return stdout;
}

/** For questions to which no is an answer: null then. */
export function ask(repository: string, args: readonly string[]): string | null {
  try {
    return git(repository, args);
  } catch {
    return null;
  }
}

/** A bare repository whose branch main holds these files in one commit, with tags on it; null: without any commit. */
export function createRepository(repository: string, files: Files | null, tags: readonly string[] = []): void {
  plain(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', repository], '');
  if (files !== null) commit(repository, 'main', files, 'Initial commit');
  tag(repository, tags);
}

/** Writes files on top of a branch; a new branch starts at main. */
export function commit(repository: string, branch: string, files: Files, message: string, at?: number): void {
  const changes = Object.entries(files).map(([path, content]) => ({ path, content }));
  commitChanges(repository, { branch, parent: tip(repository, branch) ?? tip(repository, 'main'), changes, message, at });
}

export interface FileChange {
  readonly path: string;
  /** Null removes it; left out, it keeps what it holds (a move). */
  readonly content?: string | Buffer | null;
  readonly movedFrom?: string;
  readonly executable?: boolean;
}

export interface NewCommit {
  readonly branch: string;
  readonly parent: string | null;
  readonly changes: readonly FileChange[];
  readonly message: string;
  readonly author?: { readonly name: string; readonly email: string };
  /** Milliseconds since 1970; now when left out. */
  readonly at?: number | undefined;
}

/** The branch moves to the new commit. Throws where git does not take a path. */
export function commitChanges(repository: string, { branch, parent, changes, message, author, at = Date.now() }: NewCommit): void {
  const time = `${Math.floor(at / 1000)} +0000`;
  const parts = [
    `feature done\ncommit refs/heads/${branch}\n`,
    ...(author === undefined ? [] : [`author ${author.name.replaceAll(/[<>\n]/g, '')} <${author.email.replaceAll(/[<>\n]/g, '')}> ${time}\n`]),
    `committer Sandbox <sandbox@example.org> ${time}\n`,
    ...data(message),
    ...(parent === null ? [] : [`from ${parent}\n`]),
    ...changes.flatMap(importLines),
    'done\n',
  ];
  git(repository, ['fast-import', '--quiet'], Buffer.concat(parts.map((part) => Buffer.from(part))));
}

function importLines({ path, content, movedFrom, executable = false }: FileChange): (string | Buffer)[] {
  const move = movedFrom === undefined ? [] : [`R ${quoted(movedFrom)} ${quoted(path)}\n`];
  if (content === null) return [`D ${quoted(path)}\n`];
  return content === undefined ? move : [...move, `M ${executable ? '100755' : '100644'} inline ${quoted(path)}\n`, ...data(content)];
}

function data(content: string | Buffer): (string | Buffer)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
}

/** As fast-import reads names with line ends, quotes and blanks. */
function quoted(path: string): string {
  return `"${path.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;
}

export function tag(repository: string, tags: readonly string[]): void {
  if (tags.length > 0) git(repository, ['update-ref', '--stdin'], tags.map((name) => `create refs/tags/${name} ${tip(repository, 'main')}\n`).join(''));
}

export function tip(repository: string, branch: string): string | null {
  return ask(repository, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
}

/** Names and commits of the branches. */
export function branchesOf(repository: string): ReadonlyMap<string, string> {
  const lines = git(repository, ['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads']).split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

/** A file at a branch, tag or commit. */
export function fileAt(repository: string, ref: string, path: string): string | null {
  try {
    return gitOutput(repository, ['cat-file', 'blob', `${ref}:${path}`]).toString();
  } catch {
    return null;
  }
}

export function isAncestor(repository: string, ancestor: string, descendant: string): boolean {
  return ask(repository, ['merge-base', '--is-ancestor', ancestor, descendant]) !== null;
}

/** How many commits of `to` are missing in `from`. */
export function commitsBetween(repository: string, from: string, to: string): number {
  return Number(ask(repository, ['rev-list', '--count', `${from}..${to}`]) ?? 0);
}

/** The tree that a merge would make; null when the two conflict. */
export function mergedTree(repository: string, ours: string, theirs: string): string | null {
  return ask(repository, ['merge-tree', '--write-tree', ours, theirs])?.split('\n')[0] ?? null;
}

/** git over smart HTTP, by git's own CGI program. `config` holds for this one request. */
export async function serveGit(root: string, path: string, request: Request, config: Files = {}): Promise<Answer> {
  const { method, headers, url, body } = request;
  const output = await run('git', ['http-backend'], body, {
    ...environment,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: String(body.length),
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
    // receive-pack is open to known users only.
    REMOTE_USER: 'sandbox',
    REMOTE_ADDR: '127.0.0.1',
    ...configVariables(config),
  });
  return cgiAnswer(output);
}

function configVariables(config: Files): Record<string, string> {
  const entries = Object.entries(config).flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]]);
  return { GIT_CONFIG_COUNT: String(Object.keys(config).length), ...(Object.fromEntries(entries) as Record<string, string>) };
}

function run(command: string, args: readonly string[], input: Buffer, env: Readonly<Record<string, string>>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(chunks)));
    // It need not read all of a request that it refuses.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function cgiAnswer(output: Buffer): Answer {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) return text(500, 'git http-backend gave no answer');
  const lines = output.subarray(0, end).toString().split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const { status = '200', ...rest } = headers;
  return { status: Number.parseInt(status, 10), headers: rest, body: output.subarray(end + 4) };
}
