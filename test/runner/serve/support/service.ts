import { fail } from '../../../../src/base/failure.ts';
import { RunnerConfig } from '../../../../runner/config/schema.ts';
import type { GitLab } from '../../../../runner/gitlab/port.ts';
import { Project } from '../../../../runner/gitlab/schema.ts';
import type { ProjectReport } from '../../../../runner/report/model.ts';
import { redactor, tokenFrom } from '../../../../src/base/secrets.ts';
import { startsOf } from '../../../../runner/serve/cron.ts';
import type { Limits } from '../../../../runner/serve/http.ts';
import { openLog } from '../../../../runner/serve/log.ts';
import { serve } from '../../../../runner/serve/service.ts';
import type { Store } from '../../../../runner/serve/store.ts';
import type { Listener } from '../../../../runner/serve/worker.ts';
import { fakeGitLab } from '../../fake-gitlab.ts';
import { GITLAB, project } from '../../report/fixture.ts';

export const TOKEN = 'glpat-token-of-the-bot';
export const SECRET = 'secret-of-the-webhook';
export const BOT = 7;
export const START = Date.parse('2026-03-02T03:30:00Z');

/** A GitLab whose projects are what a test says at the time. */
export interface World {
  /** Paths; those below `archived/` are archived. */
  projects: readonly string[];
  down: boolean;
}

export interface Scenario {
  readonly store: Store;
  readonly world?: Partial<World>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secret?: string | null;
  readonly limits?: Limits;
  /** What Renovate does; at once and without a fault when left out. */
  run?(path: string, listener: Listener): Promise<ProjectReport> | ProjectReport;
}

export interface Service {
  readonly origin: string;
  readonly world: World;
  /** Groups of projects, as they were given to Renovate. */
  readonly taken: readonly (readonly string[])[];
  /** Projects whose incidents were acted on at once. */
  readonly held: readonly string[];
  /** All lines. */
  readonly lines: readonly string[];
  /** When a line has been said that holds the text; those said before count. */
  said(text: string): Promise<void>;
  /** Sets the clock; whoever sleeps until then wakes up. */
  clock(time: number): void;
  drain(): void;
  /** Its end: resolved when it was drained. */
  readonly ended: Promise<void>;
  /** Drains it and waits. */
  stop(): Promise<void>;
}

export async function startService({ store, world: initial = {}, config = {}, secret = SECRET, limits, run = (path) => project(path) }: Scenario): Promise<Service> {
  const world: World = { projects: ['platform/a', 'platform/b'], down: false, ...initial };
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  const draining = new AbortController();
  const taken: string[][] = [];
  const held: string[] = [];
  let now = START;

  function stderr(text: string): void {
    lines.push(text);
    listeners.forEach((listen) => listen());
  }
  async function sleep(ms: number): Promise<void> {
    if (draining.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { until: now + ms, wake: resolve };
    sleepers.add(sleeper);
    await promise;
    sleepers.delete(sleeper);
  }
  async function said(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (lines.some((line) => line.includes(text))) resolve();
    };
    listeners.add(look);
    look();
    await promise;
    listeners.delete(look);
  }
  function drain(): void {
    draining.abort();
    sleepers.forEach(({ wake }) => wake());
  }

  const parsed = RunnerConfig.parse({ groups: ['platform'], ...config, serve: { port: 0, ...(config['serve'] as object | undefined) } });
  const token = tokenFrom('RENOVATE_TOKEN', TOKEN);
  const redact = redactor([TOKEN, SECRET]);
  const selection = { projects: parsed.projects, groups: parsed.groups, topics: parsed.topics, exclude: parsed.exclude, forks: false, onboarding: false };
  const io = { cwd: '/', env: {}, stdoutIsTty: false, stderrIsTty: false, now: () => now, stdout: () => {}, stderr };
  const { promise: listening, resolve: listens } = Promise.withResolvers<string>();
  const ended = serve({
    setup: { config: parsed, endpoint: `${GITLAB}/api/v4/`, accounts: [{ name: '', token, gitlab: gitlabOf(world), selection }], redact },
    context: { io, world: { node: '', cores: 1, memoryMb: 1_000, draining: draining.signal, ending: new AbortController().signal, sleep } },
    starts: startsOf(parsed.serve.cron, parsed.serve.timezone, now),
    store,
    hold: async ({ project }) => {
      held.push(project.path);
    },
    secret: secret === null ? null : tokenFrom('SECRET', secret),
    about: { endpoint: `${GITLAB}/api/v4/`, runner: '0.1.0', renovate: '44.121.2', dryRun: false },
    redact,
    log: openLog(io, redact),
    ...(limits === undefined ? {} : { limits }),
    listening: listens,
    runProjects: async (members, listener) => {
      const paths = members.map(({ project: { path } }) => path);
      taken.push(paths);
      for (const path of paths) {
        if (draining.signal.aborted) listener.finished(interrupted(path));
        else {
          listener.started(path);
          listener.finished(await run(path, listener));
        }
      }
    },
  });
  const origin = await Promise.race([listening, ended.then(() => Promise.reject(new Error('it ended before it listened')))]);
  return {
    origin,
    world,
    taken,
    held,
    lines,
    said,
    clock: (time) => {
      now = time;
      [...sleepers].filter(({ until }) => until <= now).forEach(({ wake }) => wake());
    },
    drain,
    ended,
    stop: () => {
      drain();
      return ended;
    },
  };
}

export function interrupted(path: string): ProjectReport {
  return project(path, { status: 'failed', outcome: 'interrupted', message: 'the run was interrupted' });
}

function gitlabOf(world: World): GitLab {
  function up(): void {
    if (world.down) fail({ code: 'gitlab-unreachable', message: 'GitLab does not answer' });
  }
  const found = (): Project[] => world.projects.map((path, index) => projectOf(path, index + 1));
  return fakeGitLab({
    user: async () => (up(), { id: BOT, username: 'renovate-bot', bot: true, admin: false }),
    project: async (path) => (up(), found().find((one) => one.path === path) ?? null),
    groupProjects: async (group) => (up(), found().filter(({ path }) => path.startsWith(`${group}/`))),
    memberProjects: async () => (up(), found()),
    tree: async () => (up(), [{ path: 'renovate.json', type: 'blob' }]),
  });
}

function projectOf(path: string, id: number): Project {
  return Project.parse({ id, path_with_namespace: path, default_branch: 'main', web_url: `${GITLAB}/${path}`, archived: path.includes('archived'), permissions: { project_access: { access_level: 40 }, group_access: null } });
}

/** A push to the default branch, as GitLab tells it. */
export function pushTo(path: string): object {
  return { object_kind: 'push', ref: 'refs/heads/main', after: 'b'.repeat(40), user_id: 3, project: { path_with_namespace: path, default_branch: 'main' } };
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function tell(origin: string, event: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(`${origin}/webhook`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-gitlab-token': SECRET, ...headers }, body: JSON.stringify(event) });
  return { status: response.status, body: await response.json() };
}

export async function get(origin: string, path: string): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }> {
  const response = await fetch(`${origin}${path}`);
  return { status: response.status, text: await response.text(), headers: response.headers };
}
