import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../base/failure.ts';
import type { Token } from '../base/secrets.ts';
import { authorization, settings, transferEnvironment } from '../program/git.ts';
import type { Address } from './address.ts';

/** How git gets into the cluster repository. */
export interface Credentials {
  readonly token: Token | null;
  /** Path of a private key; null for what an ssh-agent or the machine's own ssh offers. */
  readonly key: string | null;
  /** Path of a known_hosts file; null for the machine's own. */
  readonly knownHosts: string | null;
}

/** Names of the variables, for messages. */
export const TOKEN_VARIABLE = 'RENOVATE_ARGOCD_DEPLOY_TOKEN';

/** Nothing of the machine's own settings, no hooks, no files from elsewhere; and no second thoughts about a repository that is gone in a minute. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.quotePath', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.http.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  // an address that answers with another one would be given the token, too
  ['http.followRedirects', 'false'],
  // a connection over which nothing comes is one that is lost
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '30'],
];

/**
 * The whole environment of git. The token is in it and nowhere else: in no address, no argument and no file.
 * @param folder of this run alone, where a key may be put that ssh would not take as it lies
 * @throws FailureError `token-missing` when nothing opens the address, `usage` for a key that cannot be read
 */
export function gitEnvironment(cluster: Address, credentials: Credentials, env: Readonly<Record<string, string | undefined>>, cwd: string, folder: string): Record<string, string> {
  const base = { ...transferEnvironment(env), LC_ALL: 'C', GIT_CONFIG_GLOBAL: '/dev/null' };
  if (cluster.kind === 'ssh') return { ...base, ...settings(SETTINGS), ...sshEnvironment(credentials, env, cwd, folder) };
  const { token } = credentials;
  if (token === null) fail({ code: 'token-missing', message: `nothing says who writes to ${cluster.url}`, remedy: `Set ${TOKEN_VARIABLE} (or ${TOKEN_VARIABLE}_FILE) to a project access token of the cluster repository with the scope write_repository, or give the address for SSH and --ssh-key.` });
  return { ...base, ...settings([...SETTINGS, authorization(cluster.origin, token)]) };
}

function sshEnvironment({ key, knownHosts }: Credentials, env: Readonly<Record<string, string | undefined>>, cwd: string, folder: string): Record<string, string> {
  const agent = env['SSH_AUTH_SOCK'];
  const passed = agent === undefined ? {} : { SSH_AUTH_SOCK: agent };
  const own = env['GIT_SSH_COMMAND'];
  // whoever wrote it has decided all of it
  if (own !== undefined && key === null && knownHosts === null) return { ...passed, GIT_SSH_COMMAND: own, ...(env['HOME'] === undefined ? {} : { HOME: env['HOME'] }) };
  const options = [
    ['-F', '/dev/null'],
    ['-o', 'BatchMode=yes'],
    // a host that nobody vouches for is given nothing
    ['-o', 'StrictHostKeyChecking=yes'],
    ['-o', 'ConnectTimeout=30'],
    ...(knownHosts === null ? [] : [['-o', `UserKnownHostsFile=${sshPath(existing('known-hosts', resolve(cwd, knownHosts)))}`], ['-o', 'GlobalKnownHostsFile=/dev/null']]),
    ...(key === null ? [] : [['-o', 'IdentitiesOnly=yes'], ['-o', 'IdentityAgent=none'], ['-i', usableKey(resolve(cwd, key), folder)]]),
  ];
  return { ...passed, GIT_SSH_VARIANT: 'ssh', GIT_SSH_COMMAND: ['ssh', ...options.flat().map(quoted)].join(' ') };
}

function existing(option: string, path: string): string {
  return existsSync(path) ? path : fail({ code: 'usage', message: `--${option}: there is no file ${path}`, remedy: 'In GitLab a variable of type File has the path of its file as its value.' });
}

/** Git hands the command to a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** ssh splits the value at blanks, and takes percent signs for tokens. */
function sshPath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

/**
 * ssh refuses a key that others may read, and one whose last line has no end; GitLab's file variables are the one and often the other. Such a key is copied into the folder of this run,
 * which nobody else may enter and which is removed with it.
 */
function usableKey(path: string, folder: string): string {
  const text = readFileSync(existing('ssh-key', path), 'utf8');
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) fail({ code: 'usage', message: `--ssh-key: ${path} holds no private key`, remedy: 'It begins with -----BEGIN OPENSSH PRIVATE KEY-----; the public key belongs into GitLab, as a deploy key with write permission.' });
  const tidy = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  if (text === tidy && (statSync(path).mode & 0o077) === 0) return path;
  const copy = join(folder, 'deploy-key');
  writeFileSync(copy, tidy, { mode: 0o600 });
  chmodSync(copy, 0o600);
  return copy;
}
