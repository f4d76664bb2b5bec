import { fail } from '../../../src/base/failure.ts';
import { failureOfPromise } from './support/failures.ts';
import { get, interrupted, pushTo, START, startService, tell, type Scenario, type Service } from './support/service.ts';
import { jobsIn, runAll, temporaryStores } from './support/stores.ts';
import { failed, line, project } from '../report/fixture.ts';
import type { ProjectReport } from '../../../runner/report/model.ts';

const stores = temporaryStores();
const services: Service[] = [];
afterEach(async () => {
  await Promise.allSettled(services.splice(0).map((service) => service.stop()));
});
afterAll(stores.remove);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function start(scenario: Partial<Scenario> = {}): Promise<Service & { readonly store: Scenario['store'] }> {
  const store = scenario.store ?? stores.open();
  const service = await startService({ ...scenario, store });
  services.push(service);
  return { ...service, store };
}

/** Renovate that takes as long as the test wants. */
function slowly(): { run: NonNullable<Scenario['run']>; began(path: string): Promise<void>; end(path: string, report?: ProjectReport): void } {
  const gates = new Map<string, { readonly began: PromiseWithResolvers<void>; readonly end: PromiseWithResolvers<ProjectReport> }>();
  const gate = (path: string): { readonly began: PromiseWithResolvers<void>; readonly end: PromiseWithResolvers<ProjectReport> } => {
    const known = gates.get(path) ?? { began: Promise.withResolvers<void>(), end: Promise.withResolvers<ProjectReport>() };
    gates.set(path, known);
    return known;
  };
  return {
    run: async (path) => {
      gate(path).began.resolve();
      const report = await gate(path).end.promise;
      gates.delete(path);
      return report;
    },
    began: (path) => gate(path).began.promise,
    end: (path, report = project(path)) => gate(path).end.resolve(report),
  };
}

it('a new database: everything is run once, then at each start, and what is gone is dropped', async () => {
  const { store, said, clock, world, taken, stop, lines } = await start({ world: { projects: ['platform/a', 'platform/b', 'platform/archived'] }, run: (path) => (path === 'platform/b' ? failed(path) : project(path, { opened: [line(4, 'Update chart')] })) });
  await said('platform/b: failed');
  expect(jobsIn(store)).toEqual(['platform/b failed config-validation by start', 'platform/a done done by start']);

  clock(START + 29 * MINUTE);
  clock(START + 30 * MINUTE);
  await said('2 of 2 projects queued (cron)');
  await said('platform/b: failed: its Renovate config is invalid (cron');
  world.projects = ['platform/b', 'platform/new'];
  clock(START + 4 * HOUR);
  await said('platform/new: 1 opened');
  await stop();
  expect(taken).toEqual([['platform/a', 'platform/b'], ['platform/a', 'platform/b'], ['platform/b', 'platform/new']]);
  expect(jobsIn(store).slice(0, 3)).toEqual(['platform/new done done by cron', 'platform/b failed config-validation by cron', 'platform/a done not-selected by cron']);
  expect(lines[0]).toMatch(/^2026-03-02T03:30:00.000Z listening on http:\/\/127\.0\.0\.1:\d+\n$/);
});

it('a restart between two starts runs nothing but what was left', async () => {
  const store = stores.open();
  store.tick({ projects: ['platform/a', 'platform/b'], reason: 'cron', now: START - 10 * MINUTE, gone: () => ({ outcome: '', message: '' }) });
  runAll(store, START - 9 * MINUTE);
  store.enqueue('platform/b', 'push', START - 8 * MINUTE);
  const { said, taken, stop } = await start({ store });
  await Promise.all([said('platform/b: nothing to do (push'), said('2 projects selected')]);
  await stop();
  expect(taken).toEqual([['platform/b']]);
});

it('webhooks: a project is queued once, and once more while it runs', async () => {
  const { run, began, end } = slowly();
  const { origin, said, store, stop, taken } = await start({ run });
  await began('platform/a');
  expect(await tell(origin, pushTo('platform/a'))).toEqual({ status: 202, body: { queued: true } });
  expect(await tell(origin, pushTo('platform/a'))).toEqual({ status: 202, body: { queued: false, reason: 'it is queued already' } });
  expect(await tell(origin, pushTo('platform/b'))).toEqual({ status: 202, body: { queued: false, reason: 'it is queued already' } });
  expect(await tell(origin, pushTo('secret/other'))).toEqual({ status: 202, body: { queued: false, reason: 'the configuration does not select this project' } });
  expect(await tell(origin, { object_kind: 'note' })).toEqual({ status: 202, body: { queued: false, reason: 'nothing that a run is needed for' } });
  expect(jobsIn(store)).toEqual(['platform/b queued by push', 'platform/a queued by push', 'platform/a running by start']);
  end('platform/a');
  await began('platform/b');
  end('platform/b');
  await began('platform/a');
  end('platform/a');
  await said('platform/a: nothing to do (push');
  await stop();
  expect(taken).toEqual([['platform/a', 'platform/b'], ['platform/a']]);
});

it('an incident is acted on at once, whatever runs, and its project is queued', async () => {
  const { run, began, end } = slowly();
  const { origin, said, store, stop, held } = await start({ run });
  await began('platform/a');
  const incident = { object_kind: 'issue', user: { id: 9, username: 'alert-bot' }, project: { path_with_namespace: 'platform/b', default_branch: 'main' }, object_attributes: { title: 'web is degraded', type: 'Incident', action: 'open', author_id: 9 } };
  expect((await tell(origin, incident)).status).toBe(202);
  expect(jobsIn(store)).toContain('platform/a running by start');
  end('platform/a');
  await began('platform/b');
  end('platform/b');
  await said('platform/b: nothing to do');
  await stop();
  expect(held).toEqual(['platform/b']);
});

it('what cannot be run is told, and the others are run', async () => {
  const { origin, said, store, stop } = await start({ world: { projects: ['platform/a'] } });
  await said('platform/a: nothing to do (start');
  await tell(origin, pushTo('platform/archived'));
  await said('platform/archived: not run: does not exist');
  await stop();
  expect(jobsIn(store)).toEqual(['platform/archived done not-found by push', 'platform/a done done by start']);
});

it('a project that goes while it waits for its turn is nobody\u2019s fault', async () => {
  const { run, began, end } = slowly();
  const { said, clock, world, stop, store } = await start({ run });
  await began('platform/a');
  world.projects = ['platform/a'];
  clock(START + 30 * MINUTE);
  await said('1 of 1 project queued (cron)');
  end('platform/a');
  await began('platform/b');
  end('platform/b', failed('platform/b'));
  await began('platform/a');
  end('platform/a');
  await said('platform/a: nothing to do (cron');
  await stop();
  expect(jobsIn(store)).toEqual(['platform/a done done by cron', 'platform/b failed config-validation by start', 'platform/a done done by start']);
});

it('waits for GitLab, and misses no start for it', async () => {
  const { origin, said, world, clock, stop, store } = await start({ world: { down: true } });
  await said('the projects cannot be listed: GitLab does not answer; again in 30 s');
  expect(await get(origin, '/readyz')).toMatchObject({ status: 503, text: 'GitLab has not been reached yet\n' });
  expect(await get(origin, '/healthz')).toMatchObject({ status: 200 });
  // events are kept until then
  expect(await tell(origin, pushTo('platform/b'))).toMatchObject({ body: { queued: true } });
  world.down = false;
  clock(START + 30_000);
  await Promise.all([said('platform/a: nothing to do (start'), said('platform/b: nothing to do (push')]);
  expect(await get(origin, '/readyz')).toMatchObject({ status: 200, text: 'ready\n' });
  await stop();
  expect(store.ticked()).toBe(START + 30_000);
});

it('a GitLab that falls silent later: what is queued stays so until it answers again', async () => {
  const { origin, said, world, clock, stop, store } = await start();
  await said('platform/b: nothing to do (start');
  world.down = true;
  await tell(origin, pushTo('platform/b'));
  await said('nothing can be run: GitLab does not answer; again in 30 s');
  expect(jobsIn(store)[0]).toBe('platform/b queued by push');
  world.down = false;
  clock(START + 30_000);
  await said('platform/b: nothing to do (push');
  await stop();
});

it('events that come before the projects are listed are sorted afterwards', async () => {
  const { origin, said, world, clock, stop, store } = await start({ world: { projects: ['team/argocd'], down: true }, config: { groups: [], topics: ['argocd'] } });
  await said('the projects cannot be listed');
  for (const path of ['team/argocd', 'team/other']) expect(await tell(origin, pushTo(path))).toMatchObject({ body: { queued: true } });
  world.down = false;
  clock(START + 30_000);
  await said('team/argocd: nothing to do (push');
  expect(await tell(origin, pushTo('team/other'))).toMatchObject({ body: { queued: false } });
  await stop();
  expect(jobsIn(store).sort()).toEqual(['team/argocd done done by push', 'team/other done not-selected by push']);
});

it('draining: no project is begun, what runs comes to its end, the rest stays queued', async () => {
  const { run, began, end } = slowly();
  const { origin, drain, ended, store, said } = await start({ world: { projects: ['platform/a', 'platform/b', 'platform/c'] }, run });
  await began('platform/a');
  drain();
  await said('ending');
  expect(await get(origin, '/readyz')).toMatchObject({ status: 503, text: 'the service is ending\n' });
  expect(await tell(origin, pushTo('platform/c'))).toMatchObject({ status: 202 });
  end('platform/a');
  await ended;
  expect(jobsIn(store)).toEqual(['platform/c queued by push', 'platform/b queued by start', 'platform/a done done by start']);
  await expect(fetch(origin)).rejects.toThrow();
});

it('what the end of the time to drain interrupts is queued again', async () => {
  const { run, began, end } = slowly();
  const { drain, ended, store } = await start({ world: { projects: ['platform/a'] }, run });
  await began('platform/a');
  drain();
  end('platform/a', interrupted('platform/a'));
  await ended;
  expect(jobsIn(store)).toEqual(['platform/a queued by start']);
});

it('a defect ends the service, and counts against what ran', async () => {
  const store = stores.open();
  const { ended } = await start({ store, run: () => Promise.reject(new Error('a defect')) });
  await expect(ended).rejects.toThrow('a defect');
  store.recover(START);
  expect(jobsIn(store)).toEqual(['platform/b queued by start', 'platform/a queued by start lost 1']);
});

it('a database that fails ends the service', async () => {
  const store = stores.open();
  const { ended } = await start({ store: { ...store, finish: () => fail({ code: 'database-unusable', message: 'the disk is full' }) } });
  expect(await failureOfPromise(ended)).toMatchObject({ code: 'database-unusable' });
});

it('an address that is taken', async () => {
  const { origin } = await start();
  const port = Number(new URL(origin).port);
  const failure = await failureOfPromise(start({ config: { serve: { port } } }));
  expect(failure).toMatchObject({ code: 'address-unusable', message: `cannot listen on 127.0.0.1, port ${port}: another program listens there`, remedy: expect.stringContaining('RENOVATE_ARGOCD_SERVE_PORT') as string });
});

it('says what is open', async () => {
  const open = await start({ secret: null, config: { serve: { host: '0.0.0.0' } } });
  await open.said('note: whoever reaches this port');
  expect(open.lines.join('')).toContain('webhooks are refused: RENOVATE_ARGOCD_WEBHOOK_SECRET is not set');
  const closed = await start();
  await closed.said('projects selected');
  expect(closed.lines.join('')).not.toMatch(/note|refused/);
});
