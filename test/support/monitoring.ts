import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { GitLab } from '../sandbox/gitlab/index.ts';
import { listen } from '../sandbox/loopback.ts';
import { at, rest } from '../sandbox/rest.ts';
import { projectRoot, temporaryFolder } from './fixtures.ts';
import { freePort } from './free-port.ts';
import { start } from './monitoring-tools.ts';
import { alertmanagerFile, ruleFile } from './prometheus-operator.ts';

/** What Argo CD says of its Applications, by name: sync status, health, operation. */
export type States = ReadonlyMap<string, readonly [sync: string, health: string, operation: string]>;

export interface Monitoring {
  /** Waits until the incidents are these (`opened: TITLE`), in any order; fails after a minute with what there is instead. */
  untilIncidentsAre(...expected: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function alertingExample(path: string): string {
  return readFileSync(join(projectRoot, 'examples/cluster-config/alerting', path), 'utf8');
}

const PATIENCE_MS = 60_000;

/**
 * From argocd_app_info to an incident: the example's own manifests in the real Prometheus and Alertmanager, with the emulated GitLab at the end. Only durations are shortened, and the address is that of the emulation.
 * @param states asked at every scrape
 */
export async function startMonitoring(gitlab: GitLab, project: string, states: () => States, rules: string = alertingExample('argocd-applications.yaml')): Promise<Monitoring> {
  const argocd = await listen(async () => ({ status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' }, body: metrics(states()) }));
  const [prometheus, alertmanager] = [await freePort(), await freePort()];
  const { url, key } = gitlab.alertEndpoint(project);
  const folder = temporaryFolder({
    'rules.yml': quickly(ruleFile(rules)),
    'alertmanager.yml': quickly(alertmanagerFile(alertingExample('gitlab-webhook.yaml').replace(/https:\S+notify\.json/, url), { secret: () => key })),
    'prometheus.yml': stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.yml'],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
      // the label that the operator gives every target, and the ServiceMonitor's honorLabels
      scrape_configs: [{ job_name: 'argocd-metrics', honor_labels: true, static_configs: [{ targets: [new URL(argocd.origin).host], labels: { namespace: 'monitoring', pod: 'controller-0' } }] }],
    }),
  });
  const running = [
    start('alertmanager', ['--config.file=alertmanager.yml', '--storage.path=alertmanager', `--web.listen-address=127.0.0.1:${alertmanager}`, '--cluster.listen-address='], folder.root),
    start('prometheus', ['--config.file=prometheus.yml', '--storage.tsdb.path=prometheus', `--web.listen-address=127.0.0.1:${prometheus}`, '--rules.alert.resend-delay=1s'], folder.root),
  ];
  return {
    async untilIncidentsAre(...expected) {
      const wanted = [...expected].sort();
      let seen: string[] = [];
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(200)) {
        seen = (await incidentsOf(gitlab, project)).map(({ title, state }) => `${state}: ${title}`).sort();
        if (seen.join('\n') === wanted.join('\n')) return;
      }
      throw new Error(`expected the incidents ${JSON.stringify(wanted)}, there are ${JSON.stringify(seen)}\n${running.map((one) => one.output()).join('\n')}`);
    },
    async close() {
      await Promise.all(running.map((one) => one.stop()));
      await argocd.close();
      folder.remove();
    },
  };
}

export async function incidentsOf(gitlab: GitLab, project: string): Promise<{ title: string; state: string; description: string }[]> {
  return (await rest(gitlab, `GET ${at(project)}/issues?issue_type=incident&sort=asc`)).body;
}

function metrics(states: States): string {
  const lines = [...states].map(([name, [sync, health, operation]]) => `argocd_app_info{namespace="argocd",name="${name}",project="default",repo="https://charts.example.org",dest_server="https://kubernetes.default.svc",dest_namespace="${name}",autosync_enabled="true",sync_status="${sync}",health_status="${health}",operation="${operation}"} 1`);
  return `# TYPE argocd_app_info gauge\n${lines.join('\n')}\n`;
}

/**
 * Shortens what is waited for. On a busy machine a scrape may come late or be missed: an alert goes on firing over one that is, and the alert about metrics that do not come at all keeps its length, so that neither opens or
 * closes an incident that is none.
 */
function quickly(text: string): string {
  return text
    .replaceAll(/^( *for:) \w+$/gm, (line, key: string, at: number) => (text.slice(0, at).split('- alert:').at(-1)!.includes('absent(') ? line : `${key} 2s`))
    .replaceAll(/^( *keep_firing_for:) \w+$/gm, '$1 4s')
    .replaceAll(/^( *group(?:_w|W)ait:) \w+$/gm, '$1 1s')
    .replaceAll(/^( *group(?:_i|I)nterval:) \w+$/gm, '$1 1s');
}
