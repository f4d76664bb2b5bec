import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { markersIn } from '../../src/base/incident-marker.ts';
import type { GitLab } from '../sandbox/gitlab/index.ts';
import { at, openGitLab, rest } from '../sandbox/rest.ts';
import { temporaryFolder } from '../support/fixtures.ts';
import { freePort } from '../support/free-port.ts';
import { describeWith, start } from '../support/monitoring-tools.ts';
import { alertmanagerFile } from '../support/prometheus-operator.ts';
import { scaffolded, type Scaffolded } from './scaffolded.ts';

const PROJECT = 'platform/cluster-config';

describeWith(['alertmanager', 'amtool'], 'the trial of the README, with the real Alertmanager and an emulated GitLab', () => {
  let gitlab: GitLab;
  let one: Scaffolded;
  let folder: { root: string; remove: () => void };
  let alertmanager: { stop(): Promise<void>; output(): string };
  let port: number;

  beforeAll(async () => {
    gitlab = await openGitLab([{ path: PROJECT, files: { 'README.md': '# A cluster\n' } }]);
    const { url, key } = gitlab.alertEndpoint(PROJECT);
    one = await scaffolded('--project', PROJECT, '--alert-url', url);
    port = await freePort();
    folder = temporaryFolder({ 'alertmanager.yml': alertmanagerFile(one.text('alerting/gitlab-webhook.yaml'), { secret: () => key }).replaceAll(/^( *group_wait:) \w+$/gm, '$1 1s') });
    alertmanager = start('alertmanager', ['--config.file=alertmanager.yml', '--storage.path=alertmanager', `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='], folder.root);
  });
  afterAll(async () => {
    await alertmanager.stop();
    await gitlab.close();
    one.remove();
    folder.remove();
  });

  it('opens an incident of an application that there is not, so that it holds nothing back', async () => {
    const block = /^ALERTMANAGER=[^`]*/m.exec(one.text('README.md'))![0];
    const command = /amtool [^]*/.exec(block)![0].replace('http://localhost:9093', `http://127.0.0.1:${port}`);
    const send = (): number | null => spawnSync('sh', ['-c', command], { encoding: 'utf8' }).status;
    // until Alertmanager listens
    for (let end = Date.now() + 15_000; Date.now() < end && send() !== 0; ) await wait(200);
    let incidents: { title: string; state: string; description: string }[] = [];
    for (let end = Date.now() + 15_000; Date.now() < end && incidents.length === 0; await wait(100)) incidents = (await rest(gitlab, `GET ${at(PROJECT)}/issues?issue_type=incident`)).body;
    expect({ incidents, said: alertmanager.output() }).toMatchObject({ incidents: [{ title: 'argocd/trial is not synced', state: 'opened' }] });
    expect(markersIn(incidents[0]!.description)).toEqual([{ application: 'trial', namespace: 'argocd' }]);
  }, 60_000);
});
