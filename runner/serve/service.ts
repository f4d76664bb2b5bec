import { FailureError } from '../../src/base/failure.ts';
import type { RunnerContext } from '../context.ts';
import type { Member, Plan } from '../run.ts';
import type { Redact, Token } from '../../src/base/secrets.ts';
import type { Setup } from '../setup.ts';
import { due, type Starts } from './cron.ts';
import { LIMITS, listen, type Limits } from './http.ts';
import { NOT_SELECTED, type JobEnd, type QueuedJob, type Reason } from './job.ts';
import { jobLine, projectsText, type Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { openProjects, unrun } from './projects.ts';
import { routesOf } from './routes.ts';
import { SECRET_VARIABLE } from './secret.ts';
import { stateOf, type State } from './state.ts';
import type { About } from './status.ts';
import type { Store } from './store.ts';
import { orStopped } from './until.ts';
import type { Own, Wish } from './webhook.ts';
import { isPassing, openWorker, PAUSE_MS, type RunProjects } from './worker.ts';

export interface ServiceOptions {
  readonly setup: Setup;
  readonly context: Pick<RunnerContext, 'io' | 'world'>;
  readonly starts: Starts;
  readonly store: Store;
  readonly runProjects: RunProjects;
  /** Makes what the incidents of one project hold so, at once: a run may take minutes, and what is at work is not waited for. Null when incidents are not read. */
  readonly hold: ((member: Member) => Promise<void>) | null;
  /** Of the webhook; null when none is configured. */
  readonly secret: Token | null;
  readonly about: About;
  readonly redact: Redact;
  readonly log: Log;
  readonly limits?: Limits;
  /** Told the address as soon as it answers. */
  listening?(origin: string): void;
}

/** A clock that is set, or a machine that slept, is noticed after so long. */
const WAKE_MS = 30_000;

/**
 * Queues all projects when a start has come, single ones when GitLab tells of something, and runs what is queued, until draining begins. Then no project is begun any more, those that run come to
 * their end, and what is left stays in the queue.
 * @throws FailureError `address-unusable`, `database-unusable`
 */
export async function serve({ setup, context: { io, world }, starts, store, runProjects, hold, secret, about, redact, log, limits = LIMITS, listening }: ServiceOptions): Promise<void> {
  const { serve: settings, renovate } = setup.config;
  const startedAt = io.now();
  const stop = new AbortController();
  const stopping = AbortSignal.any([world.draining, stop.signal]);
  const projects = openProjects(setup);
  const metrics = openMetrics(about, state);
  const worker = openWorker({ store, some: projects.some, runProjects, draining: stopping, now: io.now, sleep: (ms) => orStopped(world.sleep(ms), stopping), log, ended });
  let own: Own = { bots: new Set(), dashboard: textOr(renovate['dependencyDashboardTitle'], 'Dependency Dashboard'), branchPrefix: textOr(renovate['branchPrefix'], 'renovate/') };
  const answered = Promise.withResolvers<void>();
  let reached = false;

  function unready(): string | null {
    if (stopping.aborted) return 'the service is ending';
    return reached ? null : 'GitLab has not been reached yet';
  }

  function state(): State {
    const now = io.now();
    return stateOf(store, { now, startedAt, unready: unready(), next: starts.next(now), projects: projects.count() });
  }

  function ended(job: QueuedJob, end: JobEnd): void {
    metrics.ended(end);
    log(jobLine(job, end));
  }

  let holding: Promise<void> = Promise.resolve();
  const toHold = new Set<string>();

  /** One project after the other, and each once however many of its incidents wait; what fails is made good by the run that is queued as well, which begins when this is done. */
  function holdNow(path: string): void {
    if (toHold.has(path)) return;
    toHold.add(path);
    holding = holding.then(async () => {
      toHold.delete(path);
      try {
        if (hold !== null && !stopping.aborted) for (const member of (await projects.some([path])).members) await hold(member);
      } catch (error) {
        log(`${path}: its incidents could not be acted on: ${wordsOf(error)}`);
      }
      worker.wake();
    });
  }

  function enqueue({ project, reason }: Wish): boolean {
    const queued = store.enqueue(project, reason, io.now());
    if (queued) log(`${project}: queued (${reason})`);
    if (reason === 'incident') holdNow(project);
    else worker.wake();
    return queued;
  }

  async function ask(): Promise<Plan> {
    if (own.bots.size === 0) own = { ...own, bots: new Set(await Promise.all(setup.accounts.map(async ({ gitlab }) => (await gitlab.user()).id))) };
    const plan = await projects.all();
    if (!reached) log(`${about.endpoint} answers: ${projectsText(plan.members.length)} selected`);
    reached = true;
    answered.resolve();
    return plan;
  }

  function tick({ members, skipped }: Plan, reason: Reason, now: number): void {
    const reasons = new Map(skipped.map((one) => [one.path, one.reason]));
    const queued = store.tick({ projects: members.map(({ project }) => project.path), reason, now, gone: (project) => unrun(reasons.get(project) ?? NOT_SELECTED) });
    store.prune(now);
    log(`${queued} of ${projectsText(members.length)} queued (${reason})`);
    worker.wake();
  }

  async function schedule(): Promise<void> {
    while (!stopping.aborted) {
      const now = io.now();
      const before = store.ticked();
      const { reason, last } = due(starts, before, now);
      try {
        const plan = reason !== null || !reached ? await orStopped(ask(), stopping) : null;
        if (reason === null) {
          if (last !== null && last !== before) store.setTicked(last);
        } else if (plan !== null) {
          tick(plan, reason, now);
        }
      } catch (error) {
        if (!isPassing(error)) throw error;
        // the start is not missed: it is still due at the next try
        log(`the projects cannot be listed: ${error.failure.message}; again in ${PAUSE_MS / 1000} s`);
        await orStopped(world.sleep(PAUSE_MS), stopping);
        continue;
      }
      const after = io.now();
      await orStopped(world.sleep(Math.min(WAKE_MS, (starts.next(after) ?? Infinity) - after)), stopping);
    }
  }

  /** Events that come before all projects are listed wait for it: what only a topic selects is not known earlier. */
  async function work(): Promise<void> {
    await orStopped(answered.promise, stopping);
    await worker.work();
  }

  async function supervised(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch (error) {
      stop.abort();
      throw error;
    }
  }

  const { requeued, crashed } = store.recover(startedAt);
  store.prune(startedAt);
  if (requeued > 0) log(`queued again: ${projectsText(requeued)} that ran when the service was ended`);
  crashed.forEach((project) => log(`${project}: given up: the service was ended again and again while it ran`));
  const routes = routesOf({ about, state, unready, metrics, secret, own: () => own, selects: (path) => !reached || projects.selects(path), redact, enqueue });
  const server = await listen({ host: settings.host, port: settings.port, routes, limits, failed: (error) => log(`a request failed: ${wordsOf(error)}`) });
  log(`listening on ${server.origin}`);
  if (secret === null) log(`webhooks are refused: ${SECRET_VARIABLE} is not set`);
  if (!isLoopback(settings.host)) log('note: whoever reaches this port sees the names of projects and the titles of merge requests; let a proxy ask who it is');
  listening?.(server.origin);
  world.draining.addEventListener('abort', () => log('ending: no project is begun any more'), { once: true });
  const results = await Promise.allSettled([supervised(work()), supervised(schedule())]);
  await holding;
  await server.close();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  log('ended');
}

/** The stack of a defect: inspected, an error of a library may show what it was given. */
function wordsOf(error: unknown): string {
  if (error instanceof FailureError) return error.failure.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}
