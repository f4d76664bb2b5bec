import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { application } from '../support/application.ts';
import { PRESETS, startSandbox, type Charts, type MergeRequest, type ProjectSpec, type RenovateRun, type Sandbox } from './index.ts';

/** Two runs of the real Renovate; its speed is the machine's. */
const MINUTES = 120_000;

const CHARTS = {
  helm: {
    stable: {
      web: { '1.0.0': 40, '1.1.0': 20 },
      db: { '2.0.0': 90, '2.0.1': 30 },
      young: { '1.0.0': 50, '1.0.1': 0.1 },
      cert: { '1.0.0': 90, '2.0.0': 60 },
    },
  },
  oci: { 'charts/podinfo': ['6.0.0', '6.0.1', '6.0.2', '6.0.3', '6.0.4', '6.0.5', '6.1.0'] },
  git: { 'team/shop': ['v1.0.0', 'v1.1.0'] },
};

const RENOVATE_JSON = JSON.stringify({
  extends: [`local>${PRESETS}`],
  dependencyDashboard: true,
  prHourlyLimit: 0,
  minimumReleaseAge: '3 days',
  minimumReleaseAgeBehaviour: 'timestamp-optional',
  statusCheckWhen: { minimumReleaseAge: 'never' },
  packageRules: [
    { matchUpdateTypes: ['patch'], automerge: true },
    { matchUpdateTypes: ['major'], dependencyDashboardApproval: true },
  ],
});

const shop = (repository: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
spec:
  source:
    repoURL: ${repository}
    path: chart
    targetRevision: v1.0.0
`;

function projects(charts: Charts): ProjectSpec[] {
  const db = { 'renovate.json': RENOVATE_JSON, 'db.yaml': application('db', '2.0.0', charts.helm('stable')) };
  const cluster = {
    ...db,
    'web.yaml': application('web', '1.0.0', charts.helm('stable')),
    'young.yaml': application('young', '1.0.0', charts.helm('stable')),
    'cert.yaml': application('cert', '1.0.0', charts.helm('stable')),
    'podinfo.yaml': application('podinfo', '6.0.5', `${charts.registry}/charts`),
    'shop.yaml': shop(charts.git('team/shop')),
  };
  return [
    { path: 'platform/cluster', files: cluster },
    { path: 'platform/slow', files: db, ci: 'running', pipelinesMustSucceed: true },
    { path: 'platform/without-ci', files: db, ci: 'none' },
  ];
}

const titles = (requests: readonly MergeRequest[] = []): string[] => requests.map(({ source }) => source.replace(/^renovate\//, '').replace(/.*charts-/, '').replace(/.*team-/, '')).sort();

describe('Renovate in the sandbox', () => {
  let sandbox: Sandbox;
  let run: RenovateRun;

  beforeAll(async () => {
    sandbox = await startSandbox({ charts: CHARTS, projects });
    run = await sandbox.renovate({ projects: ['platform/cluster', 'platform/slow', 'platform/without-ci'] });
  }, MINUTES);
  afterAll(() => sandbox.close());

  it('ends well, within the sandbox', () => {
    expect(run).toMatchObject({ exitCode: 0, problems: [], attempts: [] });
    expect(Object.values(run.projects).map(({ result }) => result)).toEqual(['done', 'done', 'done']);
    expect(sandbox.gitlab.unknown).toEqual([]);
  });

  it('takes the presets from their project', () => {
    expect(sandbox.gitlab.requests).toContainEqual(expect.objectContaining({ path: expect.stringContaining('platform%2Frenovate-argocd/repository/files/default.json'), status: 200 }) as unknown);
  });

  it('opens merge requests for an http chart, an OCI chart and a git tag', () => {
    expect(titles(run.projects['platform/cluster']?.opened)).toEqual(['podinfo-6.x', 'shop.git-1.x', 'web-1.x']);
    expect(sandbox.gitlab.file('platform/cluster', 'web.yaml', 'renovate/web-1.x')).toBe(application('web', '1.1.0', sandbox.charts.helm('stable')));
  });

  it('merges a patch when CI is green', () => {
    expect(titles(run.projects['platform/cluster']?.merged)).toEqual(['db-2.0.x']);
    expect(sandbox.gitlab.file('platform/cluster', 'db.yaml')).toBe(application('db', '2.0.1', sandbox.charts.helm('stable')));
  });

  it('leaves a young release pending and a major one to be approved', () => {
    const sections = (run.projects['platform/cluster']?.dashboard ?? '').split('\n## ');
    expect(sections).toContainEqual(expect.stringMatching(/^Pending Status Checks[^]*unpend-branch=renovate\/young-1\.0\.x/));
    expect(sections).toContainEqual(expect.stringMatching(/^Pending Approval[^]*- \[ \] <!-- approve-branch=renovate\/cert-2\.x/));
  });

  it('lets GitLab merge when the pipeline ends', () => {
    const [before] = run.projects['platform/slow']?.opened ?? [];
    expect(before?.autoMerge).not.toBeNull();
    sandbox.gitlab.finishPipelines('platform/slow', 'success');
    expect(sandbox.gitlab.project('platform/slow').mergeRequests).toMatchObject([{ state: 'merged', mergedBy: { username: 'renovate-bot' } }]);
  });

  it('merges nothing where there is no pipeline: GitLab answers 405', () => {
    expect(titles(run.projects['platform/without-ci']?.opened)).toEqual(['db-2.0.x']);
    expect(sandbox.gitlab.requests).toContainEqual(expect.objectContaining({ method: 'PUT', path: '/api/v4/projects/platform%2Fwithout-ci/merge_requests/1/merge', status: 405 }));
  });

  it('opens what was ticked in the next run', async () => {
    sandbox.gitlab.tick('platform/cluster', /approve-branch=renovate\/cert-2\.x/);
    const next = await sandbox.renovate({ projects: ['platform/cluster'] });
    expect(titles(next.projects['platform/cluster']?.opened)).toEqual(['cert-2.x']);
  }, MINUTES);
});

describe('GitLab without Renovate', () => {
  let sandbox: Sandbox;
  const files = { 'a.txt': 'a\n' };

  beforeAll(async () => {
    sandbox = await startSandbox({ charts: CHARTS, projects: () => [{ path: 'g/a', files }, { path: 'g/secret', files, botAccess: 0 }, { path: 'g/read', files, botAccess: 20 }, { path: 'g/write', files, botAccess: 30 }] });
  });
  afterAll(() => sandbox.close());

  function call(path: string, { method = 'GET', body, token = sandbox.gitlab.token }: { method?: string; body?: unknown; token?: string } = {}): Promise<Response> {
    const init = { method, headers: { 'private-token': token, 'content-type': 'application/json' } };
    return fetch(`${sandbox.gitlab.endpoint}${path}`, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  }

  it.each([
    ['a wrong token', 'user', { token: 'wrong' }, 401],
    ['somebody else\'s project', 'projects/g%2Fsecret', {}, 404],
    ['a Reporter who writes', 'projects/g%2Fread/merge_requests', { method: 'POST', body: {} }, 403],
    ['a branch that is not there', 'projects/g%2Fa/merge_requests', { method: 'POST', body: { source_branch: 'x' } }, 400],
    ['a route that is not emulated', 'projects/g%2Fa/wikis', {}, 404],
  ])('refuses %s', async (_name, path, options, status) => {
    expect((await call(path, options)).status).toBe(status);
  });

  it('pages lists by Link', async () => {
    const response = await call('projects?per_page=2&page=1&simple=true');
    expect(await response.json()).toHaveLength(2);
    expect(response.headers.get('link')).toContain(`<${sandbox.gitlab.endpoint}projects?per_page=2&page=2&simple=true>; rel="next"`);
    expect(await (await call('projects?per_page=2&page=2')).json()).toHaveLength(2);
  });

  it('fails on demand, once', async () => {
    sandbox.gitlab.fail({ matches: /^GET .*\/user$/, answer: 502 });
    sandbox.gitlab.fail({ matches: /^GET .*\/user$/, answer: 'reset' });
    expect((await call('user')).status).toBe(502);
    await expect(call('user')).rejects.toThrow();
    expect((await call('user')).status).toBe(200);
    expect(sandbox.gitlab.requests.slice(-3).map(({ status }) => status)).toEqual([502, 'reset', 200]);
  });

  it.each([
    ['a Developer on main', 'g/write', 'main', 'deny updating a hidden ref'],
    ['a Reporter', 'g/read', 'topic', '403'],
    ['a stranger', 'g/secret', 'topic', 'not found'],
  ])('git refuses a push of %s', async (_name, path, branch, reason) => {
    const { repository } = sandbox.gitlab.project('g/a');
    const url = `${sandbox.gitlab.origin.replace('://', `://oauth2:${sandbox.gitlab.token}@`)}/${path}.git`;
    await expect(promisify(execFile)('git', ['--git-dir', repository, 'push', url, `+main:refs/heads/${branch}`])).rejects.toThrow(reason);
  });

  /** lib/api/merge_requests.rb and auto_merge/merge_when_checks_pass_service.rb. */
  it.each<[NonNullable<ProjectSpec['ci']>, boolean, 'plain' | 'auto', number, string]>([
    ['none', false, 'plain', 200, 'merged'],
    ['none', false, 'auto', 405, 'opened'],
    ['none', true, 'plain', 405, 'opened'],
    ['none', true, 'auto', 200, 'waiting'],
    ['success', false, 'auto', 200, 'merged'],
    ['success', true, 'plain', 200, 'merged'],
    ['failed', false, 'plain', 200, 'merged'],
    ['failed', false, 'auto', 405, 'opened'],
    ['failed', true, 'plain', 405, 'opened'],
    ['failed', true, 'auto', 200, 'waiting'],
    ['running', false, 'plain', 200, 'merged'],
    ['running', false, 'auto', 200, 'waiting'],
    ['running', true, 'plain', 405, 'opened'],
  ])('CI %s, pipelines must succeed: %s, merge %s: %s, %s', async (ci, pipelinesMustSucceed, how, status, outcome) => {
    const path = `m/${ci}-${pipelinesMustSucceed}-${how}`;
    sandbox.gitlab.add({ path, files, ci, pipelinesMustSucceed });
    sandbox.gitlab.commit(path, { 'b.txt': 'b\n' }, 'topic');
    const project = `projects/${encodeURIComponent(path)}`;
    await call(`${project}/merge_requests`, { method: 'POST', body: { source_branch: 'topic', target_branch: 'main', title: 'b' } });
    const answer = await call(`${project}/merge_requests/1/merge`, { method: 'PUT', body: how === 'auto' ? { merge_when_pipeline_succeeds: true } : {} });
    const [request] = sandbox.gitlab.project(path).mergeRequests;
    expect({ status: answer.status, outcome: request?.autoMerge === null ? request.state : 'waiting' }).toEqual({ status, outcome });
  });

  it('a cancelled auto-merge and one whose branch moved do not merge', async () => {
    sandbox.gitlab.add({ path: 'm/undone', files, ci: 'running' });
    sandbox.gitlab.commit('m/undone', { 'b.txt': 'b\n' }, 'cancelled');
    sandbox.gitlab.commit('m/undone', { 'c.txt': 'c\n' }, 'moved');
    const [cancelled, moved] = ['cancelled', 'moved'].map((source_branch) => call('projects/m%2Fundone/merge_requests', { method: 'POST', body: { source_branch, title: source_branch } }));
    await Promise.all([cancelled, moved]);
    await call('projects/m%2Fundone/merge_requests/1/merge', { method: 'PUT', body: { auto_merge: true } });
    await call('projects/m%2Fundone/merge_requests/2/merge', { method: 'PUT', body: { auto_merge: true } });
    await call('projects/m%2Fundone/merge_requests/1/cancel_merge_when_pipeline_succeeds', { method: 'POST' });
    const source = sandbox.gitlab.project('m/undone').mergeRequests[1]?.source ?? '';
    sandbox.gitlab.commit('m/undone', { 'd.txt': 'd\n' }, source);
    sandbox.gitlab.finishPipelines('m/undone', 'success');
    expect(sandbox.gitlab.project('m/undone').mergeRequests.map(({ state }) => state)).toEqual(['opened', 'opened']);
  });

  it.each<[string, Partial<ProjectSpec>, Record<string, string>, string]>([
    ['both changed a file', {}, { 'a.txt': 'other\n' }, 'conflict'],
    ['fast-forward only', { mergeMethod: 'ff' }, { 'other.txt': 'other\n' }, 'need_rebase'],
    ['an approval is missing', { approvalsRequired: 1 }, { 'other.txt': 'other\n' }, 'not_approved'],
  ])('does not merge when %s', async (name, settings, onMain, status) => {
    const path = `m/${name.replaceAll(' ', '-')}`;
    sandbox.gitlab.add({ path, files, ...settings });
    sandbox.gitlab.commit(path, { 'a.txt': 'topic\n' }, 'topic');
    sandbox.gitlab.commit(path, onMain);
    const project = `projects/${encodeURIComponent(path)}`;
    const request = await call(`${project}/merge_requests`, { method: 'POST', body: { source_branch: 'topic', title: 'topic' } });
    expect(await request.json()).toMatchObject({ detailed_merge_status: status, diverged_commits_count: 1 });
    expect((await call(`${project}/merge_requests/1/merge`, { method: 'PUT', body: {} })).status).toBe(405);
  });

  it('a status from outside makes a pipeline where there is none', async () => {
    sandbox.gitlab.add({ path: 'm/external', files, ci: 'none' });
    sandbox.gitlab.commit('m/external', { 'b.txt': 'b\n' }, 'topic');
    const created = (await (await call('projects/m%2Fexternal/merge_requests', { method: 'POST', body: { source_branch: 'topic', title: 'b' } })).json()) as { sha: string; pipeline: unknown };
    expect(created.pipeline).toBeNull();
    await call(`projects/m%2Fexternal/statuses/${created.sha}`, { method: 'POST', body: { state: 'success', context: 'renovate/stability-days' } });
    expect(await (await call('projects/m%2Fexternal/merge_requests/1')).json()).toMatchObject({ pipeline: { status: 'success', source: 'external' } });
  });

  it('the registry gives its tags in pages and a chart by tag and by digest', async () => {
    const { origin } = sandbox.charts;
    const first = await fetch(`${origin}/v2/charts/podinfo/tags/list?n=100`);
    expect(await first.json()).toEqual({ name: 'charts/podinfo', tags: ['6.0.0', '6.0.1', '6.0.2', '6.0.3', '6.0.4'] });
    expect(first.headers.get('link')).toBe('</v2/charts/podinfo/tags/list?n=5&last=6.0.4>; rel="next"');
    const byTag = await fetch(`${origin}/v2/charts/podinfo/manifests/6.1.0`);
    const byDigest = await fetch(`${origin}/v2/charts/podinfo/manifests/${byTag.headers.get('docker-content-digest')}`);
    const manifest = (await byTag.json()) as { config: { digest: string; mediaType: string } };
    expect(await byDigest.json()).toEqual(manifest);
    expect(manifest.config.mediaType).toBe('application/vnd.cncf.helm.config.v1+json');
    expect(await (await fetch(`${origin}/v2/charts/podinfo/blobs/${manifest.config.digest}`)).json()).toMatchObject({ name: 'podinfo', version: '6.1.0' });
  });
});

it('close stops all and removes the folder', async () => {
  const sandbox = await startSandbox({ projects: () => [{ path: 'g/a', files: { 'renovate.json': '{}' } }] });
  const run = expect(sandbox.renovate({ projects: ['g/a'] })).rejects.toThrow('aborted');
  await sandbox.close();
  await run;
  expect(existsSync(sandbox.folder)).toBe(false);
  await expect(fetch(sandbox.gitlab.origin)).rejects.toThrow();
  await expect(fetch(sandbox.charts.origin)).rejects.toThrow();
});
