import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PRESETS, startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { application } from '../../support/application.ts';
import { runRunner, type RunnerRun } from '../harness.ts';
import { filesWith } from '../support/leaks.ts';
import { get } from './support/service.ts';

/** The program itself as a service, with real Renovate: from its first start over a checkbox that somebody ticks to its end. */
const MINUTES = 240_000;
const SECRET = 'secret-of-the-webhook-of-clusters';
const PATH = 'clusters/one';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    charts: { helm: { stable: { db: { '2.0.0': 90, '2.0.1': 30 }, cert: { '1.0.0': 90, '2.0.0': 60 } } } },
    projects: (charts) => [
      {
        path: PATH,
        files: {
          'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}`], prHourlyLimit: 0 }),
          'applications/db.yaml': application('db', '2.0.0', charts.helm('stable')),
          'applications/cert.yaml': application('cert', '1.0.0', charts.helm('stable')),
        },
      },
    ],
  });
}, MINUTES);
afterAll(() => sandbox.close());

/** A running service: what it says, as it says it. */
interface Started {
  readonly origin: string;
  said(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<RunnerRun>;
}

async function start(options: { readonly cwd?: string } = {}): Promise<Started> {
  const waiting = new Map<string, () => void>();
  let all = '';
  let kill: (signal: NodeJS.Signals) => void = () => {};
  function said(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (all.includes(text)) resolve();
    else waiting.set(text, resolve);
    return promise;
  }
  const ended = runRunner(sandbox, ['serve'], {
    ...options,
    config: { groups: ['clusters'], serve: { port: 0, cron: ['0 0 1 1 *'] } },
    env: { RENOVATE_ARGOCD_WEBHOOK_SECRET: SECRET },
    onStderr: (text, killer) => {
      all += text;
      kill = killer;
      [...waiting].filter(([wanted]) => all.includes(wanted)).forEach(([, resolve]) => resolve());
    },
  });
  await said('listening on http');
  return { origin: /listening on (?<origin>\S+)/.exec(all)!.groups!['origin']!, said, kill: (signal) => kill(signal), ended };
}

async function hook(origin: string): Promise<void> {
  const response = await fetch(`${sandbox.gitlab.endpoint}projects/${encodeURIComponent(PATH)}/hooks`, {
    method: 'POST',
    headers: { 'private-token': sandbox.gitlab.maintainerToken, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${origin}/webhook`, token: SECRET, push_events: true, issues_events: true, merge_requests_events: true }),
  });
  expect(response.status).toBe(201);
}

it('runs at its first start, and again when somebody ticks a checkbox; a signal ends it, and the next one goes on', async () => {
  const service = await start();
  await service.said(`${PATH}: 1 merged`);
  expect(sandbox.gitlab.file(PATH, 'applications/db.yaml')).toContain('2.0.1');
  expect((await get(service.origin, '/readyz')).status).toBe(200);

  await hook(service.origin);
  const requests = (): number => sandbox.gitlab.project(PATH).mergeRequests.length;
  const before = requests();
  sandbox.gitlab.tick(PATH, /cert/);
  await service.said(`${PATH}: queued (dashboard)`);
  await service.said('(dashboard, ');
  expect(requests()).toBe(before + 1);
  const { history, projects } = JSON.parse((await get(service.origin, '/api/status')).text) as { history: { reason: string; outcome: string }[]; projects: { opened: { title: string }[]; merged: unknown[] }[] };
  expect(history.map(({ reason, outcome }) => `${reason} ${outcome}`)).toEqual(['dashboard done', 'start done']);
  // what was merged in the first run is not told again
  expect(projects.map(({ opened, merged }) => [opened.map(({ title }) => title), merged])).toEqual([[['Update Helm release cert to v2'], []]]);

  service.kill('SIGTERM');
  const first = await service.ended;
  expect(first).toMatchObject({ exit: 0, stdout: '', attempts: [] });
  expect(first.stderr.trimEnd()).toMatch(/ended$/);
  await sandbox.gitlab.delivered();
  expect(new Set(sandbox.gitlab.deliveries.map(({ status }) => status))).toEqual(new Set([202]));

  const again = await start({ cwd: first.cwd });
  await again.said('1 project selected');
  expect(JSON.parse((await get(again.origin, '/api/status')).text)).toMatchObject({ history: [{ reason: 'dashboard' }, { reason: 'start' }], queue: [] });
  const other = await runRunner(sandbox, ['serve'], { cwd: first.cwd, config: { groups: ['clusters'], serve: { port: 0 } } });
  expect(other).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringContaining('error[database-unusable]: another service works with') as string });
  again.kill('SIGTERM');
  expect((await again.ended).exit).toBe(0);

  for (const secret of [SECRET, sandbox.gitlab.token]) expect(filesWith(first.cwd, secret)).toEqual([]);
  expect(`${first.stderr}${(await again.ended).stderr}`).not.toMatch(new RegExp(`${SECRET}|${sandbox.gitlab.token}`));
  expect(readdirSync(join(first.cwd, 'renovate-report/runs'))).toHaveLength(2);
  expect(existsSync(join(first.cwd, 'renovate-argocd.sqlite-wal'))).toBe(false);
}, MINUTES);
