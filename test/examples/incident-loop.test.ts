import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { GitLab } from '../sandbox/gitlab/index.ts';
import { listen, type Loopback } from '../sandbox/loopback.ts';
import { at, openGitLab, rest } from '../sandbox/rest.ts';
import { projectRoot, temporaryFolder } from '../support/fixtures.ts';
import { freePort } from '../support/free-port.ts';
import { describeWith, start } from '../support/monitoring-tools.ts';
import { alertmanagerFile, ruleFile } from '../support/prometheus-operator.ts';

/**
 * From argocd_app_info to an incident: the example's own manifests in the real Prometheus and Alertmanager, with an emulated GitLab at the end. Only durations are
 * shortened, and the address is that of the emulation.
 */
const PROJECT = 'platform/cluster-config';
const example = (path: string): string => readFileSync(join(projectRoot, 'examples/cluster-config/alerting', path), 'utf8');

/** What Argo CD says of its Applications, by name: sync status, health, operation. */
type States = Map<string, readonly [sync: string, health: string, operation: string]>;

function metrics(states: States): string {
  const lines = [...states].map(([name, [sync, health, operation]]) => `argocd_app_info{namespace="argocd",name="${name}",project="default",repo="https://charts.example.org",dest_server="https://kubernetes.default.svc",dest_namespace="${name}",autosync_enabled="true",sync_status="${sync}",health_status="${health}",operation="${operation}"} 1`);
  return `# TYPE argocd_app_info gauge\n${lines.join('\n')}\n`;
}

function quickly(text: string): string {
  return text.replaceAll(/^( *for:) \w+$/gm, '$1 2s').replaceAll(/^( *keep_firing_for:) \w+$/gm, '$1 1s').replaceAll(/^( *group(?:_w|W)ait:) \w+$/gm, '$1 1s').replaceAll(/^( *group(?:_i|I)nterval:) \w+$/gm, '$1 1s');
}

describeWith(['prometheus', 'alertmanager'], 'a failed deployment becomes an incident, and closes it when it recovers', () => {
  const states: States = new Map();
  const running: { stop(): Promise<void>; output(): string }[] = [];
  let gitlab: GitLab;
  let argocd: Loopback;
  let folder: { root: string; remove: () => void };

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: PROJECT, files: { 'README.md': '# A cluster\n' } }]);
    argocd = await listen(async () => ({ status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' }, body: metrics(states) }));
    const [prometheus, alertmanager] = [await freePort(), await freePort()];
    const { url, key } = gitlab.alertEndpoint(PROJECT);
    folder = temporaryFolder({
      'rules.yml': quickly(ruleFile(example('argocd-applications.yaml'))),
      'alertmanager.yml': quickly(alertmanagerFile(example('gitlab-webhook.yaml').replace(/https:\S+notify\.json/, url), { secret: () => key })),
      'prometheus.yml': stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: ['rules.yml'],
        alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
        // the label that the operator gives every target, and the ServiceMonitor's honorLabels
        scrape_configs: [{ job_name: 'argocd-metrics', honor_labels: true, static_configs: [{ targets: [new URL(argocd.origin).host], labels: { namespace: 'monitoring', pod: 'controller-0' } }] }],
      }),
    });
    running.push(start('alertmanager', ['--config.file=alertmanager.yml', '--storage.path=alertmanager', `--web.listen-address=127.0.0.1:${alertmanager}`, '--cluster.listen-address='], folder.root));
    running.push(start('prometheus', ['--config.file=prometheus.yml', '--storage.tsdb.path=prometheus', `--web.listen-address=127.0.0.1:${prometheus}`, '--rules.alert.resend-delay=1s'], folder.root));
  });
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await argocd.close();
    await gitlab.close();
    folder.remove();
  });

  async function incidents(): Promise<{ title: string; state: string; description: string }[]> {
    return (await rest(gitlab, `GET ${at(PROJECT)}/issues?issue_type=incident&sort=asc`)).body;
  }

  /** Waits until the incidents are these, in any order. */
  async function untilThereAre(...expected: readonly string[]): Promise<void> {
    let seen: string[] = [];
    for (let end = Date.now() + 25_000; Date.now() < end; await wait(200)) {
      seen = (await incidents()).map(({ title, state }) => `${state}: ${title}`).sort();
      if (seen.join('\n') === [...expected].sort().join('\n')) return;
    }
    expect({ seen, said: running.map((one) => one.output()) }).toEqual({ seen: [...expected].sort() });
  }

  it('two that fail together are two incidents, each closes with its own application, and churn opens no third', async () => {
    states.set('web', ['Synced', 'Degraded', '']).set('db', ['Synced', 'Degraded', '']).set('fine', ['Synced', 'Healthy', '']);
    await untilThereAre('opened: argocd/web is unhealthy', 'opened: argocd/db is unhealthy');
    expect((await incidents()).map(({ description }) => /^<!-- .* -->$/m.exec(description)?.[0]).sort()).toEqual([
      '<!-- renovate-argocd application="db" namespace="argocd" -->',
      '<!-- renovate-argocd application="web" namespace="argocd" -->',
    ]);

    states.set('web', ['Synced', 'Healthy', '']).set('db', ['Synced', 'Unknown', 'sync']);
    await untilThereAre('closed: argocd/web is unhealthy', 'opened: argocd/db is unhealthy');
    states.set('db', ['Synced', 'Degraded', '']);
    await wait(4_000);
    await untilThereAre('closed: argocd/web is unhealthy', 'opened: argocd/db is unhealthy');

    states.set('db', ['Synced', 'Healthy', '']);
    await untilThereAre('closed: argocd/web is unhealthy', 'closed: argocd/db is unhealthy');
  }, 90_000);
});
