import { spawn } from 'node:child_process';
import type { Token } from '../base/secrets.ts';

/** One call of git. Nothing of the caller's environment reaches it but what `env` says. */
export interface GitCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** For its standard input; nothing when left out. */
  readonly input?: string;
  /** Bytes of its standard output; a program that says more is ended. */
  readonly mostOutput: number;
  readonly signal: AbortSignal;
}

export interface GitAnswer {
  /** Null when a signal ended it, or when it said too much. */
  readonly code: number | null;
  readonly stdout: Buffer;
  /** The end of what it said, at most so much that a message fits. */
  readonly stderr: string;
}

const KEPT_OF_STDERR = 4_000;

/** Starts git and waits for its end. @throws the system's error when there is no git, the signal's when it is aborted */
export function runGit({ args, env, cwd, input, mostOutput, signal }: GitCall): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], signal, ...(cwd === undefined ? {} : { cwd }) });
    const chunks: Buffer[] = [];
    let size = 0;
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-KEPT_OF_STDERR)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: size > mostOutput ? null : code, stdout: Buffer.concat(chunks), stderr: said.trim() }));
    // it need not read all of what it is given
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

const PASSED = ['PATH', 'LANG', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_DIR', 'SSL_CERT_FILE', 'GIT_SSL_CAPATH', 'GIT_SSL_CAINFO'];

/** What a git that talks to a server gets to know of our environment: the way there, and nobody's settings. */
export function transferEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const passed = PASSED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(passed), HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', GIT_LFS_SKIP_SMUDGE: '1' };
}

/** Settings by environment: they stand in no file and no argument. @param count settings that are there already */
export function settings(entries: readonly (readonly [key: string, value: string])[], count = 0): Record<string, string> {
  const variables = entries.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${count + index}`, key], [`GIT_CONFIG_VALUE_${count + index}`, value]] as const);
  return { GIT_CONFIG_COUNT: String(count + entries.length), ...Object.fromEntries(variables) };
}

/** The token as a header for one host alone, so that no address has it. GitLab takes any user name. */
export function authorization(origin: string, token: Token): readonly [key: string, value: string] {
  return [`http.${origin}/.extraHeader`, `Authorization: Basic ${Buffer.from(`oauth2:${token.reveal()}`).toString('base64')}`];
}
