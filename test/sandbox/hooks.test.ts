import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitLab } from './gitlab/index.ts';
import { listen, type Loopback, type Request } from './loopback.ts';
import { at, openGitLab, rest } from './rest.ts';

const files = { 'a.txt': 'a\n' };
const ALL = { push_events: true, merge_requests_events: true, issues_events: true, confidential_issues_events: true, token: 'webhook-secret' };

describe('webhooks', () => {
  let gitlab: GitLab;
  let receiver: Loopback;
  const received: Request[] = [];

  beforeAll(async () => {
    gitlab = await openGitLab([]);
    receiver = await listen(async (request) => {
      received.push(request);
      return { status: 200 };
    });
  });
  afterAll(async () => {
    await gitlab.close();
    await receiver.close();
  });

  async function hooked(path: string, hook: Readonly<Record<string, unknown>> = ALL): Promise<string> {
    gitlab.add({ path, files });
    await rest(gitlab, `POST ${at(path)}/hooks`, { body: { url: `${receiver.origin}/${path}`, ...hook } });
    return at(path);
  }

  /** What came in for a project: `push refs/heads/main`, `merge_request open`. */
  async function told(path: string): Promise<string[]> {
    await gitlab.delivered();
    return gitlab.deliveries.filter(({ project }) => project === path).map(({ body }) => `${body['object_kind']} ${(body['object_attributes'] as any)?.action ?? body['ref']}`);
  }

  it('are sent with a token, an event and a document', async () => {
    await hooked('h/push');
    gitlab.commit('h/push', { 'b.txt': 'b\n', 'a.txt': '2\n' });
    await gitlab.delivered();
    const [request] = received.filter(({ url }) => url.pathname === '/h/push');
    expect(request?.headers).toMatchObject({ 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 'webhook-secret', 'x-gitlab-instance': gitlab.origin, 'content-type': 'application/json' });
    expect(JSON.parse(request!.body.toString())).toMatchObject({
      object_kind: 'push',
      ref: 'refs/heads/main',
      before: expect.stringMatching(/^[\da-f]{40}$/),
      after: gitlab.project('h/push').heads.get('main'),
      user_username: 'maintainer',
      project: { path_with_namespace: 'h/push', default_branch: 'main', git_http_url: `${gitlab.origin}/h/push.git` },
      commits: [{ title: 'Change by hand', added: ['b.txt'], modified: ['a.txt'], removed: [] }],
      total_commits_count: 1,
    });
  });

  it('tell what becomes of branches and merge requests', async () => {
    const path = await hooked('h/merge');
    gitlab.commit('h/merge', { 'b.txt': 'b\n' }, 'topic');
    await rest(gitlab, `POST ${path}/merge_requests`, { body: { source_branch: 'topic', title: 'topic' } });
    gitlab.commit('h/merge', { 'b.txt': 'c\n' }, 'topic');
    await rest(gitlab, `PUT ${path}/merge_requests/1`, { body: { title: 'renamed', add_labels: 'renovate' } });
    await rest(gitlab, `PUT ${path}/merge_requests/1`, { body: { title: 'renamed' } });
    await rest(gitlab, `PUT ${path}/merge_requests/1`, { body: { state_event: 'close' } });
    await rest(gitlab, `PUT ${path}/merge_requests/1`, { body: { state_event: 'reopen' } });
    await rest(gitlab, `PUT ${path}/merge_requests/1/merge`, { body: {} });
    const asOf = ['push refs/heads/topic', 'merge_request open', 'push refs/heads/topic', 'merge_request update', 'merge_request update', 'merge_request close', 'merge_request reopen', 'merge_request merge', 'push refs/heads/main', 'push refs/heads/topic'];
    expect(await told('h/merge')).toEqual(asOf);
    const bodies = gitlab.deliveries.filter(({ project }) => project === 'h/merge').map(({ body }) => body as any);
    expect(bodies[3].object_attributes.oldrev).toBe(bodies[0].after);
    expect(bodies[4]).toMatchObject({ changes: { title: { previous: 'topic', current: 'renamed' }, labels: { previous: [], current: [{ title: 'renovate' }] } }, labels: [{ title: 'renovate' }] });
    expect(bodies[7].object_attributes).toMatchObject({ iid: 1, state: 'merged', source_branch: 'topic', target_branch: 'main', last_commit: { title: 'Change by hand' } });
    expect(bodies[9]).toMatchObject({ after: '0'.repeat(40), checkout_sha: null, commits: [] });
  });

  it('tell what becomes of issues and incidents, and what a ticked dashboard was', async () => {
    const path = await hooked('h/issues');
    await rest(gitlab, `POST ${path}/issues`, { body: { title: 'Dependency Dashboard', description: '- [ ] one\n- [ ] two' } });
    gitlab.tick('h/issues', /one/);
    await rest(gitlab, `PUT ${path}/issues/1`, { body: { state_event: 'close' } });
    await rest(gitlab, `PUT ${path}/issues/1`, { body: { state_event: 'close' } });
    await rest(gitlab, `POST ${path}/issues`, { body: { title: 'broken', issue_type: 'incident' } });
    await rest(gitlab, `POST ${path}/issues`, { body: { title: 'secret', confidential: true } });
    expect(await told('h/issues')).toEqual(['issue open', 'issue update', 'issue close', 'issue open', 'issue open']);
    const deliveries = gitlab.deliveries.filter(({ project }) => project === 'h/issues');
    expect(deliveries.map(({ event, body }) => [event, (body as any).object_attributes.type])).toEqual([...Array.from({ length: 3 }, () => ['Issue Hook', 'Issue']), ['Issue Hook', 'Incident'], ['Confidential Issue Hook', 'Issue']]);
    expect(deliveries[1]!.body).toMatchObject({ changes: { description: { previous: '- [ ] one\n- [ ] two', current: '- [x] one\n- [ ] two' } }, user: { username: 'maintainer' } });
  });

  it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['nothing but pushes when nothing is said', {}, ['push refs/heads/main', 'push refs/heads/topic']],
    ['merge requests alone', { push_events: false, merge_requests_events: true }, ['merge_request open']],
    ['pushes of some branches', { push_events_branch_filter: 'to*' }, ['push refs/heads/topic']],
    ['pushes of branches that are named like a regex', { push_events_branch_filter: 't.pic' }, []],
  ])('tell %s', async (name, hook, expected) => {
    const project = `w/${name.replaceAll(' ', '-')}`;
    const path = await hooked(project, hook);
    gitlab.commit(project, { 'b.txt': 'b\n' });
    gitlab.commit(project, { 'c.txt': 'c\n' }, 'topic');
    await rest(gitlab, `POST ${path}/merge_requests`, { body: { source_branch: 'topic', title: 'topic' } });
    expect(await told(project)).toEqual(expected);
  });

  it.each<[string, string, unknown]>([
    ['a receiver that fails', 'broken', 500],
    ['nobody', 'http://127.0.0.1:9/', null],
    ['an address beyond this machine, which is left out', 'https://hooks.example.org/', 'left out'],
  ])('record what %s answers', async (_name, url, status) => {
    const path = `d/to-${url.replaceAll(/\W+/g, '-')}`;
    receiver.fail({ matches: /broken/, answer: 500 });
    gitlab.add({ path, files });
    await rest(gitlab, `POST ${at(path)}/hooks`, { body: { url: url.includes(':') ? url : `${receiver.origin}/${url}` } });
    gitlab.commit(path, { 'b.txt': 'b\n' });
    await gitlab.delivered();
    expect(gitlab.deliveries.filter(({ project }) => project === path).map((delivery) => delivery.status)).toEqual([status]);
  });

  it('delivered waits for what a delivery sets off', async () => {
    const path = await hooked('h/chain', { issues_events: true });
    const answering = await listen(async () => {
      await rest(gitlab, `POST ${path}/issues`, { body: { title: 'set off' } });
      return { status: 200 };
    });
    await rest(gitlab, `POST ${path}/hooks`, { body: { url: answering.origin, push_events: true } });
    gitlab.commit('h/chain', { 'b.txt': 'b\n' });
    expect(await told('h/chain')).toContain('issue open');
    await answering.close();
  });

  it('a push over git is told as well', async () => {
    await hooked('h/git');
    const { repository } = gitlab.project('h/git');
    const url = `${gitlab.origin.replace('://', `://oauth2:${gitlab.token}@`)}/h/git.git`;
    await promisify(execFile)('git', ['--git-dir', repository, 'push', '--quiet', url, 'main:refs/heads/pushed']);
    expect(await told('h/git')).toEqual(['push refs/heads/pushed']);
    expect(gitlab.deliveries.find(({ project }) => project === 'h/git')?.body).toMatchObject({ user_username: 'renovate-bot', before: '0'.repeat(40), commits: [] });
  });

  it.each<[string, number, string, unknown, number]>([
    ['a Developer lists them', 30, 'GET', undefined, 403],
    ['a Maintainer lists them', 40, 'GET', undefined, 200],
    ['no address', 40, 'POST', {}, 400],
    ['an address that is none', 40, 'POST', { url: 'ftp:/x' }, 422],
  ])('%s', async (name, botAccess, method, body, status) => {
    const path = `m/${name.replaceAll(' ', '-')}`;
    gitlab.add({ path, files, botAccess });
    expect((await rest(gitlab, `${method} ${at(path)}/hooks`, { token: gitlab.token, ...(body === undefined ? {} : { body }) })).status).toBe(status);
  });

  it('never show their token, and stop when they are removed', async () => {
    const path = await hooked('h/token');
    const [hook] = (await rest(gitlab, `GET ${path}/hooks`)).body;
    expect(JSON.stringify(hook)).not.toContain('webhook-secret');
    expect((await rest(gitlab, `PUT ${path}/hooks/${hook.id}`, { body: { url: hook.url, issues_events: false } })).body).toMatchObject({ push_events: true, issues_events: false });
    expect((await rest(gitlab, `DELETE ${path}/hooks/${hook.id}`)).status).toBe(204);
    gitlab.commit('h/token', { 'b.txt': 'b\n' });
    expect(await told('h/token')).toEqual([]);
  });
});
