import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fail } from '../src/base/failure.ts';
import type { Arguments } from '../src/program/command.ts';
import type { Io } from '../src/program/io.ts';
import { readToken } from '../src/program/token.ts';
import { readRunnerConfig } from './config/read.ts';
import type { RunnerConfig } from './config/schema.ts';
import type { RunnerContext } from './context.ts';
import { openGitLab } from './gitlab/client.ts';
import type { GitLab } from './gitlab/port.ts';
import type { Selection } from './projects/discover.ts';
import { redactor, type Redact, type Token } from '../src/base/secrets.ts';

/** Part of the work with a token of its own. */
export interface Account {
  /** Empty for the one of RENOVATE_TOKEN. */
  readonly name: string;
  readonly token: Token;
  readonly gitlab: GitLab;
  readonly selection: Selection & { readonly groups: readonly string[]; readonly topics: readonly string[] };
}

export interface Setup {
  readonly config: RunnerConfig;
  /** `https://gitlab.example.com/api/v4/` */
  readonly endpoint: string;
  /** At least one. */
  readonly accounts: readonly Account[];
  readonly redact: Redact;
}

export const DEFAULT_CONFIG = 'runner.json5';

/** The seconds after which a request to GitLab has failed. */
const REQUEST_TIMEOUT_MS = 30_000;

/** @throws FailureError `runner-config`, `token-missing` */
export function setup(args: Arguments, { io, world }: Pick<RunnerContext, 'io' | 'world'>): Setup {
  const config = configOf(args, io);
  const endpoint = endpointOf(config, io.env);
  const named = [{ name: '', variable: 'RENOVATE_TOKEN', ...selectionOf(config) }, ...config.accounts.map((account) => ({ ...account, variable: account.token }))];
  const selecting = named.filter(({ name, projects, groups, topics }) => projects.length + groups.length + topics.length > 0 || (name === '' && config.accounts.length === 0));
  const tokens = selecting.map(({ variable }) => tokenOf(variable, io));
  const redact = redactor([...tokens.map((token) => token.reveal()), ...secretsIn(io.env)]);
  const accounts = selecting.map(({ name, projects, groups, topics, exclude }, index): Account => {
    const token = tokens[index]!;
    const gitlab = openGitLab({ endpoint, token, redact, timeoutMs: REQUEST_TIMEOUT_MS, signal: world.ending, now: io.now, sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => {}) });
    return { name, token, gitlab, selection: { projects, groups, topics, exclude: [...config.exclude, ...exclude, ...args.values('exclude')], forks: config.forks, onboarding: config.onboarding } };
  });
  return { config, endpoint, accounts, redact };
}

/** @throws FailureError `runner-config` when nothing says which projects to run: a run of none would look like one in which all is well */
export function requireSelection({ accounts }: Setup): void {
  if (accounts.some(({ selection: { projects, groups, topics } }) => projects.length + groups.length + topics.length > 0)) return;
  fail({ code: 'runner-config', message: 'nothing says which projects to run', remedy: 'Write --project platform/cluster, --group platform, or `projects`, `groups` or `topics` in runner.json5.' });
}

function selectionOf({ projects, groups, topics }: RunnerConfig): { projects: string[]; groups: string[]; topics: string[]; exclude: string[] } {
  return { projects, groups, topics, exclude: [] };
}

function configOf(args: Arguments, io: Io): RunnerConfig {
  const written = args.value('config');
  const path = written ?? DEFAULT_CONFIG;
  const absolute = resolve(io.cwd, path);
  if (written !== null && !existsSync(absolute)) fail({ code: 'runner-config', message: `there is no file ${path}`, remedy: 'Check the path given with --config.' });
  return readRunnerConfig({ file: existsSync(absolute) ? { path, text: readFileSync(absolute, 'utf8') } : null, env: io.env, flags: flagsOf(args) });
}

/** One option that names projects puts aside what the file selects: `run --project x` runs x. */
function flagsOf(args: Arguments): { option: string; path: readonly string[]; value: unknown }[] {
  const lists = { projects: args.values('project'), groups: args.values('group'), topics: args.values('topic') };
  const selecting = Object.values(lists).some((values) => values.length > 0);
  const endpoint = args.value('endpoint');
  return [
    ...(endpoint === null ? [] : [{ option: '--endpoint', path: ['endpoint'], value: endpoint }]),
    ...(selecting ? Object.entries(lists).map(([key, value]) => ({ option: `--${key.replace(/s$/, '')}`, path: [key], value: [...value] })) : []),
    ...(selecting ? [{ option: '--project', path: ['accounts'], value: [] }] : []),
    ...(args.value('concurrency') === null ? [] : [{ option: '--concurrency', path: ['concurrency'], value: Number(args.value('concurrency')) }]),
    ...(args.value('report') === null ? [] : [{ option: '--report', path: ['report', 'directory'], value: args.value('report') }]),
  ];
}

/** `https://host`, with or without `/api/v4`; a GitLab below a path keeps it. */
export function endpointOf({ endpoint }: Pick<RunnerConfig, 'endpoint'>, env: Io['env']): string {
  const written = endpoint ?? env['CI_API_V4_URL'] ?? env['RENOVATE_ENDPOINT'] ?? null;
  if (written === null) return fail({ code: 'runner-config', message: 'no GitLab is named', remedy: 'Write --endpoint https://gitlab.example.com, RENOVATE_ARGOCD_ENDPOINT, or `endpoint` in runner.json5.' });
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol)) return fail({ code: 'runner-config', message: `${written} is no address of a GitLab`, remedy: 'Write it with its scheme: https://gitlab.example.com.' });
  if (url.username !== '' || url.password !== '') return fail({ code: 'runner-config', message: 'the address of GitLab carries credentials', remedy: 'Put the token into RENOVATE_TOKEN, and write the address without it.' });
  return `${url.origin}${url.pathname.replace(/(?:\/api\/v4)?\/*$/, '')}/api/v4/`;
}

function tokenOf(variable: string, io: Io): Token {
  return readToken(variable, io) ?? fail({ code: 'token-missing', message: `${variable} is not set`, remedy: `Put an access token with the scopes api and write_repository into the environment variable ${variable}, or name a file that holds it in ${variable}_FILE.` });
}

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PRIVATE_KEY|CREDENTIAL/;

/** Other secrets of the environment: Renovate may see and say some of them. */
function secretsIn(env: Io['env']): string[] {
  return Object.entries(env).flatMap(([name, value]) => (SECRET_NAME.test(name) && !name.endsWith('_FILE') && value !== undefined && value.length >= 8 ? [value] : []));
}
