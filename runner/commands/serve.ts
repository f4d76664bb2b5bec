import { resolve } from 'node:path';
import type { Command } from '../../src/program/command.ts';
import { packageVersion } from '../../src/program/package.ts';
import { endingAfter, type RunnerContext } from '../context.ts';
import { CONCURRENCY_OPTION, CONNECTION_OPTIONS, DRY_RUN_OPTION, REPORT_OPTION, SELECTION_OPTIONS } from './options.ts';

export const serve: Command<RunnerContext> = {
  name: 'serve',
  question: 'Run Renovate as a service: at set times, and when something happens in GitLab.',
  details:
    'Queues every project at the times of `serve.cron`, and a single one when a GitLab webhook tells of a push to its default branch, a ticked checkbox of its dashboard or of a merge request, or a merge. Queue and history lie in an SQLite file, so that a restart forgets nothing. Serves /healthz, /readyz, /metrics, /api/status and a status page. A signal lets what runs come to its end; what is left is run after the next start.',
  operand: null,
  formats: [{ name: 'log', description: 'lines on stderr; there is no other answer' }],
  options: [...CONNECTION_OPTIONS, ...SELECTION_OPTIONS, CONCURRENCY_OPTION, REPORT_OPTION, DRY_RUN_OPTION],
  exits: [
    { code: 0, meaning: 'a signal ended it' },
    { code: 2, meaning: 'wrong usage, a fault in the configuration, or no token' },
    { code: 3, meaning: 'could not run: the address is taken, or the database cannot be used' },
  ],

  async run(args, context) {
    const { io, world } = context;
    const [{ setup }, { redactor }, { startsOf }, { openLog }, { serve: serveUntilDrained }, { webhookSecret }, { openStore }, { renovateRunner }, { installedRenovate }, { holder }, { lazyCoverage }] = await Promise.all([
      import('../setup.ts'),
      import('../../src/base/secrets.ts'),
      import('../serve/cron.ts'),
      import('../serve/log.ts'),
      import('../serve/service.ts'),
      import('../serve/secret.ts'),
      import('../serve/store.ts'),
      import('../serve/renovate.ts'),
      import('../renovate/installed.ts'),
      import('../serve/hold.ts'),
      import('../validator.ts'),
    ]);
    const ending = new AbortController();
    const ready = setup(args, { io, world: { ...world, ending: ending.signal } });
    // requests to GitLab must not outlast the time to drain
    endingAfter(world, ready.config.drain).addEventListener('abort', () => ending.abort(), { once: true });
    const secret = webhookSecret(io);
    const starts = startsOf(ready.config.serve.cron, ready.config.serve.timezone, io.now());
    const own = redactor(secret === null ? [] : [secret.reveal()]);
    const redact = (text: string): string => own(ready.redact(text));
    const log = openLog(io, redact);
    const dryRun = args.given('dry-run');
    const coverage = lazyCoverage();
    const store = openStore(resolve(io.cwd, ready.config.serve.database));
    try {
      const runProjects = renovateRunner({ setup: ready, context, store, dryRun, log });
      const about = { endpoint: ready.endpoint, runner: packageVersion(), renovate: installedRenovate().version, dryRun };
      const hold = holder({ setup: ready, context, dryRun, log, signal: ending.signal, coverage });
      await serveUntilDrained({ setup: ready, context, starts, store, runProjects, hold, secret, about, redact, log });
    } finally {
      ending.abort();
      store.close();
      await coverage.close();
    }
    return { text: '', exit: 0 };
  },
};
