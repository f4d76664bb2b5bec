import { spawn } from 'node:child_process';
import { FailureError } from '../src/base/failure.ts';
import type { Redact, Token } from './secrets.ts';

export interface CloneRequest {
  /** Without credentials. */
  readonly url: string;
  readonly token: Token;
  readonly redact: Redact;
  /** A folder that does not exist yet. */
  readonly into: string;
  /** Whether the commits are wanted, too; contents of older files are fetched when they are asked for, where the server can do that. */
  readonly history: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** A working tree on the default branch. */
export interface Checkout {
  readonly folder: string;
  /** Runs git in it. @throws FailureError `git-failed` */
  git(...args: readonly string[]): Promise<string>;
}

const TIMEOUT_MS = 120_000;
const MOST_OUTPUT = 64 << 20;

/** The token travels in git's environment: no address, no argument and no file holds it. @throws FailureError `git-failed` */
export async function clone(request: CloneRequest): Promise<Checkout> {
  const { url, into, history } = request;
  const how = history ? ['--filter=blob:none', '--single-branch'] : ['--depth=1', '--single-branch'];
  const run = (args: readonly string[]): Promise<string> => git(args, request);
  await run(['clone', '--quiet', '--no-tags', ...how, '--config', 'core.symlinks=false', '--', url, into]);
  return { folder: into, git: (...args) => run(['-C', into, ...args]) };
}

function git(args: readonly string[], { url, token, redact, env, signal }: CloneRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env: environment(url, token, env), stdio: ['ignore', 'pipe', 'pipe'], signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    const chunks: Buffer[] = [];
    let size = 0;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1_000)));
    const failed = (reason: string): void => reject(new FailureError({ code: 'git-failed', message: `git ${args.find((arg) => !arg.startsWith('-')) ?? ''} of ${url} failed: ${redact(reason)}`, remedy: 'Check that the token may read the repository, and that git is installed.' }));
    child.on('error', (error) => failed(error.message));
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(chunks).toString('utf8')) : failed(said.trim().split('\n').at(-1) || `it ended with ${code ?? 'a signal'}`)));
  });
}

const PASSED = ['PATH', 'LANG', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_DIR', 'SSL_CERT_FILE', 'GIT_SSL_CAPATH', 'GIT_SSL_CAINFO'];

function environment(url: string, token: Token, env: CloneRequest['env']): Record<string, string> {
  const passed = PASSED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return {
    ...Object.fromEntries(passed),
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    ...authorization(new URL(url).origin, token),
  };
}

/** Git's settings by environment: a header for one host alone. @param count settings that are there already */
export function authorization(origin: string, token: Token, count = 0): Record<string, string> {
  const basic = Buffer.from(`oauth2:${token.reveal()}`).toString('base64');
  return { GIT_CONFIG_COUNT: String(count + 1), [`GIT_CONFIG_KEY_${count}`]: `http.${origin}/.extraHeader`, [`GIT_CONFIG_VALUE_${count}`]: `Authorization: Basic ${basic}` };
}
