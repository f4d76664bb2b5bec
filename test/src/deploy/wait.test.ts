import { judge } from '../../../src/deploy/wait/argocd.ts';
import { follow, type Look } from '../../../src/deploy/wait/look.ts';
import { prometheusLook } from '../../../src/deploy/wait/prometheus.ts';
import { json, listen, text, type Answer, type Loopback, type Request } from '../../sandbox/loopback.ts';
import { deployed, startCluster, type Cluster } from './support/cluster.ts';

/** Following a deployment into the cluster. */
const COMMIT = 'c'.repeat(40);
const REPOSITORY = 'https://gitlab.example.com/team/shop.git';
const expected = { name: 'shop', argocdNamespace: 'argocd', repository: REPOSITORY, revision: 'v2', commit: null };

function source(targetRevision = 'v2', repoURL = REPOSITORY): object {
  return { source: { repoURL, targetRevision, path: 'chart' } };
}

interface State {
  readonly sync?: string;
  readonly health?: string;
  readonly compared?: object;
  readonly revision?: string;
  readonly operation?: object;
  readonly conditions?: object[];
}

function application({ sync = 'Synced', health = 'Healthy', compared = source(), revision = COMMIT, operation = { phase: 'Succeeded' }, conditions = [] }: State = {}, spec = source()): Parameters<typeof judge>[0] {
  return { spec, status: { sync: { status: sync, revision, comparedTo: compared }, health: { status: health }, operationState: operation, conditions } } as Parameters<typeof judge>[0];
}

describe('one state of an Application', () => {
  it.each<[string, Parameters<typeof judge>[0], string, string]>([
    ['there', application(), 'healthy', 'Synced, Healthy at v2'],
    ['not changed yet', application({}, source('v1')), 'pending', 'does not have v2 yet'],
    ['of another repository', application({}, source('v2', 'https://gitlab.example.com/team/other.git')), 'pending', 'does not have v2 yet'],
    ['changed, but its status is of before', application({ compared: source('v1') }), 'pending', 'Synced, Healthy'],
    ['out of sync', application({ sync: 'OutOfSync' }), 'pending', 'OutOfSync, Healthy'],
    ['syncing', application({ operation: { phase: 'Running' } }), 'pending', 'and syncing'],
    ['coming up', application({ health: 'Progressing' }), 'pending', 'Synced, Progressing at v2'],
    ['ill', application({ health: 'Degraded' }), 'degraded', 'Synced, Degraded at v2'],
    ['ill from before', application({ health: 'Degraded', compared: source('v1') }), 'pending', 'Synced, Degraded'],
    ['a sync that failed', application({ sync: 'OutOfSync', operation: { phase: 'Failed', message: 'one or more\nobjects', syncResult: { ...source(), revision: COMMIT } } }), 'failed', 'the sync of v2 failed: one or more objects'],
    ['a sync that failed before', application({ sync: 'OutOfSync', operation: { phase: 'Failed', syncResult: source('v1') } }), 'pending', 'OutOfSync'],
    ['a revision that is not there', application({ sync: 'Unknown', conditions: [{ type: 'ComparisonError', message: 'unable to resolve v2' }] }), 'pending', 'ComparisonError: unable to resolve v2'],
    ['without a status', { spec: source() } as Parameters<typeof judge>[0], 'pending', 'Unknown, Unknown'],
    ['with several sources', application({ compared: { sources: [{ repoURL: 'x' }, { repoURL: 'git@gitlab.example.com:team/shop', targetRevision: 'v2' }] } }, { sources: [{ repoURL: REPOSITORY, targetRevision: 'v2' }] }), 'healthy', 'at v2'],
  ])('%s', (_name, state, kind, says) => {
    expect(judge(state, expected)).toEqual({ kind, text: expect.stringContaining(says) });
  });

  it.each([
    [COMMIT, 'healthy'],
    ['d'.repeat(40), 'pending'],
  ])('a branch has to be at its commit: %s', (revision, kind) => {
    expect(judge(application({ revision }), { ...expected, commit: COMMIT })).toMatchObject({ kind });
  });
});

describe('looking again', () => {
  const look = (kind: Look['kind']): Look => ({ kind, text: kind });
  it.each<[string, Look['kind'][], string, number]>([
    ['until it is there', ['pending', 'unanswered', 'healthy'], 'healthy', 10],
    ['ill twice is ill', ['pending', 'degraded', 'degraded'], 'degraded', 10],
    ['ill once is not', ['degraded', 'pending', 'degraded', 'pending', 'healthy'], 'healthy', 20],
    ['a failed sync at once', ['failed'], 'failed', 0],
    ['for so long and no longer', ['pending'], 'timeout', 30],
    ['nobody ever answers', ['unanswered'], 'unanswered', 30],
    ['somebody did', ['pending', 'unanswered'], 'timeout', 30],
  ])('%s', async (_name, looks, kind, seconds) => {
    let now = 0;
    let at = 0;
    const waited = await follow(() => Promise.resolve(look(looks[Math.min(at++, looks.length - 1)]!)), { timeoutMs: 30_000, intervalMs: 5_000, now: () => now, sleep: async (ms) => void (now += ms), step: () => {} });
    expect(waited).toMatchObject({ kind, seconds });
  });
});

describe('by the metric, which has no revision', () => {
  const SETTLED = 240_000;
  it.each<[string, (readonly [seconds: number, ...rows: (readonly [sync: string, health: string])[]])[], string[]]>([
    ['seen to move', [[0, ['Synced', 'Healthy']], [5, ['OutOfSync', 'Healthy']], [10, ['Synced', 'Progressing']], [15, ['Synced', 'Healthy']]], ['pending', 'pending', 'pending', 'healthy']],
    ['not seen to move, until it would have', [[0, ['Synced', 'Healthy']], [239, ['Synced', 'Healthy']], [240, ['Synced', 'Healthy']]], ['pending', 'pending', 'healthy']],
    ['new', [[0], [5, ['OutOfSync', 'Missing']], [10, ['Synced', 'Healthy']]], ['pending', 'pending', 'healthy']],
    ['ill before and well after', [[0, ['Synced', 'Degraded']], [5, ['Synced', 'Degraded']], [10, ['OutOfSync', 'Degraded']], [15, ['Synced', 'Healthy']]], ['pending', 'pending', 'pending', 'healthy']],
    ['ill after', [[0, ['Synced', 'Healthy']], [5, ['OutOfSync', 'Healthy']], [10, ['Synced', 'Degraded']]], ['pending', 'pending', 'degraded']],
    ['the worst of two counts', [[0], [5, ['Synced', 'Healthy'], ['OutOfSync', 'Healthy']]], ['pending', 'pending']],
  ])('%s', async (_name, steps, kinds) => {
    let now = 0;
    let rows: readonly (readonly [string, string])[] = [];
    const get = () => Promise.resolve({ status: 200, document: { status: 'success', data: { resultType: 'vector', result: rows.map(([sync_status, health_status]) => ({ metric: { sync_status, health_status }, value: [0, '1'] })) } } });
    const look = prometheusLook(get, { name: 'shop', settleMs: SETTLED, now: () => now });
    const seen: string[] = [];
    for (const [seconds, ...there] of steps) {
      [now, rows] = [seconds * 1000, there];
      seen.push((await look()).kind);
    }
    expect(seen).toEqual(kinds);
  });
});

describe('as a command', () => {
  let cluster: Cluster;
  let server: Loopback;
  let seen: { path: string; authorization: string | undefined }[];
  let answerTo: (request: Request) => Answer;
  beforeEach(async () => {
    cluster = await startCluster();
    seen = [];
    server = await listen((request) => {
      seen.push({ path: `${request.url.pathname}${request.url.search}`, authorization: request.headers.authorization });
      return Promise.resolve(answerTo(request));
    });
  });
  afterEach(async () => {
    await server.close();
    await cluster.close();
  });

  function waited(argv: readonly string[], env: Readonly<Record<string, string>> = {}): ReturnType<typeof deployed> {
    return deployed(cluster, 8, ['--wait', '--timeout', '0', ...argv], env);
  }

  it('Argo CD is asked with its token, and to look now', async () => {
    answerTo = () => json(200, application({ compared: source('v1.0.8') }, source('v1.0.8')));
    const { exit, stdout } = await waited(['--argocd-url', `${server.origin}/`, '--parent', 'cluster'], { ARGOCD_AUTH_TOKEN: 'argocd-secret-token' });
    expect([exit, stdout]).toEqual([0, expect.stringMatching(/✓ Synced, Healthy at v1\.0\.8, after \d+ seconds?\n$/)]);
    expect(seen).toEqual(['cluster', 'shop'].map((name) => ({ path: `/api/v1/applications/${name}?appNamespace=argocd&refresh=normal`, authorization: 'Bearer argocd-secret-token' })));
  });

  it.each<[string, () => Answer, number, string]>([
    ['not there', () => json(403, { error: 'permission denied' }), 1, 'it did not arrive in time: Argo CD has no Application shop yet, or the token may not see it (403)'],
    ['failed', () => json(200, application({ sync: 'OutOfSync', operation: { phase: 'Error', message: 'no such CRD', syncResult: source('v1.0.8') } }, source('v1.0.8'))), 1, 'Argo CD could not apply it: the sync of v1.0.8 failed: no such CRD'],
    ['a wrong token', () => json(401, {}), 3, 'error[argocd-unauthorised]'],
    ['a broken server', () => text(502, 'Bad Gateway'), 3, 'error[argocd-unreachable]'],
    ['something else', () => json(200, { html: true }), 3, 'something that is no Application'],
    ['a redirect, which would take the token along', () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }), 3, 'answers with 302'],
  ])('%s', async (_name, answer, code, says) => {
    answerTo = answer;
    const { exit, stdout, stderr } = await waited(['--argocd-url', server.origin], { ARGOCD_AUTH_TOKEN: 'argocd-secret-token' });
    expect([exit, `${stdout}${stderr}`]).toEqual([code, expect.stringContaining(says)]);
    expect(`${stdout}${stderr}`).toContain(cluster.head());
    expect(`${stdout}${stderr}`).not.toContain('argocd-secret-token');
  });

  it('Prometheus is asked for the metric', async () => {
    answerTo = () => json(200, { status: 'success', data: { resultType: 'vector', result: [{ metric: { name: 'shop', sync_status: 'Synced', health_status: 'Healthy' }, value: [1, '1'] }] } });
    const { exit, stdout } = await waited(['--prometheus-url', server.origin, '--settle', '0']);
    expect([exit, stdout]).toEqual([0, expect.stringContaining('✓ Synced, Healthy')]);
    expect(seen).toEqual([{ path: '/api/v1/query?query=argocd_app_info%7Bname%3D%22shop%22%7D', authorization: undefined }]);
  });

  it('nobody waits for a deployment that was overtaken', async () => {
    await deployed(cluster, 9);
    const { exit, stdout } = await waited(['--argocd-url', server.origin]);
    expect([exit, stdout, seen]).toEqual([0, expect.stringContaining('not deployed'), []]);
  });
});
