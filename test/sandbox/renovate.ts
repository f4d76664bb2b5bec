import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectRoot } from '../support/fixtures.ts';
import type { Charts } from './charts.ts';
import { branchesOf } from './git.ts';
import type { GitLab } from './gitlab/index.ts';
import type { MergeRequest } from './gitlab/state.ts';
import { startProxyTrap } from './proxy-trap.ts';

/** Runs the real Renovate once, as a team would: an allow-list for its environment, one process for all projects. */
export interface RunOptions {
  readonly projects: readonly string[];
  /** Global configuration, on top of the sandbox's. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

const WARNING = 40;

/** A line of Renovate's log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly repository?: string;
  readonly [key: string]: unknown;
}

export interface ProjectRun {
  /** Renovate's own words ("done", "external-host-error", …); null when it did not come to this project. */
  readonly result: string | null;
  readonly status: string | null;
  /** Merge requests by what became of them in this run: each stands in the row of its state afterwards. */
  readonly opened: readonly MergeRequest[];
  readonly merged: readonly MergeRequest[];
  readonly closed: readonly MergeRequest[];
  readonly branches: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly dashboard: string | null;
  /** Warnings and errors. */
  readonly problems: readonly LogLine[];
}

export interface RenovateRun {
  readonly exitCode: number | null;
  readonly projects: Readonly<Record<string, ProjectRun>>;
  readonly log: readonly LogLine[];
  /** Warnings and errors that belong to no project. */
  readonly problems: readonly LogLine[];
  /** Renovate's report file; null when it wrote none. */
  readonly report: unknown;
  /** Addresses beyond the sandbox that somebody tried to reach, in vain. */
  readonly attempts: readonly string[];
}

export interface RenovateRunner {
  run(options: RunOptions): Promise<RenovateRun>;
  /** Ends what still runs; such a run rejects. */
  close(): Promise<void>;
}

export function openRenovateRunner(gitlab: GitLab, charts: Charts, folder: string): RenovateRunner {
  const running = new Set<Promise<unknown>>();
  const end = new AbortController();
  return {
    run: (options) => {
      const run = runOnce(gitlab, charts, mkdtempSync(join(folder, 'run-')), options, end.signal).finally(() => running.delete(run));
      running.add(run);
      return run;
    },
    close: async () => {
      end.abort();
      await Promise.allSettled(running);
    },
  };
}

async function runOnce(gitlab: GitLab, charts: Charts, home: string, options: RunOptions, signal: AbortSignal): Promise<RenovateRun> {
  const trap = await startProxyTrap();
  const before = new Map(options.projects.map((path) => [path, snapshot(gitlab, path)]));
  try {
    writeFileSync(join(home, 'config.json'), JSON.stringify({ ...globalConfig(gitlab, charts, home, options.projects), ...options.config }));
    const { exitCode, output } = await renovate(home, { ...environmentFor(gitlab, home), ...trap.environment, ...options.environment }, signal);
    const log = output.split('\n').flatMap(logLine);
    const projects = options.projects.map((path) => [path, projectRun(gitlab, path, before.get(path)!, log)]);
    const problems = log.filter(({ repository, level }) => repository === undefined && level >= WARNING);
    return { exitCode, projects: Object.fromEntries(projects) as RenovateRun['projects'], log, problems, report: reportIn(home), attempts: trap.attempts };
  } finally {
    await trap.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Naming the chart hosts permits them (`internalHostAccess`) and says that the registry speaks plain http. */
function globalConfig(gitlab: GitLab, charts: Charts, home: string, repositories: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    platform: 'gitlab',
    endpoint: gitlab.endpoint,
    repositories,
    onboarding: false,
    reportType: 'file',
    reportPath: join(home, 'report.json'),
    hostRules: [{ matchHost: charts.origin }, { hostType: 'docker', matchHost: `https://${charts.registry}`, insecureRegistry: true }],
  };
}

const node = join(projectRoot, 'node_modules/.bin/node');
const cli = join(projectRoot, 'node_modules/renovate/dist/renovate.js');

function environmentFor({ token }: GitLab, home: string): Record<string, string> {
  const cache = join(projectRoot, 'node_modules/.cache/renovate-argocd-sandbox');
  mkdirSync(cache, { recursive: true });
  return {
    PATH: [join(projectRoot, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
    HOME: home,
    TMPDIR: home,
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    // yaml's, one for each templated key.
    NODE_NO_WARNINGS: '1',
    // Half a second of start-up; code, no data.
    NODE_COMPILE_CACHE: cache,
    RENOVATE_TOKEN: token,
    RENOVATE_CONFIG_FILE: join(home, 'config.json'),
    RENOVATE_BASE_DIR: join(home, 'base'),
    RENOVATE_CACHE_DIR: join(home, 'cache'),
    // On stdout, because Renovate lower-cases LOG_FILE (44.121.2).
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
    RENOVATE_X_IGNORE_RE2: '1',
    // Polls that cost seconds: a merge request that is not mergeable yet, a commit without a pipeline. The first is misspelt upstream.
    RENOVATE_X_GITLAB_AUTO_MERGEABLE_CHECK_ATTEMPS: '1',
    RENOVATE_X_GITLAB_BRANCH_STATUS_CHECK_ATTEMPTS: '0',
    RENOVATE_X_GITLAB_MERGE_REQUEST_DELAY: '1',
    RENOVATE_X_GITLAB_BRANCH_STATUS_DELAY: '1',
  };
}

function renovate(home: string, env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [cli], { cwd: home, env, signal, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    let failure: Error | null = null;
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => void (failure = error));
    // Not earlier: its folder is removed then.
    child.on('close', (exitCode) => (failure === null ? resolve({ exitCode, output: Buffer.concat(chunks).toString() }) : reject(failure)));
  });
}

function logLine(line: string): LogLine[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}

function reportIn(home: string): unknown {
  const file = join(home, 'report.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
}

interface Snapshot {
  readonly states: ReadonlyMap<number, string>;
  readonly branches: readonly string[];
}

function snapshot(gitlab: GitLab, path: string): Snapshot {
  const { mergeRequests, repository } = gitlab.project(path);
  return { states: new Map(mergeRequests.map(({ iid, state }) => [iid, state])), branches: [...branchesOf(repository).keys()] };
}

function projectRun(gitlab: GitLab, path: string, before: Snapshot, log: readonly LogLine[]): ProjectRun {
  const { mergeRequests } = gitlab.project(path);
  const lines = log.filter(({ repository }) => repository === path);
  const finished = lines.find(({ msg }) => msg === 'Repository finished');
  // Copies: what the next run does to them is not this run's.
  const changed = structuredClone(mergeRequests.filter(({ iid, state }) => before.states.get(iid) !== state));
  const branches = gitlab.branches(path);
  return {
    result: textOrNull(finished?.['result']),
    status: textOrNull(finished?.['status']),
    opened: changed.filter(({ state }) => state === 'opened'),
    merged: changed.filter(({ state }) => state === 'merged'),
    closed: changed.filter(({ state }) => state === 'closed'),
    branches: { added: branches.filter((name) => !before.branches.includes(name)), removed: before.branches.filter((name) => !branches.includes(name)) },
    dashboard: gitlab.dashboard(path),
    problems: lines.filter(({ level }) => level >= WARNING),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
