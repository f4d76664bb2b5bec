import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunnerConfig } from '../config/schema.ts';
import type { Batch, BatchEnd } from '../engine.ts';
import type { Redact, Token } from '../../src/base/secrets.ts';
import { canBeTokenFree, gitConfig, renovateEnvironment, type CloneUrls } from './environment.ts';
import { globalConfig } from './global-config.ts';
import { openLogFile } from './log-file.ts';
import { eventOf, parseLine, type LogEvent } from './log.ts';
import { launch, type Ended } from './process.ts';

export interface BatchOptions {
  readonly config: RunnerConfig;
  readonly endpoint: string;
  readonly token: Token;
  readonly redact: Redact;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node, and Renovate's entry for it, unless the config names a command. */
  readonly node: string;
  readonly renovate: string;
  readonly logDirectory: string;
  readonly dryRun: boolean;
  urlsOf(path: string): CloneUrls;
  /** Package rules of a project's own, stronger than those of its config. */
  rulesOf(path: string): readonly Record<string, unknown>[];
  /** Ends the process once it stands between two projects. */
  readonly draining: AbortSignal;
  /** Ends it at once. */
  readonly ending: AbortSignal;
  now(): number;
}

/** The log of a batch, from the folder of the logs. */
export function logName(batch: number): string {
  return `batch-${String(batch).padStart(3, '0')}.ndjson`;
}

function entryOf(repository: string, packageRules: readonly Record<string, unknown>[]): string | Record<string, unknown> {
  return packageRules.length === 0 ? repository : { repository, packageRules };
}

function customVariables({ customEnvVariables }: RunnerConfig['renovate']): Record<string, string> {
  return typeof customEnvVariables === 'object' && customEnvVariables !== null ? Object.fromEntries(Object.entries(customEnvVariables).map(([name, value]) => [name, String(value)])) : {};
}

/** Renovate's own report of the batch: dependencies, branches and problems of each project. Nothing in it that the log did not tell earlier, and for a process that was ended there is none. */
export function reportName(batch: number): string {
  return `batch-${String(batch).padStart(3, '0')}.report.json`;
}

async function keepReport(from: string, to: string, redact: Redact): Promise<void> {
  try {
    await writeFile(to, redact(await readFile(from, 'utf8')), { mode: 0o600 });
  } catch {
    // like the log, it is a help and no condition
  }
}

/**
 * One Renovate process for a batch. It lives in a private folder that is gone afterwards, with the clones and whatever else it left; what it said is kept, without secrets, as one log.
 * Every child inherits nothing but its allow-list.
 */
export async function runBatch(batch: Batch, options: BatchOptions, tell: (event: LogEvent) => void): Promise<BatchEnd> {
  const { config, endpoint, redact } = options;
  const home = await mkdtemp(join(tmpdir(), 'renovate-argocd-'));
  const log = openLogFile(join(options.logDirectory, logName(batch.number)));
  const boundary = new AbortController();
  const spoken: LogEvent[] = [];
  try {
    const urls = batch.projects.map(options.urlsOf);
    const tokenFreeUrls = config.renovate['gitUrl'] === undefined && canBeTokenFree(urls, endpoint);
    const cacheDir = config.cacheDir ?? join(home, 'cache');
    const configFile = join(home, 'config.json');
    const reportPath = join(home, 'report.json');
    await mkdir(cacheDir, { recursive: true });
    await writeFile(configFile, JSON.stringify(globalConfig({ endpoint, repositories: batch.projects.map((path) => entryOf(path, options.rulesOf(path))), onboarding: config.onboarding, forks: config.forks, chartHosts: config.chartHosts, reportPath, tokenFreeUrls, dryRun: options.dryRun, renovate: config.renovate })), { mode: 0o600 });
    if (tokenFreeUrls) await writeFile(join(home, '.gitconfig'), gitConfig(urls, endpoint));
    const memoryMb = config.memory * 2;
    const ended = await launch({
      command: config.command ?? [options.node, options.renovate],
      cwd: home,
      env: renovateEnvironment({ env: options.env, allowed: config.environment, token: options.token, endpoint, home, configFile, cacheDir, compileCache: config.cacheDir === null ? null : join(cacheDir, 'node-compile-cache'), node: options.node, heapMb: Math.round(memoryMb * 0.75), tokenFreeUrls, custom: customVariables(config.renovate) }),
      limits: { timeMs: config.batch.limit * 60_000, stallMs: config.batch.stall * 60_000, memoryMb },
      signal: AbortSignal.any([options.ending, boundary.signal]),
      now: options.now,
      onLine: (line) => {
        const clean = redact(line);
        log.write(clean);
        const parsed = parseLine(clean);
        const event = parsed === null ? null : eventOf(parsed);
        if (event === null) return;
        spoken.push(event);
        tell(event);
        if (event.type === 'finished' && options.draining.aborted) boundary.abort();
      },
    });
    await keepReport(reportPath, join(options.logDirectory, reportName(batch.number)), redact);
    return { end: endOf(ended, spoken), lastWords: redact(ended.lastWords) };
  } finally {
    log.close();
    // git may still be writing what a killed process left behind
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** An exit code of Renovate says nothing: 0 after failures, 1 for a project that does not exist. What counts is whether it got through. */
function endOf({ because, signal, exitCode, lastWords }: Ended, events: readonly LogEvent[]): BatchEnd['end'] {
  if (because !== null) return because;
  if (/heap out of memory|ENOMEM/i.test(lastWords) || exitCode === 134) return 'out-of-memory';
  if (signal === 'SIGKILL' || exitCode === 137) return 'killed';
  if (signal !== null) return 'crashed';
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === 'started') open.add(event.project);
    else if (event.type === 'finished') open.delete(event.project);
  }
  return open.size > 0 || (events.length === 0 && exitCode !== 0) ? 'crashed' : null;
}
