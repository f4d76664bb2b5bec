import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobEnd } from './job.ts';
import type { State } from './state.ts';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** A job has its result. */
  ended(end: JobEnd): void;
  webhook(result: 'queued' | 'already-queued' | 'ignored' | 'refused'): void;
}

const PREFIX = 'renovate_argocd_';

/** Seconds; a project without updates takes one or two, one with many some minutes. */
const BUCKETS = [1, 2, 5, 10, 20, 40, 80, 160, 320, 640, 1_280];

/**
 * For Prometheus. No label takes a value from outside: outcomes and what something waits for are codes of this program, so the number of series is bounded.
 * @param state asked at every scrape
 */
export function openMetrics({ runner, renovate }: { readonly runner: string; readonly renovate: string }, state: () => State): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const jobs = new Counter({ name: `${PREFIX}jobs_total`, help: 'Jobs that came to an end, by outcome', labelNames: ['outcome', 'state'], registers });
  const seconds = new Histogram({ name: `${PREFIX}run_seconds`, help: 'How long Renovate worked on a project', buckets: BUCKETS, registers });
  const webhooks = new Counter({ name: `${PREFIX}webhooks_total`, help: 'Webhook events, by what became of them', labelNames: ['result'], registers });
  new Gauge({ name: `${PREFIX}info`, help: 'Versions', labelNames: ['runner', 'renovate'], registers }).set({ runner, renovate }, 1);

  function gauge(name: string, help: string, value: (now: State) => number): (now: State) => void {
    const made = new Gauge({ name: `${PREFIX}${name}`, help, registers });
    return (now) => made.set(value(now));
  }
  const waiting = new Gauge({ name: `${PREFIX}waiting_merge_requests`, help: 'Open merge requests of Renovate, by what they wait for', labelNames: ['for'], registers });
  const gauges = [
    gauge('projects', 'Projects that the configuration selects', ({ projects }) => projects),
    gauge('queue_length', 'Jobs that wait', ({ counts }) => counts.queued),
    gauge('running', 'Projects that Renovate works on', ({ counts }) => counts.running),
    gauge('oldest_queued_seconds', 'How long the oldest job has waited', ({ counts, now }) => (counts.oldestQueued === null ? 0 : Math.max(0, now - counts.oldestQueued) / 1000)),
    gauge('last_success_timestamp_seconds', 'When a project was last run without a failure, since 1970; 0 when none ever was', ({ counts }) => (counts.lastSuccess ?? 0) / 1000),
    gauge('failed_projects', 'Projects whose last job failed', ({ latest }) => latest.filter((job) => job.state === 'failed').length),
    gauge('unmanaged_pins', 'Chart versions that nobody keeps up to date', ({ latest }) => latest.reduce((sum, { report }) => sum + (report?.coverage?.unmanaged ?? 0), 0)),
    gauge('ready', 'Whether /readyz says yes', ({ unready }) => (unready === null ? 1 : 0)),
    ({ latest }: State) => {
      waiting.reset();
      latest.flatMap(({ report }) => report?.waiting ?? []).forEach(({ iid, code }) => iid !== null && waiting.inc({ for: code }));
    },
  ];

  return {
    contentType: registry.contentType,
    async text() {
      const now = state();
      gauges.forEach((set) => set(now));
      return registry.metrics();
    },
    ended({ outcome, state: how, report }) {
      jobs.inc({ outcome, state: how });
      if (report !== null) seconds.observe(report.seconds);
    },
    webhook: (result) => webhooks.inc({ result }),
  };
}
