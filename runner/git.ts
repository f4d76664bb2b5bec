import { spawn } from 'node:child_process';
import type { Token } from './secrets.ts';

export interface CloneRequest {
  /** Without credentials. */
  readonly url: string;
  readonly token: Token;
  /** A folder that does not exist yet. */
  readonly into: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const CLONE_TIMEOUT_MS = 120_000;

/** The files of the default branch, without history. The token travels in git's environment: no address, no argument and no file holds it. Null when it worked, else git's own last line. */
export function shallowClone({ url, token, into, env, signal }: CloneRequest): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn('git', ['clone', '--quiet', '--depth=1', '--no-tags', '--single-branch', '--config', 'core.symlinks=false', '--', url, into], {
      env: environment(url, token, env),
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(CLONE_TIMEOUT_MS)]),
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1_000)));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? null : (said.trim().split('\n').at(-1) ?? 'git failed')));
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
