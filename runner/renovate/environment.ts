import { delimiter, dirname } from 'node:path';
import * as z from 'zod';
import type { Token } from '../../src/base/secrets.ts';
import { authorization, settings } from '../../src/program/git.ts';

export interface EnvironmentInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names that the config adds. */
  readonly allowed: readonly string[];
  readonly token: Token;
  /** `https://gitlab.example.com/api/v4/` */
  readonly endpoint: string;
  /** The process's own folder; its home too, so that no settings of the machine's user reach git. */
  readonly home: string;
  readonly configFile: string;
  readonly cacheDir: string;
  /** Where Node keeps what it has compiled of Renovate, half a second of each start (44.121.2); null where nothing outlasts the process. */
  readonly compileCache: string | null;
  /** Node that runs Renovate; its folder comes first on the PATH. */
  readonly node: string;
  readonly heapMb: number;
  /** Whether git gets the token by a header that its environment carries, in the place of an address. */
  readonly tokenFreeUrls: boolean;
  /** `customEnvVariables` of the user's global options: what Renovate hands to the programs that it starts. */
  readonly custom: Readonly<Record<string, string>>;
}

/** What Renovate needs of the machine; everything else is withheld, CI variables with their tokens first of all. */
const ALLOWED = ['LANG', 'LC_ALL', 'TZ', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'NODE_USE_ENV_PROXY', 'NODE_COMPILE_CACHE', 'SSL_CERT_DIR', 'SSL_CERT_FILE', 'GIT_SSL_CAPATH', 'GIT_SSL_CAINFO', 'GITHUB_COM_TOKEN', 'COREPACK_NPM_REGISTRY'];

/** Set by the runner itself, or a way around what it promises. */
const WITHHELD = new Set(['RENOVATE_TOKEN', 'RENOVATE_TOKEN_FILE', 'RENOVATE_ENDPOINT', 'RENOVATE_PLATFORM', 'RENOVATE_CONFIG_FILE', 'RENOVATE_BASE_DIR', 'RENOVATE_CACHE_DIR', 'RENOVATE_REPOSITORIES', 'RENOVATE_AUTODISCOVER', 'RENOVATE_AUTODISCOVER_FILTER', 'RENOVATE_DRY_RUN', 'RENOVATE_REPORT_TYPE', 'RENOVATE_REPORT_PATH', 'RENOVATE_EXPOSE_ALL_ENV', 'RENOVATE_GIT_URL']);

/** The whole environment of a Renovate process. */
export function renovateEnvironment(input: EnvironmentInput): Record<string, string> {
  const { env, token, home, node } = input;
  const passed = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && passes(entry[0], input.allowed));
  return {
    ...(input.compileCache === null ? {} : { NODE_COMPILE_CACHE: input.compileCache }),
    ...Object.fromEntries(passed),
    PATH: [dirname(node), env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    HOME: home,
    TMPDIR: home,
    LANG: env['LANG'] ?? 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    NODE_OPTIONS: `--max-old-space-size=${input.heapMb}`,
    // warnings of libraries, one for each templated key of a YAML file
    NODE_NO_WARNINGS: '1',
    RENOVATE_TOKEN: token.reveal(),
    RENOVATE_CONFIG_FILE: input.configFile,
    RENOVATE_BASE_DIR: `${home}/base`,
    RENOVATE_CACHE_DIR: input.cacheDir,
    // on stdout, because Renovate lower-cases LOG_FILE (44.121.2)
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
    // without it the log of every run begins with a warning, which is also a problem of its report
    RENOVATE_X_IGNORE_RE2: '1',
    // a merge request whose pipeline is already green is polled for 13.75 s otherwise; the misspelling is upstream's
    RENOVATE_X_GITLAB_AUTO_MERGEABLE_CHECK_ATTEMPS: env['RENOVATE_X_GITLAB_AUTO_MERGEABLE_CHECK_ATTEMPS'] ?? '1',
    ...(input.tokenFreeUrls ? { RENOVATE_CUSTOM_ENV_VARIABLES: JSON.stringify(withGitHeader(input)) } : {}),
  };
}

function passes(name: string, allowed: readonly string[]): boolean {
  if (WITHHELD.has(name) || name.startsWith('RENOVATE_ARGOCD_')) return false;
  return ALLOWED.includes(name) || allowed.includes(name) || name.startsWith('RENOVATE_');
}

/**
 * Renovate writes the token into the address that it clones from (`https://oauth2:TOKEN@…`), where every process listing shows it and .git/config keeps it. With `gitUrl: ssh` the address has none;
 * .gitconfig turns it into the https one, and this header, which Renovate hands to git's environment, opens it.
 */
function withGitHeader({ env, custom, endpoint, token }: EnvironmentInput): Record<string, string> {
  // the variable would replace the option, and so do we
  const own = { ...custom, ...textsIn(env['RENOVATE_CUSTOM_ENV_VARIABLES']) };
  return { ...own, ...settings([authorization(new URL(endpoint).origin, token)], Number(own['GIT_CONFIG_COUNT'] ?? 0)) };
}

function textsIn(json: string | undefined): Record<string, string> {
  const parsed = z.record(z.string(), z.string()).safeParse(jsonOrNull(json));
  return parsed.success ? parsed.data : {};
}

function jsonOrNull(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}

/** Addresses of a project as GitLab tells them. */
export interface CloneUrls {
  readonly sshUrl: string | null;
  readonly httpUrl: string | null;
}

/** Whether `gitConfig` can do without tokens: every project has both addresses, and they lead to the endpoint's own host. */
export function canBeTokenFree(projects: readonly CloneUrls[], endpoint: string): boolean {
  return projects.every(({ sshUrl, httpUrl }) => sshUrl !== null && httpUrl !== null && URL.parse(httpUrl)?.origin === new URL(endpoint).origin);
}

/** The process's .gitconfig: no secret in it. The second rule keeps git from the tokens that Renovate writes into addresses of git-tags dependencies on the same host. */
export function gitConfig(projects: readonly CloneUrls[], endpoint: string): string {
  const rules = projects.map(({ sshUrl, httpUrl }) => `[url ${quoted(httpUrl ?? '')}]\n\tinsteadOf = ${quoted(sshUrl ?? '')}\n`);
  const own = `${new URL(endpoint).origin}/`;
  return [...rules, `[url ${quoted(own)}]\n\tinsteadOf = ${quoted(own)}\n`].join('');
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
