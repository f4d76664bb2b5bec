import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../../sandbox/git.ts';
import type { ProjectSpec } from '../../sandbox/gitlab/spec.ts';
import { deployed, manifest, PATH, startCluster, type Cluster } from './support/cluster.ts';

/** What goes wrong: a code, what to do, and a cluster repository in which nothing was changed. */
const FILE = 'applications/templates/app-shop.yaml';

let cluster: Cluster;
afterEach(() => cluster.close());

interface Case {
  readonly files?: Readonly<Record<string, string>>;
  readonly spec?: Partial<ProjectSpec>;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Before the deployment. */
  prepare?(): void;
}

async function outcomeOf({ files = {}, spec = {}, argv = [], env = {}, prepare = () => {} }: Case): Promise<{ exit: number; code: string | null; stderr: string; changed: boolean }> {
  cluster = await startCluster(files, spec);
  prepare();
  const refs = (): string => git(cluster.repository, ['for-each-ref']);
  const before = refs();
  const { exit, stdout, stderr } = await deployed(cluster, 8, argv, env);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/ at \S+:\d+:\d+\)?$|glpat-/m);
  expect(stderr).not.toContain(cluster.gitlab.token);
  return { exit, code: /^error\[(?<code>[\w-]+)\]/m.exec(stderr)?.groups?.['code'] ?? null, stderr, changed: refs() !== before };
}

/** A commit with an entry of this mode, which is not that of a file. */
function entry(mode: string, path: string, target = 'README.md'): void {
  const { repository } = cluster;
  const id = mode === '160000' ? cluster.head() : git(repository, ['hash-object', '-w', '--stdin'], target);
  git(repository, ['fast-import', '--quiet'], `commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\nM ${mode} ${id} ${path}\n\n`);
}

describe('the way to the repository', () => {
  it.each<[string, Case, number, string, string]>([
    ['a wrong token', { env: { RENOVATE_ARGOCD_DEPLOY_TOKEN: 'glpat-wrong-wrong-wrong' } }, 3, 'cluster-unauthorised', 'Check RENOVATE_ARGOCD_DEPLOY_TOKEN'],
    ['no token', { env: { RENOVATE_ARGOCD_DEPLOY_TOKEN: '' } }, 2, 'token-missing', 'scope write_repository'],
    ['an empty file for it', { env: { RENOVATE_ARGOCD_DEPLOY_TOKEN: '', RENOVATE_ARGOCD_DEPLOY_TOKEN_FILE: '/dev/null' } }, 2, 'token-missing', 'is empty'],
    ['a token that has expired', { prepare: () => cluster.gitlab.expire(cluster.gitlab.token, '2020-01-01') }, 3, 'cluster-unauthorised', 'has not expired'],
    ['a token that may only read', { spec: { botAccess: 20 } }, 3, 'cluster-forbidden', 'scope write_repository and the role Developer'],
    ['a protected branch', { spec: { botAccess: 30 } }, 3, 'cluster-forbidden', 'Protected branches'],
    ['a branch that nobody may push to', { spec: { pushAccess: 0 } }, 3, 'cluster-forbidden', 'Protected branches'],
    ['a repository that is not there', { argv: ['--cluster', 'URL/platform/none.git'] }, 3, 'cluster-missing', '--cluster'],
    ['one that the token may not see', { spec: { botAccess: 0 } }, 3, 'cluster-missing', 'hidden from this account'],
    ['one without a commit', { spec: { empty: true } }, 3, 'cluster-missing', 'has no commit yet'],
    ['a branch that is not there', { argv: ['--branch', 'production'] }, 3, 'cluster-missing', 'has no branch production'],
    ['a server that is down', { argv: ['--cluster', 'http://127.0.0.1:1/platform/cluster-config.git', '--branch', 'main', '--retries', '0'] }, 3, 'cluster-unreachable', 'cannot be reached'],
    ['a server in trouble', { argv: ['--retries', '0'], prepare: () => void cluster.gitlab.fail({ matches: /./, answer: 503, times: Infinity }) }, 3, 'cluster-unreachable', 'error: 503'],
    ['an answer from somewhere else', { prepare: () => void cluster.gitlab.fail({ matches: /./, answer: { status: 301, headers: { location: 'http://127.0.0.1:1/x' } }, times: Infinity }) }, 3, 'cluster-missing', 'names another address'],
    ['an address with a password', { argv: ['--cluster', 'https://bot:glpat-abcdefghijklmnop@gitlab.example.com/a/b.git'] }, 2, 'usage', 'carries credentials'],
    ['an address that is a file', { argv: ['--cluster', '/srv/git/cluster.git'] }, 2, 'usage', 'is no address of a repository'],
    ['an address that is an option', { argv: ['--cluster=--upload-pack=x'] }, 2, 'usage', 'address'],
    ['an address for another transport', { argv: ['--cluster', 'ext::sh -c x'] }, 2, 'usage', 'address'],
    ['a host that is an option', { argv: ['--cluster', 'ssh://-oProxyCommand=x/a/b.git'] }, 2, 'usage', 'address'],
    ['a key that is not there', { argv: ['--cluster', 'git@127.0.0.1:a/b.git', '--ssh-key', 'none'] }, 2, 'usage', 'there is no file'],
    ['a key that is none', { argv: ['--cluster', 'git@127.0.0.1:a/b.git', '--ssh-key', '/dev/null'] }, 2, 'usage', 'holds no private key'],
  ])('%s', async (_name, one, exit, code, says) => {
    const argv = one.argv?.map((word) => word.replace(/^URL/, 'http://127.0.0.1:ORIGIN'));
    const outcome = await withOrigin({ ...one, ...(argv === undefined ? {} : { argv }) });
    expect(outcome).toMatchObject({ exit, code, changed: false });
    expect(outcome.stderr).toContain(says);
  });
});

/** The port is known only when the server is there. */
async function withOrigin(one: Case): Promise<Awaited<ReturnType<typeof outcomeOf>>> {
  const argv = [...(one.argv ?? [])];
  return outcomeOf({ ...one, argv, prepare: () => {
    argv.forEach((word, at) => (argv[at] = word.replace('http://127.0.0.1:ORIGIN', cluster.gitlab.origin)));
    one.prepare?.();
  } });
}

describe('what is there already', () => {
  it.each<[string, Case, string, string]>([
    ['a malformed manifest', { files: { [FILE]: manifest('shop', 'v1').replace('spec:', 'spec: [') } }, 'manifest-malformed', `--> ${FILE}:9:11`],
    ['one of another repository', { files: { [FILE]: manifest('store', 'v1') } }, 'manifest-foreign', `--> ${FILE}:11:14`],
    ['one whose revision is templated', { files: { [FILE]: manifest('shop', '{{ .Values.shop }}') } }, 'manifest-unclear', '10 |     targetRevision: {{ .Values.shop }} # by the pipeline'],
    ['bytes', { prepare: () => cluster.gitlab.commit(PATH, { [FILE]: 'a\0b' }) }, 'manifest-malformed', 'contains NUL bytes'],
    ['a symbolic link', { prepare: () => entry('120000', FILE, '../../README.md') }, 'manifest-unclear', 'it is a symbolic link'],
    ['a link out of the repository', { prepare: () => entry('120000', FILE, '/etc/passwd') }, 'manifest-unclear', 'it is a symbolic link'],
    ['a link on the way', { argv: ['--file', 'linked/app-shop.yaml'], prepare: () => entry('120000', 'linked', 'applications/templates') }, 'manifest-unclear', 'linked is no folder there but a symbolic link'],
    ['a file on the way', { argv: ['--file', 'README.md/app-shop.yaml'], files: { 'README.md': 'x' } }, 'manifest-unclear', 'README.md is no folder there but a file'],
    ['a submodule', { prepare: () => entry('160000', FILE) }, 'manifest-unclear', 'it is a submodule'],
    ['a folder', { files: { [`${FILE}/x`]: 'x' } }, 'manifest-unclear', 'it is a folder'],
    ['an Application of that name elsewhere', { files: { 'applications/templates/store.yaml': manifest('shop', 'v1') } }, 'manifest-foreign', '--file applications/templates/store.yaml'],
    ['a password in the address of a foreign one', { files: { [FILE]: manifest('store', 'v1').replace('https://', 'https://bot:glpat-abcdefghijklmnop@') } }, 'manifest-foreign', 'https://•••@gitlab.example.com/team/store.git'],
    ['no folder', { argv: ['--file', 'apps/app-shop.yaml'] }, 'directory-missing', 'has no folder apps'],
  ])('%s', async (_name, one, code, says) => {
    const outcome = await outcomeOf(one);
    expect(outcome).toMatchObject({ exit: 2, code, changed: false });
    expect(outcome.stderr).toContain(says);
  });
});

describe('what would leave its place', () => {
  it.each<[string, readonly string[], string]>([
    ['a name with ../', ['--name', '../../etc'], '--name "../../etc"'],
    ['a name with YAML in it', ['--name', 'a\nkind: Secret'], '--name'],
    ['a name with a template', ['--name', '{{ .Values.x }}'], '--name'],
    ['a name in capitals', ['--name', 'Shop'], '--name "Shop": a name has at most 53 lower case letters'],
    ['a name that is an option', ['--name=-x'], '--name'],
    ['a name that is too long', ['--name', 'a'.repeat(54)], '--name'],
    ['a file outside of the repository', ['--file', '../other/app.yaml'], '--file "../other/app.yaml"'],
    ['an absolute file', ['--file', '/etc/app.yaml'], '--file'],
    ['a file of git itself', ['--file', '.git/config.yaml'], '--file'],
    ['a file that is no YAML', ['--file', 'applications/Chart.lock'], '--file'],
    ['a file with a comma', ['--file', 'a,b.yaml'], '--file'],
    ['a revision with a template', ['--revision', '{{ .Values.x }}'], '--revision'],
    ['a revision of two lines', ['--revision', 'v1\nother: x'], '--revision'],
    ['a revision with ..', ['--revision', 'a..b'], '--revision'],
    ['a revision that is an option', ['--revision=--force'], '--revision'],
    ['a namespace with YAML in it', ['--namespace', 'a: b'], '--namespace'],
    ['a namespace of Argo CD with ../', ['--argocd-namespace', '../x'], '--argocd-namespace'],
    ['a chart outside of its repository', ['--chart-path', '../chart'], '--chart-path'],
    ['a chart with a template', ['--chart-path', '{{ x }}'], '--chart-path'],
    ['a project with a blank', ['--project', 'a b'], '--project'],
    ['a destination with a password', ['--destination', 'https://a:b@example.com'], '--destination'],
    ['a repository with a password', ['--repository', 'https://a:b@example.com/a/b.git'], '--repository'],
    ['a branch that is an option', ['--branch=--exec=x'], '--branch'],
    ['an order that is no number', ['--order', '1e9'], '--order'],
    ['an author of two lines', ['--author', 'A\nB <a@example.org>'], '--author'],
    ['an author without an address', ['--author', 'A'], '--author "A": an author is written NAME <ADDRESS>'],
    ['a link with a password', ['--pipeline-url', 'https://a:b@example.com/'], '--pipeline-url'],
    ['values that are no YAML', ['--values', 'bad.yaml'], '--values'],
    ['values that are not there', ['--values', 'none.yaml'], '--values: none.yaml cannot be read: ENOENT'],
    ['a values file outside of the repository', ['--value-file', '/etc/values.yaml'], '--value-file'],
    ['retries without end', ['--retries', '100000'], '--retries'],
    ['a wait that asks nobody', ['--wait'], '--argocd-url'],
    ['an address of Argo CD with a password', ['--wait', '--argocd-url', 'https://a:b@example.com/'], '--argocd-url'],
  ])('%s', async (_name, argv, says) => {
    const outcome = await outcomeOf({ argv, prepare: () => writeFileSync(join(cluster.folder, 'bad.yaml'), 'a: [') });
    expect(outcome).toMatchObject({ exit: 2, code: 'usage', changed: false });
    expect(outcome.stderr).toContain(says);
    expect(cluster.gitlab.requests).toEqual([]);
  });

  it.each([
    ['CI_PROJECT_NAME', '--name'],
    ['CI_PROJECT_URL', '--repository'],
  ])('outside of a job, without %s, %s is needed', async (variable, option) => {
    const outcome = await outcomeOf({ env: { [variable]: '' } });
    expect(outcome).toMatchObject({ exit: 2, code: 'usage', changed: false });
    expect(outcome.stderr).toContain(`nothing says what ${option} is`);
  });
});
