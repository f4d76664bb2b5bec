import type { GitLab } from './gitlab/index.ts';
import { at, openGitLab, rest } from './rest.ts';

type Fields = Readonly<Record<string, unknown>>;

function alert({ status = 'firing', labels = {}, annotations = { title: 'web is Degraded' }, startsAt = '2026-03-06T12:04:05.678Z', expression = 'up == 0', ...more }: Fields = {}): Fields {
  const generatorURL = `http://prometheus.example.org/graph?g0.expr=${encodeURIComponent(String(expression))}&g0.tab=1`;
  return { status, labels: { alertname: 'ArgoAppUnhealthy', ...(labels as Fields) }, annotations, startsAt, endsAt: '2026-03-06T12:30:00Z', generatorURL, ...more };
}

function payload(alerts: readonly Fields[], more: Fields = {}): Fields {
  return { version: '4', groupKey: '{}', status: 'firing', receiver: 'gitlab', groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: 'http://alertmanager.example.org', alerts, ...more };
}

describe('alerts', () => {
  let gitlab: GitLab;
  let count = 0;

  beforeAll(async () => {
    gitlab = await openGitLab([]);
  });
  afterAll(() => gitlab.close());

  function project(settings: Fields = {}): string {
    count += 1;
    gitlab.add({ path: `g/p${count}`, files: { 'a.txt': 'a\n' }, ...settings });
    return `g/p${count}`;
  }

  async function notify(path: string, body: unknown, { method = 'POST', key = gitlab.alertEndpoint(path).key }: { method?: string; key?: string } = {}): Promise<number> {
    const init = { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } };
    return (await fetch(gitlab.alertEndpoint(path).url, method === 'GET' ? init : { ...init, body: typeof body === 'string' ? body : JSON.stringify(body) })).status;
  }

  const incidents = async (path: string, query = ''): Promise<any[]> => (await rest(gitlab, `GET ${at(path)}/issues?issue_type=incident&sort=asc${query}`)).body;

  it.each<[string, unknown, { method?: string; key?: string }, number]>([
    ['a good one', payload([alert()]), {}, 201],
    ['a wrong key', payload([alert()]), { key: 'wrong' }, 401],
    ['what lacks keys', { version: '4', alerts: [] }, {}, 422],
    ['what lacks keys, with a wrong key', {}, { key: 'wrong' }, 422],
    ['another version', payload([], { version: '3' }), {}, 422],
    ['no JSON', '{', {}, 400],
    ['a look', null, { method: 'GET' }, 404],
  ])('%s', async (_name, body, options, status) => {
    expect(await notify(project(), body, options)).toBe(status);
  });

  it('no such project', async () => {
    expect((await fetch(`${gitlab.origin}/g/nothing/prometheus/alerts/notify.json`, { method: 'POST' })).status).toBe(404);
  });

  it('a firing alert opens an incident that says what is known', async () => {
    const path = project();
    await notify(path, payload([alert({ labels: { severity: 'warning' }, annotations: { title: 'web is Degraded', description: 'since noon', gitlab_incident_markdown: '<!-- argocd: web -->' } })]));
    expect(await incidents(path)).toMatchObject([{ iid: 1, title: 'web is Degraded', issue_type: 'incident', type: 'INCIDENT', severity: 'LOW', labels: [], state: 'opened', author: { username: 'alert-bot' }, web_url: `${gitlab.origin}/${path}/-/issues/incident/1` }]);
    expect((await incidents(path))[0].description).toBe(
      `**Start time:** 06 March 2026, 12:04PM (UTC)  \n**Severity:** low  \n**full_query:** \`up == 0\`  \n**Monitoring tool:** Prometheus  \n**Description:** since noon  \n**GitLab alert:** ${gitlab.origin}/${path}/-/alert_management/1/details\n\n\n---\n\n<!-- argocd: web -->`,
    );
  });

  it.each<[string, Fields, Fields, number]>([
    ['the same', {}, {}, 1],
    ['other labels', { labels: { name: 'web' } }, { labels: { name: 'db' } }, 1],
    ['another title', {}, { annotations: { title: 'db is Degraded' } }, 2],
    ['another start', {}, { startsAt: '2026-03-06T13:00:00Z' }, 2],
    ['another expression', {}, { expression: 'up == 1' }, 2],
    ['no title but a summary, and another name', { annotations: { summary: 's' } }, { annotations: { summary: 's' }, labels: { alertname: 'Other' } }, 1],
    ['neither, and another name', { annotations: {} }, { annotations: {}, labels: { alertname: 'Other' } }, 2],
  ])('two alerts, %s', async (_name, first, second, expected) => {
    const path = project();
    await notify(path, payload([alert(first)]));
    await notify(path, payload([alert(second)]));
    const { alerts } = gitlab.project(path);
    expect([alerts.length, alerts.reduce((sum, { events }) => sum + events, 0), (await incidents(path)).length]).toEqual([expected, 2, expected]);
  });

  it('resolved closes, and fires again as another', async () => {
    const path = project();
    await notify(path, payload([alert({ status: 'resolved' })]));
    await notify(path, payload([alert()]));
    await notify(path, payload([alert({ status: 'resolved' })]));
    expect(await incidents(path)).toMatchObject([{ state: 'closed', closed_by: { username: 'alert-bot' }, closed_at: expect.any(String) }]);
    expect((await rest(gitlab, `GET ${at(path)}/issues/1/notes`)).body).toMatchObject([{ system: true, author: { username: 'alert-bot' }, body: 'changed the incident status to **Resolved** by closing the incident' }]);
    expect((await rest(gitlab, `GET ${at(path)}/issues/1/resource_state_events`)).body).toMatchObject([{ state: 'closed', user: { username: 'alert-bot' } }]);
    await notify(path, payload([alert()]));
    expect((await incidents(path)).map(({ iid, state }) => `${iid} ${state}`)).toEqual(['1 closed', '2 opened']);
    expect(gitlab.project(path).alerts.map(({ status, endedAt, issueIid }) => [status, endedAt, issueIid])).toEqual([['resolved', '2026-03-06T12:30:00Z', 1], ['triggered', null, 2]]);
  });

  it('whoever closes the incident resolves the alert', async () => {
    const path = project();
    await notify(path, payload([alert()]));
    await rest(gitlab, `PUT ${at(path)}/issues/1`, { body: { state_event: 'close' } });
    expect(gitlab.project(path).alerts).toMatchObject([{ status: 'resolved' }]);
    await notify(path, payload([alert()]));
    expect((await incidents(path)).map(({ iid }) => iid)).toEqual([1, 2]);
  });

  it.each<[string, Fields, unknown]>([
    ['no incidents', { createIncidents: false }, [[], ['resolved']]],
    ['incidents that people close', { autoCloseIncidents: false }, [['opened'], ['resolved']]],
  ])('a project with %s', async (_name, settings, expected) => {
    const path = project(settings);
    await notify(path, payload([alert()]));
    await notify(path, payload([alert({ status: 'resolved' })]));
    expect([(await incidents(path)).map(({ state }) => state), gitlab.project(path).alerts.map(({ status }) => status)]).toEqual(expected);
  });

  it.each([
    ['critical', undefined],
    ['critical', 'nonsense'],
    ['high', 'MAJOR'],
    ['medium', 'error'],
    ['info', 'p5'],
  ])('severity %s for %s', async (severity, label) => {
    const path = project({ createIncidents: false });
    await notify(path, payload([alert({ labels: { severity: label } })]));
    expect(gitlab.project(path).alerts).toMatchObject([{ severity }]);
  });

  it('takes a hundred at once', async () => {
    const path = project({ createIncidents: false });
    await notify(path, payload(Array.from({ length: 101 }, (_, index) => alert({ annotations: { title: `alert ${index}` } }))));
    expect(gitlab.project(path).alerts).toHaveLength(100);
  });

  it('webhooks hear of it', async () => {
    const path = project();
    await rest(gitlab, `POST ${at(path)}/hooks`, { body: { url: 'http://127.0.0.1:9/', issues_events: true } });
    await notify(path, payload([alert()]));
    await notify(path, payload([alert({ status: 'resolved' })]));
    await gitlab.delivered();
    expect(gitlab.deliveries.filter((delivery) => delivery.project === path).map(({ body }) => body['object_attributes'])).toMatchObject([{ type: 'Incident', action: 'open', severity: 'critical' }, { type: 'Incident', action: 'close', state: 'closed' }]);
  });
});
