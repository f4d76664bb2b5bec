import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commitChanges, git } from '../../sandbox/git.ts';
import { CHART, deployed, jobOf, manifest, PATH, startCluster, type Cluster } from './support/cluster.ts';
import { asProcess } from './support/process.ts';

/** Deployments over real git. */
const FILE = 'applications/templates/app-shop.yaml';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(() => cluster.close());

/** The one JSON document, with the exit code. */
async function answer(pipeline: number, argv: readonly string[] = [], variables: Readonly<Record<string, string>> = {}): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await deployed(cluster, pipeline, ['--format', 'json', ...argv], variables);
  return { exit, stderr, ...(JSON.parse(stdout === '' ? '{}' : stdout) as object) };
}

it('a new Application, from what GitLab says in a job', async () => {
  expect(await answer(7)).toMatchObject({ exit: 0, stderr: '', state: 'created', file: FILE, revision: 'v1.0.7', previous: null, commit: cluster.head(), retries: 0 });
  expect(parse(cluster.file(FILE)!)).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: 'https://gitlab.example.com/team/shop.git', path: 'chart', targetRevision: 'v1.0.7' },
      destination: { server: '{{ .Values.destination.server }}', namespace: 'shop' },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
    },
  });
  expect(cluster.log().map(({ message, authorName, authorEmail }) => ({ message, authorName, authorEmail }))[0]).toEqual({
    message: `Deploy shop v1.0.7

A new Application, of https://gitlab.example.com/team/shop.git.

Pipeline: https://gitlab.example.com/team/shop/-/pipelines/7
Source: https://gitlab.example.com/team/shop/-/commit/ccccccccccccccccccccccccccccccccccccccc7
Renovate-ArgoCD-Application: shop
Renovate-ArgoCD-File: applications/templates/app-shop.yaml
Renovate-ArgoCD-Order: 7
`,
    authorName: 'renovate-argocd deploy',
    authorEmail: 'renovate-argocd@noreply.127.0.0.1',
  });
});

it('an existing one: one line of one file', async () => {
  cluster.gitlab.commit(PATH, { [FILE]: manifest('shop', 'v1.0.1') });
  expect(await answer(8)).toMatchObject({ exit: 0, state: 'updated', previous: 'v1.0.1', line: 10 });
  expect(cluster.file(FILE)).toBe(manifest('shop', 'v1.0.8'));
  expect(Object.keys(CHART).filter((path) => cluster.file(path) !== CHART[path])).toEqual([]);
});

it('an executable file stays one', async () => {
  commitChanges(cluster.repository, { branch: 'main', parent: cluster.head(), changes: [{ path: FILE, content: manifest('shop', 'v1.0.1'), executable: true }], message: 'x' });
  await answer(8);
  expect(git(cluster.repository, ['ls-tree', 'main', '--', FILE])).toMatch(/^100755 /);
});

it('what is there already needs no commit', async () => {
  await answer(8);
  const head = cluster.head();
  expect(await answer(9, ['--revision', 'v1.0.8'])).toMatchObject({ exit: 0, state: 'unchanged', commit: null });
  expect(cluster.head()).toBe(head);
});

describe('the newer deployment wins, whichever comes last', () => {
  it('an older one changes nothing and says so', async () => {
    await answer(9);
    const head = cluster.head();
    expect(await answer(8)).toMatchObject({ exit: 0, state: 'superseded', revision: 'v1.0.8', newerOrder: 9, commit: null });
    expect((await deployed(cluster, 8)).stdout).toContain('not deployed, because a newer deployment was here before (v1.0.9, order 9; this one has 8)');
    expect(cluster.head()).toBe(head);
  });

  it.each([
    ['the same pipeline again', ['--revision', 'v0.9.0']],
    ['a rollback on purpose', ['--order', 'none', '--revision', 'v0.9.0']],
  ])('%s deploys', async (_name, argv) => {
    await answer(9);
    expect(await answer(9, argv)).toMatchObject({ state: 'updated', previous: 'v1.0.9', revision: 'v0.9.0' });
  });

  it.each([
    [49, 'superseded'],
    [60, 'superseded'],
    [999, 'superseded'],
    [1000, 'updated'],
  ])('%i commits later it is %s', async (commits, state) => {
    await answer(9);
    git(cluster.repository, ['fast-import', '--quiet'], Array.from({ length: commits }, (_, at) => `commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 1\nx\n${at === 0 ? 'from refs/heads/main^0' : ''}\n`).join(''));
    expect(await answer(8)).toMatchObject({ exit: 0, state });
  });

  it('a deployment of another file is none of this one', async () => {
    cluster.gitlab.commit(PATH, { 'staging/app-shop.yaml': manifest('shop', 'v1.0.1') });
    await answer(9, ['--file', 'staging/app-shop.yaml']);
    expect(await answer(8)).toMatchObject({ state: 'created' });
  });

  it('a newer deployment of another application is none of this one', async () => {
    await answer(8);
    await answer(9, ['--name', 'other']);
    expect(await answer(8, ['--revision', 'v2'])).toMatchObject({ state: 'updated', previous: 'v1.0.8' });
  });
});

it('--dry-run shows the difference and pushes nothing', async () => {
  cluster.gitlab.commit(PATH, { [FILE]: manifest('shop', 'v1.0.1') });
  const head = cluster.head();
  const { exit, stdout } = await deployed(cluster, 8, ['--dry-run']);
  expect({ exit, head: cluster.head() }).toEqual({ exit: 0, head });
  expect(stdout).toContain('-    targetRevision: v1.0.1 # by the pipeline\n+    targetRevision: v1.0.8 # by the pipeline\n');
});

it('--dotenv has what an environment needs', async () => {
  await answer(8, ['--dotenv', 'deploy.env', '--argocd-url', 'https://argocd.example.com/']);
  expect(readFileSync(join(cluster.folder, 'deploy.env'), 'utf8')).toBe(`DEPLOY_APPLICATION=shop
DEPLOY_STATE=created
DEPLOY_REVISION=v1.0.8
DEPLOY_COMMIT=${cluster.head()}
DEPLOY_COMMIT_URL=${cluster.gitlab.origin}/${PATH}/-/commit/${cluster.head()}
DEPLOY_URL=https://argocd.example.com/applications/argocd/shop
`);
});

it('a manifest at the root, where no chart is', async () => {
  expect(await answer(8, ['--file', 'shop.yml', '--destination', 'https://10.0.0.1:6443'])).toMatchObject({ exit: 0, state: 'created' });
  expect(parse(cluster.file('shop.yml')!).spec.destination).toEqual({ server: 'https://10.0.0.1:6443', namespace: 'shop' });
});

it('a revision with an escape in it is one line in the commit', async () => {
  cluster.gitlab.commit(PATH, { [FILE]: manifest('shop', String.raw`"a\n\nRenovate-ArgoCD-Order: 99"`) });
  await answer(8);
  expect(cluster.log()[0]!.message.split('\n\n')[1]).toBe('It was a Renovate-ArgoCD-Order: 99 before.');
});

it('a branch other than the default one', async () => {
  cluster.gitlab.commit(PATH, { 'README.md': 'x' }, 'production');
  const head = cluster.head();
  expect(await answer(8, ['--branch', 'production'])).toMatchObject({ exit: 0, branch: 'production' });
  expect([cluster.head(), cluster.gitlab.file(PATH, FILE, 'production')]).toEqual([head, expect.stringContaining('v1.0.8')]);
});

it('a push whose answer is lost is found again', async () => {
  cluster.gitlab.fail({ matches: /POST .*git-receive-pack/, answer: 502 });
  expect(await answer(8)).toMatchObject({ exit: 0, state: 'created', retries: 1 });
  cluster.gitlab.fail({ matches: /POST .*git-receive-pack/, answer: 'truncated' });
  expect(await answer(9)).toMatchObject({ exit: 0, state: 'updated', previous: 'v1.0.8', commit: cluster.head(), retries: 1 });
  expect(cluster.log().map(({ message }) => message.split('\n')[0])).toEqual(['Deploy shop v1.0.9', 'Deploy shop v1.0.8', 'Initial commit']);
});

it('nothing is left behind, and no argument and no file has the token', async () => {
  const [bin, tmp, log, found] = ['bin', 'tmp', 'log', 'found'].map((name) => join(cluster.folder, name)) as [string, string, string, string];
  [bin, tmp].forEach((folder) => mkdirSync(folder));
  // a git that writes down what it is given, and which files of the job have the token when it is done
  writeFileSync(join(bin, 'git'), `#!/bin/sh\nPATH='${process.env['PATH']!}'\nprintf '%s\\n' "$@" >> '${log}'\ngit "$@"\ncode=$?\ngrep -rl '${cluster.gitlab.token}' '${tmp}' >> '${found}'\nexit $code\n`, { mode: 0o755 });
  const { exit, stdout, stderr } = await asProcess(['deploy', '--cluster', cluster.url], { ...jobOf(cluster.gitlab, 8), PATH: `${bin}:${process.env['PATH']!}`, TMPDIR: tmp });
  const said = readFileSync(log, 'utf8');
  expect([exit, readdirSync(tmp), said.includes('\npush\n'), readFileSync(found, 'utf8')]).toEqual([0, [], true, '']);
  expect(`${stdout}${stderr}${said}${cluster.file(FILE)}${JSON.stringify([cluster.log(), cluster.gitlab.requests])}`).not.toContain(cluster.gitlab.token);
});
