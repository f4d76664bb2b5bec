import { stringify } from 'yaml';
import { listen, text, type Loopback } from '../../sandbox/loopback.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { freePort } from '../../support/free-port.ts';
import { describeWith, start } from '../../support/monitoring-tools.ts';
import { jobOf, startCluster, type Cluster } from './support/cluster.ts';
import { asProcess } from './support/process.ts';

/** The metric in the real Prometheus, with scrapes of a made-up Argo CD that needs a few of them to follow git. */
describeWith(['prometheus'], 'waiting by argocd_app_info', () => {
  let cluster: Cluster;
  let argocd: Loopback;
  let running: ReturnType<typeof start>;
  let folder: ReturnType<typeof temporaryFolder>;
  let url: string;
  /** What Argo CD shows once git has moved, one scrape after another; the last stays. */
  let states: readonly (readonly [sync: string, health: string])[];

  beforeEach(async () => {
    cluster = await startCluster();
    const head = cluster.head();
    let scrapes = 0;
    argocd = await listen(async () => {
      const [sync, health] = cluster.head() === head ? ['Synced', 'Healthy'] : states[Math.min(scrapes++, states.length - 1)]!;
      return text(200, `# TYPE argocd_app_info gauge\nargocd_app_info{namespace="argocd",name="shop",project="default",sync_status="${sync}",health_status="${health}"} 1\nargocd_app_info{namespace="argocd",name="other",sync_status="OutOfSync",health_status="Degraded"} 1\n`, 'text/plain; version=0.0.4');
    });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    folder = temporaryFolder({ 'prometheus.yml': stringify({ global: { scrape_interval: '1s' }, scrape_configs: [{ job_name: 'argocd', static_configs: [{ targets: [new URL(argocd.origin).host] }] }] }) });
    running = start('prometheus', ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=127.0.0.1:${port}`], folder.root);
  });
  afterEach(async () => {
    await running.stop();
    await argocd.close();
    await cluster.close();
    folder.remove();
  });

  it.each<[string, (readonly [string, string])[], number, string]>([
    ['there', [['OutOfSync', 'Healthy'], ['OutOfSync', 'Healthy'], ['Synced', 'Progressing'], ['Synced', 'Progressing'], ['Synced', 'Healthy']], 0, '✓ Synced, Healthy'],
    ['ill', [['OutOfSync', 'Healthy'], ['OutOfSync', 'Healthy'], ['Synced', 'Degraded']], 1, 'it is in the cluster and not healthy: Synced, Degraded'],
  ])('%s', async (_name, after, exit, says) => {
    states = after;
    const ended = await asProcess(['deploy', '--cluster', cluster.url, '--wait', '--prometheus-url', url, '--interval', '1', '--timeout', '50'], jobOf(cluster.gitlab, 8));
    expect(ended).toEqual({ exit, stdout: expect.stringContaining(says), stderr: '' });
  }, 60_000);
});
