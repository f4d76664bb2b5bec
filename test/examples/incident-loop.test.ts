import { setTimeout as wait } from 'node:timers/promises';
import type { GitLab } from '../sandbox/gitlab/index.ts';
import { openGitLab } from '../sandbox/rest.ts';
import { run } from '../src/cli/harness.ts';
import { temporaryFolder } from '../support/fixtures.ts';
import { alertingExample, incidentsOf, startMonitoring, type Monitoring, type States } from '../support/monitoring.ts';
import { describeWith } from '../support/monitoring-tools.ts';

const PROJECT = 'platform/cluster-config';
const MINUTES = 240_000;
const FINE = ['Synced', 'Healthy', ''] as const;
const DEGRADED = ['Synced', 'Degraded', ''] as const;

async function open(rules?: string): Promise<{ gitlab: GitLab; monitoring: Monitoring; states: Map<string, States extends ReadonlyMap<string, infer T> ? T : never>; close(): Promise<void> }> {
  const gitlab = await openGitLab([{ path: PROJECT, files: { 'README.md': '# A cluster\n' } }]);
  const states = new Map();
  const monitoring = await startMonitoring(gitlab, PROJECT, () => states, rules);
  return {
    gitlab,
    monitoring,
    states,
    close: async () => {
      await monitoring.close();
      await gitlab.close();
    },
  };
}

describeWith(['prometheus', 'alertmanager'], 'a failed deployment becomes an incident, and closes it when it recovers', () => {
  let world: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => void (world = await open()));
  afterAll(() => world.close());

  it('two that fail together are two incidents, each closes with its own application, and churn opens no third', async () => {
    const { gitlab, monitoring, states } = world;
    states.set('web', DEGRADED).set('db', DEGRADED).set('fine', FINE);
    await monitoring.untilIncidentsAre('opened: argocd/web is unhealthy', 'opened: argocd/db is unhealthy');
    expect((await incidentsOf(gitlab, PROJECT)).map(({ description }) => /^<!-- .* -->$/m.exec(description)?.[0]).sort()).toEqual([
      '<!-- renovate-argocd application="db" namespace="argocd" -->',
      '<!-- renovate-argocd application="web" namespace="argocd" -->',
    ]);

    states.set('web', FINE).set('db', ['Synced', 'Unknown', 'sync']);
    await monitoring.untilIncidentsAre('closed: argocd/web is unhealthy', 'opened: argocd/db is unhealthy');
    states.set('db', DEGRADED);
    await wait(4_000);
    await monitoring.untilIncidentsAre('closed: argocd/web is unhealthy', 'opened: argocd/db is unhealthy');

    states.set('db', FINE);
    await monitoring.untilIncidentsAre('closed: argocd/web is unhealthy', 'closed: argocd/db is unhealthy');
  }, MINUTES);
});

describeWith(['prometheus', 'alertmanager'], 'the same with a title that names no Application', () => {
  const rules = alertingExample('argocd-applications.yaml').replaceAll(/^( *title:) .*$/gm, "$1 'An Application is unhealthy'");
  let world: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => void (world = await open(rules)));
  afterAll(() => world.close());

  it('two that fail together are one incident, and the first that recovers closes it although the other still fails', async () => {
    const { gitlab, monitoring, states } = world;
    states.set('web', DEGRADED).set('db', DEGRADED);
    await monitoring.untilIncidentsAre('opened: An Application is unhealthy');
    await wait(3_000);
    expect(await incidentsOf(gitlab, PROJECT)).toHaveLength(1);
    states.set('web', FINE);
    await monitoring.untilIncidentsAre('closed: An Application is unhealthy');
    expect(states.get('db')).toBe(DEGRADED);
  }, MINUTES);

  it('check would have said so', async () => {
    const folder = temporaryFolder({ 'alerting/rules.yaml': rules, 'alerting/gitlab.yaml': alertingExample('gitlab-webhook.yaml'), 'renovate.json': '{}' });
    const { stdout } = await run(['check', folder.root, '--format', 'json']);
    folder.remove();
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string; file: string }[] };
    expect(findings.filter(({ rule }) => rule.startsWith('alert')).map(({ rule, severity, file }) => `${severity} ${rule} ${file}`)).toEqual(Array.from({ length: 3 }, () => 'error alert-title-static alerting/rules.yaml'));
  }, MINUTES);
});
