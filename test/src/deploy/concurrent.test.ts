import { orderOf } from '../../../src/deploy/message.ts';
import { git } from '../../sandbox/git.ts';
import { CHART, deployed, jobOf, manifest, startCluster, type Cluster } from './support/cluster.ts';
import { asProcess } from './support/process.ts';

/** Fifty deployments of ten applications at once, over real git: half of the applications are new, and one pipeline of each is a process of its own. */
const MINUTES = 300_000;
const APPLICATIONS = Array.from({ length: 10 }, (_, at) => `app-${at}`);
const PIPELINES = [3, 1, 5, 2, 4];
const there = APPLICATIONS.slice(0, 5);

const fileOf = (name: string): string => `applications/templates/app-${name}.yaml`;

interface Done {
  readonly exit: number | null;
  readonly name: string;
  readonly pipeline: number;
  readonly document: { readonly state: string; readonly retries: number; readonly commit: string | null };
}

function argvOf({ url }: Cluster, name: string): string[] {
  return ['--cluster', url, '--name', name, '--repository', `https://gitlab.example.com/team/${name}.git`, '--format', 'json'];
}

async function one(cluster: Cluster, name: string, pipeline: number): Promise<Done> {
  const argv = argvOf(cluster, name);
  const { exit, stdout, stderr } = pipeline === 4 ? await asProcess(['deploy', ...argv], jobOf(cluster.gitlab, pipeline)) : await deployed(cluster, pipeline, argv);
  return { exit, name, pipeline, document: documentOf(stdout, stderr) };
}

function documentOf(stdout: string, stderr: string): Done['document'] {
  return JSON.parse(stdout === '' ? JSON.stringify({ state: stderr }) : stdout) as Done['document'];
}

let cluster: Cluster;
let done: readonly Done[];
beforeAll(async () => {
  cluster = await startCluster(Object.fromEntries(there.map((name) => [fileOf(name), manifest(name, 'v0.0.0')])));
  done = await Promise.all(APPLICATIONS.flatMap((name) => PIPELINES.map((pipeline) => one(cluster, name, pipeline))));
}, MINUTES);
afterAll(() => cluster.close());

it('all of them end well', () => {
  expect(done.filter(({ exit, document }) => exit !== 0 || !['created', 'updated', 'superseded'].includes(document.state))).toEqual([]);
  expect(done.length).toBe(50);
});

it('with few lost races', () => {
  const retries = done.map(({ document }) => document.retries);
  console.info(`50 deployments: ${retries.reduce((sum, one) => sum + one, 0)} lost races, at most ${Math.max(...retries)} of one`);
  expect(Math.max(...retries)).toBeLessThanOrEqual(30);
});

it('each application is where its newest pipeline wants it', () => {
  expect(APPLICATIONS.map((name) => /targetRevision: (?<revision>\S+)/.exec(cluster.file(fileOf(name))!)!.groups!['revision'])).toEqual(APPLICATIONS.map(() => 'v1.0.5'));
});

it('every file is as it was but for that, and nothing is lost', () => {
  expect(there.map((name) => cluster.file(fileOf(name)))).toEqual(there.map((name) => manifest(name, 'v1.0.5')));
  expect(Object.keys(CHART).filter((path) => cluster.file(path) !== CHART[path])).toEqual([]);
  expect(git(cluster.repository, ['ls-tree', '-r', '--name-only', 'main', 'applications/templates/']).split('\n').sort()).toEqual(['applications/templates/app-cert-manager.yaml', ...APPLICATIONS.map(fileOf)].sort());
});

it('the history has each commit that was answered, one file in each, and no application goes back', () => {
  const commits = cluster.log().toReversed().slice(1);
  expect(commits.map(({ sha }) => sha).sort()).toEqual(done.flatMap(({ document }) => document.commit ?? []).sort());
  expect(commits.filter(({ parents }) => parents.length !== 1)).toEqual([]);
  expect(commits.map(({ sha }) => git(cluster.repository, ['diff-tree', '-r', '--no-commit-id', '--name-only', sha]).split('\n').length).filter((files) => files !== 1)).toEqual([]);
  const orders = APPLICATIONS.map((name) => commits.flatMap(({ message }) => orderOf(message, { name, file: fileOf(name) }) ?? []));
  expect(orders).toEqual(orders.map((one) => [...new Set(one)].sort()));
});
