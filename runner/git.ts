import { FailureError } from '../src/base/failure.ts';
import type { Redact, Token } from '../src/base/secrets.ts';
import { authorization, runGit, settings, transferEnvironment } from '../src/program/git.ts';

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

async function git(args: readonly string[], { url, token, redact, env, signal }: CloneRequest): Promise<string> {
  const call = { args, env: { ...transferEnvironment(env), ...settings([authorization(new URL(url).origin, token)]) }, mostOutput: MOST_OUTPUT, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) };
  const { code, stdout, stderr } = await runGit(call).catch((error: Error) => ({ code: null, stdout: Buffer.alloc(0), stderr: error.message }));
  if (code === 0) return stdout.toString('utf8');
  const reason = stderr.split('\n').at(-1) || `it ended with ${code ?? 'a signal'}`;
  throw new FailureError({ code: 'git-failed', message: `git ${args.find((arg) => !arg.startsWith('-')) ?? ''} of ${url} failed: ${redact(reason)}`, remedy: 'Check that the token may read the repository, and that git is installed.' });
}
