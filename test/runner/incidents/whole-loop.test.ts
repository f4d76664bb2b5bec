import { PRESETS, type Charts, type MergeRequest, type Sandbox } from '../../sandbox/index.ts';
import { at, rest } from '../../sandbox/rest.ts';
import { application } from '../../support/application.ts';
import { startMonitoring, type Monitoring, type States } from '../../support/monitoring.ts';
import { describeWith } from '../../support/monitoring-tools.ts';
import { runRunner, type RunnerRun } from '../harness.ts';
import { startTwoApplications } from './two-applications.ts';

/**
 * The loop as it is meant to go round: the real Renovate merges an update, the application breaks, the real Prometheus and Alertmanager make it an incident, and the runner does the rest. What is healthy follows from
 * what main deploys, as it would in a cluster. Durations of the alerts are shortened; GitLab is emulated.
 */
const PATH = 'platform/cluster';
const MINUTES = 240_000;
/** Charts that do not work. */
const BROKEN: Readonly<Record<string, string>> = { web: '1.0.1' };

describeWith(['prometheus', 'alertmanager'], 'the whole loop', () => {
  let sandbox: Sandbox;
  let monitoring: Monitoring;
  let cwd: string;
  const times: string[] = [];

  async function run(argv: readonly string[] = ['run'], config: object = {}): Promise<RunnerRun> {
    return runRunner(sandbox, argv, { config: { projects: [PATH], hold: { calm: 0 }, revert: { mode: 'automatic', after: 0 }, ...config }, cwd });
  }

  async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    const done = await work();
    times.push(`${((performance.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${what}`);
    return done;
  }

  function version(name: string): string | undefined {
    return /targetRevision: (.*)/.exec(sandbox.gitlab.file(PATH, `applications/${name}.yaml`) ?? '')?.[1];
  }

  function cluster(): States {
    return new Map(['web', 'db'].map((name) => [name, ['Synced', version(name) === BROKEN[name] ? 'Degraded' : 'Healthy', '']]));
  }

  function requests(): readonly MergeRequest[] {
    return sandbox.gitlab.project(PATH).mergeRequests;
  }

  beforeAll(async () => {
    const files = (charts: Charts): Record<string, string> => ({
      'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}//presets/managers/application`], prHourlyLimit: 0, separateMinorPatch: true, packageRules: [{ matchUpdateTypes: ['patch', 'minor'], automerge: true }] }),
      'applications/web.yaml': application('web', '1.0.0', charts.helm('stable')),
      'applications/db.yaml': application('db', '2.0.0', charts.helm('stable')),
    });
    ({ sandbox, cwd } = await startTwoApplications(files, { path: PATH, removeSourceBranch: true }, { projects: [PATH] }));
    monitoring = await startMonitoring(sandbox.gitlab, PATH, cluster);
  }, MINUTES);
  afterAll(async () => {
    await monitoring.close();
    await sandbox.close();
  });

  it('an update merges by itself and breaks its application: an incident opens', async () => {
    await step('run: Renovate opens the update, GitLab merges it', () => run());
    expect(version('web')).toBe('1.0.1');
    await step('Prometheus, Alertmanager: incident opened', () => monitoring.untilIncidentsAre('opened: argocd/web is unhealthy'));
  }, MINUTES);

  it('a dry run says what it would do about it, and does nothing', async () => {
    sandbox.charts.publish({ helm: { stable: { web: { '1.1.0': 20 }, db: { '2.0.1': 20 } } } });
    const before = sandbox.gitlab.requests.length;
    const { report, stdout } = await step('run --dry-run', () => run(['run', '--dry-run']));
    expect(report?.incidents.map(({ action }) => action)).toEqual(['#1: +renovate-argocd-suspect (suspect of #1)', '#1: write a note (suspect of #1)', '!1: +renovate-argocd-suspect (suspect of #1)', '!1: write a note (suspect of #1)', '#1: open a merge request: Put web back to 1.0.0 (suspect of #1)']);
    expect(stdout).toContain('Would be done because of incidents');
    expect(sandbox.gitlab.requests.slice(before).filter(({ method, path }) => method !== 'GET' && method !== 'HEAD' && !path.endsWith('/git-upload-pack')).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  }, MINUTES);

  it('its next update stays open, another application goes on, the suspect is named, and the way back is there', async () => {
    const { report } = await step('run: hold, suspect, revert opened; db merged', () => run());
    expect([version('web'), version('db')]).toEqual(['1.0.1', '2.0.1']);
    expect(requests().map(({ title, state, labels }) => [title, state, labels])).toEqual([
      ['Update Helm release web to v1.0.1', 'merged', ['renovate-argocd-suspect']],
      ['Put web back to 1.0.0', 'opened', ['renovate-argocd-revert']],
      ['Update Helm release db to v2.0.1', 'merged', []],
      ['Update Helm release web to v1.1.0', 'opened', ['renovate-argocd-hold']],
    ]);
    expect(report?.problems).toEqual([]);
    const [incident] = sandbox.gitlab.project(PATH).issues.filter(({ type }) => type === 'incident');
    expect(incident?.notes.filter(({ system }) => !system).map(({ body }) => /note="(\w+)"/.exec(body)?.[1])).toEqual(['suspect', 'revert']);
  }, MINUTES);

  it('the gate stops the held update, and lets the way back through', async () => {
    const gate = async (iid: number): Promise<number | null> => (await run(['gate', '--project', PATH, '--merge-request', String(iid)])).exit;
    expect([await step('gate on the held update', () => gate(4)), await step('gate on the way back', () => gate(2))]).toEqual([1, 0]);
  }, MINUTES);

  it('a person merges the way back: the application recovers, and the incident closes by itself', async () => {
    expect((await rest(sandbox.gitlab, `PUT ${at(PATH)}/merge_requests/2/merge`)).status).toBe(200);
    expect(version('web')).toBe('1.0.0');
    await step('recovery: incident closed', () => monitoring.untilIncidentsAre('closed: argocd/web is unhealthy'));
  }, MINUTES);

  it('the hold is over, the bad version does not come again, and the next one merges by itself', async () => {
    await step('run: hold released', () => run());
    expect(requests().find(({ iid }) => iid === 4)?.labels).toEqual([]);
    await step('run: the next version merged', () => run());
    expect(version('web')).toBe('1.1.0');
    expect(requests().filter(({ title }) => title.includes('1.0.1'))).toHaveLength(1);
    expect(cluster().get('web')).toEqual(['Synced', 'Healthy', '']);
    console.info(`times of the loop\n${times.join('\n')}`);
  }, MINUTES);
});
