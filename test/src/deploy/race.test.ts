import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../../src/base/failure.ts';
import { redactor, tokenFrom } from '../../../src/base/secrets.ts';
import { gitEnvironment } from '../../../src/deploy/access.ts';
import { openClusterRepository, type ClusterRepository } from '../../../src/deploy/cluster-repository.ts';
import { deploy, type Outcome } from '../../../src/deploy/deploy.ts';
import { readRequest } from '../../../src/deploy/request.ts';
import { readAddress, type Address } from '../../../src/deploy/address.ts';
import { commit } from '../../sandbox/git.ts';
import { rawOf } from './support/raw.ts';
import { manifest, startCluster, type Cluster } from './support/cluster.ts';

/** What others do between the fetch and the push of a deployment. Real git, no waiting. */
const FILE = 'applications/templates/app-shop.yaml';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await startCluster({ [FILE]: manifest('shop', 'v1.0.0') });
});
afterEach(() => cluster.close());

async function opened(): Promise<ClusterRepository> {
  const folder = mkdtempSync(join(cluster.folder, 'job-'));
  const token = tokenFrom('TOKEN', cluster.gitlab.token);
  const env = gitEnvironment(readAddress(cluster.url) as Address, { token, key: null, knownHosts: null }, { PATH: process.env['PATH']! }, '/', folder);
  return openClusterRepository({ url: cluster.url, branch: null, folder, env, redact: redactor([token.reveal()]), signal: new AbortController().signal });
}

/** @param between done before each push, with its number from 0 */
async function raced(order: number, between: (attempt: number) => unknown, retries = 5): Promise<Outcome & { readonly waits: readonly number[] }> {
  const repository = await opened();
  const waits: number[] = [];
  let attempt = 0;
  const racing: ClusterRepository = {
    ...repository,
    push: async (next) => {
      await between(attempt++);
      return repository.push(next);
    },
  };
  const request = readRequest({ ...rawOf(cluster.url), revision: `v1.0.${order}`, order: String(order) });
  const outcome = await deploy(racing, request, { template: null, dryRun: false, retries, sleep: async (ms) => void waits.push(ms), random: () => 0.5, step: () => {} });
  return { ...outcome, waits };
}

function byHand(files: Readonly<Record<string, string>>): void {
  commit(cluster.repository, 'main', files, 'By hand');
}

it('a change of the same file is built upon', async () => {
  const other = `${manifest('shop', 'v1.0.0')}    helm: {releaseName: store}\n`;
  const outcome = await raced(8, (attempt) => attempt === 0 && byHand({ [FILE]: other, 'README.md': 'x' }));
  expect([outcome.retries, cluster.file(FILE), cluster.file('README.md')]).toEqual([1, other.replace('v1.0.0', 'v1.0.8'), 'x']);
});

it('a file that was removed is made anew, one that was made is edited', async () => {
  const outcome = await raced(8, (attempt) => attempt === 0 && byHand({ [FILE]: manifest('shop', 'v3') }));
  expect(outcome.decision).toMatchObject({ kind: 'update', previous: 'v3' });
});

it('a newer deployment in between wins, an older one is overtaken', async () => {
  const older = await raced(8, async (attempt) => attempt === 0 && (await raced(9, () => {})));
  expect([older.decision, cluster.file(FILE)]).toEqual([{ kind: 'older', there: 'v1.0.9', order: 9 }, manifest('shop', 'v1.0.9')]);
  const newer = await raced(11, async (attempt) => attempt === 0 && (await raced(10, () => {})));
  expect([newer.decision, cluster.file(FILE)]).toEqual([expect.objectContaining({ kind: 'update', previous: 'v1.0.10' }), manifest('shop', 'v1.0.11')]);
});

it('the same deployment twice at once is one commit', async () => {
  await raced(8, async (attempt) => attempt === 0 && (await raced(8, () => {})));
  expect([cluster.log().length, cluster.file(FILE)]).toEqual([2, manifest('shop', 'v1.0.8')]);
});

it('a manifest that is broken in between stays as it is', async () => {
  await expect(raced(8, (attempt) => attempt === 0 && byHand({ [FILE]: '{' }))).rejects.toThrow(FailureError);
  expect(cluster.file(FILE)).toBe('{');
});

it('who always loses gives up, after longer and longer waits', async () => {
  let count = 0;
  const lost = raced(8, () => byHand({ 'README.md': String((count += 1)) }), 3);
  await expect(lost).rejects.toMatchObject({ failure: { code: 'cluster-busy' } });
  expect([count, cluster.file(FILE)]).toEqual([4, manifest('shop', 'v1.0.0')]);
});

it('waits differ, grow and have an end', async () => {
  const { waits } = await raced(8, (attempt) => attempt < 7 && byHand({ 'README.md': String(attempt) }), 8);
  expect(waits).toEqual([400, 600, 1000, 1800, 3200, 3200, 3200]);
});
