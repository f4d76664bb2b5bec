import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CoverageReader } from '../src/index.ts';
import { collect } from './collect.ts';
import type { RunnerConfig } from './config/schema.ts';
import { endingAfter, type RunnerContext } from './context.ts';
import { runJobs, type Batch, type BatchEnd, type Job, type Progress, type Result } from './engine.ts';
import type { Project, User } from './gitlab/schema.ts';
import { actionText } from './incidents/report.ts';
import { incidentRounds, type Rounds } from './incidents/rounds.ts';
import { incidentSettings } from './incidents/settings.ts';
import { lockedBatch } from './locked-batch.ts';
import { inParallel } from './parallel.ts';
import { listProjects } from './projects/list.ts';
import type { SkippedProject } from './projects/project.ts';
import { logName, runBatch } from './renovate/batch.ts';
import type { LogEvent } from './renovate/log.ts';
import { buildReport, projectReport, type RunFacts } from './report/build.ts';
import type { ProjectReport, Report } from './report/model.ts';
import { readReport } from './report/read.ts';
import type { Account, Setup } from './setup.ts';
import { lazyCoverage } from './validator.ts';

/** A project with the account that runs it. */
export interface Member {
  readonly project: Project;
  readonly account: Account;
}

export interface Plan {
  readonly members: readonly Member[];
  readonly skipped: readonly SkippedProject[];
}

/** What is run, by all accounts: a project that several select belongs to the first. */
export async function planOf({ accounts }: Pick<Setup, 'accounts'>): Promise<Plan> {
  const listed = await inParallel(accounts, 4, async (account) => ({ account, ...(await listProjects(account.gitlab, account.selection)) }));
  const members = new Map<number, Member>();
  for (const { account, projects } of listed) for (const project of projects) if (!members.has(project.id)) members.set(project.id, { project, account });
  const run = new Set([...members.values()].map(({ project }) => project.path));
  const skipped = new Map(listed.flatMap(({ skipped: some }) => some).filter(({ path }) => !run.has(path)).map((one) => [one.path, one]));
  return { members: [...members.values()].sort((a, b) => (a.project.path < b.project.path ? -1 : 1)), skipped: [...skipped.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The report to compare with, and to take weights from. */
export function previousOf({ report }: RunnerConfig, directory: string, cwd: string): Report | null {
  return readReport(report.previous === null ? join(directory, 'report.json') : resolve(cwd, report.previous));
}

/** A project that was never run is thought to take as long as a small one with two updates. */
const UNKNOWN_SECONDS = 5;

export function jobsOf(members: readonly Member[], previous: Report | null): Job[] {
  const known = new Map(previous?.projects.map(({ path, seconds }) => [path, seconds]));
  return members.map(({ project, account }) => ({ path: project.path, account: account.name, seconds: Math.max(0.5, known.get(project.path) ?? UNKNOWN_SECONDS) }));
}

/** How many Renovate processes at a time: a core each, because one is busy all the time, and memory for each. */
export function concurrencyFor(wanted: number | null, { cores, memoryMb }: { readonly cores: number; readonly memoryMb: number }, perProcessMb: number): number {
  return wanted ?? Math.max(1, Math.min(cores, Math.floor(memoryMb / perProcessMb)));
}

export interface RunOptions {
  readonly setup: Setup;
  readonly context: RunnerContext;
  readonly plan: Plan;
  readonly previous: Report | null;
  /** By path, ISO 8601: when a project was run last, where not all of `previous` was one run. */
  readonly lastRuns?: ReadonlyMap<string, string>;
  readonly facts: Pick<RunFacts, 'runner' | 'renovate' | 'dryRun'>;
  /** Renovate's entry for Node. */
  readonly renovate: string;
  /** Folder of the report. */
  readonly directory: string;
  readonly coverage: CoverageReader | null;
  tell(progress: Progress, report: ProjectReport | null): void;
}

/** Runs every planned project to one line of the report. What a project was, is asked while others still run. */
export async function run(options: RunOptions): Promise<Report> {
  const { setup, context, plan, previous } = options;
  const { io, world } = context;
  const startedAt = isoOf(io.now());
  const logDirectory = join(options.directory, 'logs');
  await mkdir(logDirectory, { recursive: true });
  const byPath = new Map(plan.members.map((member) => [member.project.path, member]));
  const bots = await botsOf(plan.members);
  const before = new Map(previous?.projects.map((project) => [project.path, project]));
  const collected: Promise<ProjectReport>[] = [];
  const merging = new Set<Member>();
  const problems: string[] = [];
  const runId = randomUUID().slice(0, 8);
  const ending = endingAfter(world, setup.config.drain);

  async function reportOf(result: Result): Promise<ProjectReport> {
    const member = byPath.get(result.path)!;
    const { project, account } = member;
    // what GitLab merged between two runs belongs to this one
    const since = options.lastRuns?.get(result.path) ?? previous?.startedAt ?? startedAt;
    const gathered = await collect(project, { gitlab: account.gitlab, token: account.token, redact: setup.redact, bot: bots.get(account)!.username, since, env: io.env, signal: world.ending, coverage: result.trace === null ? null : options.coverage });
    if (gathered.open.some(({ autoMerge }) => autoMerge)) merging.add(member);
    const log = result.batch === 0 ? null : join('logs', logName(result.batch));
    return projectReport(result, gathered, log, before.get(result.path) ?? null, since, startedAt, isoOf(io.now()));
  }

  const answers: Report['incidents'] = [];
  async function hold(members: readonly Member[]): Promise<Rounds['rules']> {
    const held = await heldProjects(members, options, bots, ending);
    problems.push(...held.problems.map(({ path, message }) => `${path}: incidents: ${message}`));
    answers.push(...held.actions.flatMap(({ member, actions }) => actions.map((action) => ({ project: member.project.path, action: actionText(action) }))));
    return held.rules;
  }

  const rules = await hold(plan.members);
  await runJobs(jobsOf(plan.members, previous), {
    concurrency: concurrencyFor(setup.config.concurrency, world, setup.config.memory),
    batch: { seconds: setup.config.batch.minutes * 60, projects: setup.config.batch.projects },
    retries: setup.config.retries,
    retryDelaySeconds: setup.config.retryDelay,
    draining: world.draining,
    sleep: world.sleep,
    runBatch: (batch, tell) => {
      const account = setup.accounts.find(({ name }) => name === batch.account)!;
      const plain = (part: Batch, hear: (event: LogEvent) => void): Promise<BatchEnd> =>
        runBatch(
          part,
          { config: setup.config, endpoint: setup.endpoint, token: account.token, redact: setup.redact, env: io.env, node: world.node, renovate: options.renovate, logDirectory, dryRun: options.facts.dryRun, urlsOf: (path) => byPath.get(path)!.project, rulesOf: (path) => rules.get(path) ?? [], draining: world.draining, ending, now: io.now },
          (event) => {
            if (event.type === 'problem' && event.project === null) problems.push(event.message);
            hear(event);
          },
        );
      if (!setup.config.lock || options.facts.dryRun) return plain(batch, tell);
      const locks = { gitlab: account.gitlab, run: runId, now: io.now, idOf: (path: string) => byPath.get(path)!.project.id, warn: (path: string, message: string) => void problems.push(`${path}: ${message}`) };
      return lockedBatch(plain, locks)(batch, tell);
    },
    tell: (progress) => {
      if (progress.type !== 'result') {
        options.tell(progress, null);
        return;
      }
      const report = reportOf(progress.result);
      collected.push(report);
      // a rejection is met where all are awaited
      report.then((done) => options.tell(progress, done), () => {});
    },
  });
  const projects = await Promise.all(collected);
  // an incident that began while Renovate worked holds what was set to merge meanwhile
  if (!options.facts.dryRun && merging.size > 0) await hold(setup.config.hold.scope === 'group' ? plan.members : [...merging]);
  const facts = { ...options.facts, endpoint: setup.endpoint, startedAt, finishedAt: isoOf(io.now()), interrupted: world.draining.aborted };
  return buildReport(facts, projects, plan.skipped, problems, previous, answers);
}

/** What open incidents hold, made so in GitLab. */
async function heldProjects(members: readonly Member[], { setup, context, facts, coverage }: RunOptions, bots: ReadonlyMap<Account, User>, signal: AbortSignal): Promise<Pick<Rounds, 'rules' | 'problems' | 'actions'>> {
  const { scope, ...settings } = incidentSettings(setup.config);
  if (scope === 'off' || members.length === 0) return { rules: new Map(), problems: [], actions: [] };
  const reader = coverage ?? lazyCoverage();
  try {
    return await incidentRounds(members, { ...settings, scope, now: context.io.now(), coverage: reader, redact: setup.redact, env: context.io.env, signal, botOf: ({ account }) => bots.get(account)!.username, write: !facts.dryRun });
  } finally {
    if (coverage === null) await reader.close();
  }
}

/** The user that each account's token belongs to. */
export async function botsOf(members: readonly Member[]): Promise<ReadonlyMap<Account, User>> {
  const accounts = [...new Set(members.map(({ account }) => account))];
  return new Map(await inParallel(accounts, 4, async (account) => [account, await account.gitlab.user()] as const));
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
