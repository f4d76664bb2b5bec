import { get, pushTo, SECRET, startService, tell, TOKEN, type Service } from './support/service.ts';
import { temporaryStores } from './support/stores.ts';
import { failed, HOSTILE, line, project, waiting, coverage } from '../report/fixture.ts';
import type { ProjectReport } from '../../../runner/report/model.ts';

const stores = temporaryStores();
const HOSTILE_TITLE = Object.values(HOSTILE).join(' ');

const REPORTS: Readonly<Record<string, ProjectReport>> = {
  'platform/a': project('platform/a', { opened: [line(4, HOSTILE_TITLE)], waiting: [waiting('approval', 3), waiting('approval', 2), waiting('release-age', 1, { iid: null, url: null }), waiting('checkbox', 1, { title: HOSTILE_TITLE, url: 'javascript:alert(1)' })], coverage: coverage(5, 2), seconds: 3 }),
  'platform/b': failed('platform/b', { message: `leaked ${TOKEN} and ${SECRET}`, coverage: coverage(1, 4), seconds: 30 }),
};

let service: Service;
beforeAll(async () => {
  service = await startService({ store: stores.open(), run: (path) => REPORTS[path] ?? project(path) });
  await service.said('platform/b: failed');
});
afterAll(async () => {
  await service.stop();
  stores.remove();
});

interface Knock {
  readonly name: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  readonly answer: object;
}

const EVENT = JSON.stringify(pushTo('platform/b'));
const JSON_TYPE = { 'content-type': 'application/json' };
const KNOWN = { ...JSON_TYPE, 'x-gitlab-token': SECRET };

describe('the door of the webhook', () => {
  it.each<Knock>([
    { name: 'the secret', headers: KNOWN, status: 202, answer: { queued: true } },
    { name: 'with a charset', headers: { ...KNOWN, 'content-type': 'application/json; charset=utf-8' }, status: 202, answer: {} },
    { name: 'no secret', headers: JSON_TYPE, status: 401, answer: { error: 'the secret token is missing or wrong' } },
    { name: 'an empty one', headers: { ...JSON_TYPE, 'x-gitlab-token': '' }, status: 401, answer: {} },
    { name: 'a wrong one', headers: { ...JSON_TYPE, 'x-gitlab-token': `${SECRET}x` }, status: 401, answer: {} },
    { name: 'the beginning of it', headers: { ...JSON_TYPE, 'x-gitlab-token': SECRET.slice(0, -1) }, status: 401, answer: {} },
    { name: 'in capitals', headers: { ...JSON_TYPE, 'x-gitlab-token': SECRET.toUpperCase() }, status: 401, answer: {} },
    { name: 'the token of the bot', headers: { ...JSON_TYPE, 'x-gitlab-token': TOKEN }, status: 401, answer: {} },
    { name: 'a form', headers: { ...KNOWN, 'content-type': 'application/x-www-form-urlencoded' }, status: 415, answer: {} },
    { name: 'another type that begins so', headers: { ...KNOWN, 'content-type': 'application/jsonp' }, status: 415, answer: {} },
    { name: 'no JSON', headers: KNOWN, body: '{"object_kind": "push"', status: 400, answer: { error: 'this is no event of GitLab' } },
    { name: 'nothing', headers: KNOWN, body: '', status: 400, answer: {} },
    { name: 'a list', headers: KNOWN, body: '[]', status: 400, answer: {} },
    { name: 'a prototype', headers: KNOWN, body: '{"__proto__": {"object_kind": "push"}}', status: 400, answer: {} },
    { name: 'too much', headers: KNOWN, body: JSON.stringify({ ...pushTo('platform/b'), more: 'x'.repeat(1 << 20) }), status: 413, answer: { error: 'the event is too long' } },
  ])('$name', async ({ method = 'POST', headers = {}, body = EVENT, status, answer }) => {
    const response = await fetch(`${service.origin}/webhook`, { method, headers, body });
    expect({ status: response.status, answer: await response.json() }).toMatchObject({ status, answer });
  });

  it('is shut without a secret, whatever is sent', async () => {
    const shut = await startService({ store: stores.open(), secret: null });
    for (const headers of [{}, { 'x-gitlab-token': '' }, { 'x-gitlab-token': SECRET }, { 'x-gitlab-token': 'null' }]) {
      expect(await tell(shut.origin, pushTo('platform/b'), headers)).toEqual({ status: 403, body: { error: 'no webhook secret is configured (RENOVATE_ARGOCD_WEBHOOK_SECRET)' } });
    }
    await shut.stop();
  });
});

/** The text format of Prometheus: a value for each series. */
function seriesOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((one) => one !== '' && !one.startsWith('#'));
  return new Map(lines.map((one) => [one.slice(0, one.lastIndexOf(' ')), Number(one.slice(one.lastIndexOf(' ') + 1))]));
}

describe('metrics', () => {
  it('say how things stand', async () => {
    const own = await startService({ store: stores.open(), run: (path) => REPORTS[path]! });
    await own.said('platform/b: failed');
    await tell(own.origin, pushTo('platform/other'), { 'x-gitlab-token': 'wrong' });
    await tell(own.origin, pushTo('other/x'));
    const { headers, text } = await get(own.origin, '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(Object.fromEntries([...seriesOf(text)].filter(([name]) => name.startsWith('renovate_argocd_') && !name.includes('bucket')))).toEqual({
      'renovate_argocd_jobs_total{outcome="done",state="done"}': 1,
      'renovate_argocd_jobs_total{outcome="config-validation",state="failed"}': 1,
      renovate_argocd_run_seconds_sum: 33,
      renovate_argocd_run_seconds_count: 2,
      'renovate_argocd_webhooks_total{result="refused"}': 1,
      'renovate_argocd_webhooks_total{result="ignored"}': 1,
      'renovate_argocd_info{runner="0.1.0",renovate="44.121.2"}': 1,
      renovate_argocd_projects: 2,
      renovate_argocd_queue_length: 0,
      renovate_argocd_running: 0,
      renovate_argocd_oldest_queued_seconds: 0,
      renovate_argocd_last_success_timestamp_seconds: Date.parse('2026-03-02T03:30:00Z') / 1000,
      renovate_argocd_failed_projects: 1,
      renovate_argocd_unmanaged_pins: 6,
      renovate_argocd_ready: 1,
      'renovate_argocd_waiting_merge_requests{for="approval"}': 2,
      'renovate_argocd_waiting_merge_requests{for="checkbox"}': 1,
    });
    expect([...seriesOf(text).keys()].some((name) => name.startsWith('process_resident_memory_bytes'))).toBe(true);
    await own.stop();
  });

  it('grow with nothing that comes from outside', async () => {
    // our own: Node's have new ones with every kind of garbage collection that happens for the first time
    const own = async (): Promise<string[]> => [...seriesOf((await get(service.origin, '/metrics')).text).keys()].filter((name) => name.startsWith('renovate_argocd_'));
    const before = await own();
    for (const path of ['platform/x1', 'platform/x2', 'other/y', 'platform/x3']) await tell(service.origin, pushTo(path));
    await service.said('platform/x3: not run');
    const after = await own();
    expect(after.length - before.length).toBeLessThanOrEqual(3);
    expect(after.filter((name) => name.includes('platform'))).toEqual([]);
  });
});

describe('what browsers and programs are shown', () => {
  it('the page runs its own script and style and nothing else, whatever titles say', async () => {
    const { headers, text, status } = await get(service.origin, '/');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toMatch(/<img|onmouseover="|javascript:|\u202e/);
    expect(text).not.toMatch(/ style="/);
    expect([...text.matchAll(/(?:href|src)="(?<address>[^"]*)"/g)].map(({ groups }) => groups!['address']!).filter((address) => !/^(?:#\w+|https:\/\/gitlab\.example\.com\/[\w/-]+)$/.test(address))).toEqual([]);
  });

  it('JSON', async () => {
    const { headers, text } = await get(service.origin, '/api/status');
    expect(headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(text)).toMatchObject({ version: 1, ready: true, notReady: null, endpoint: 'https://gitlab.example.com/api/v4/', nextStart: '2026-03-02T04:00:00.000Z', projects: [{ path: 'platform/a' }, { path: 'platform/b' }] });
  });

  it('health', async () => {
    expect(await get(service.origin, '/healthz')).toMatchObject({ status: 200, text: 'alive\n' });
    expect(await get(service.origin, '/readyz')).toMatchObject({ status: 200, text: 'ready\n' });
  });
});

it('no secret in any output, should one ever come into a report', async () => {
  const pages = await Promise.all(['/', '/api/status', '/metrics', '/readyz', '/healthz'].map(async (path) => (await get(service.origin, path)).text));
  for (const said of [pages[0], pages[1], service.lines.join('')]) expect(said).toContain('leaked **redacted** and **redacted**');
  expect([...pages, ...service.lines].filter((one) => one.includes(TOKEN) || one.includes(SECRET))).toEqual([]);
});
