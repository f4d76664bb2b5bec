import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runRunner, type RunnerRun } from '../runner/harness.ts';
import { startSandbox, type Charts, type Issue, type MergeRequest, type Sandbox } from '../sandbox/index.ts';
import { at, rest } from '../sandbox/rest.ts';
import { run as validator } from '../src/cli/harness.ts';
import { describeWithPipelines, runPipeline, type LocalPipeline } from '../support/local-pipeline.ts';
import { projectRoot } from '../support/fixtures.ts';
import { startMonitoring, type Monitoring, type States } from '../support/monitoring.ts';
import { describeWith } from '../support/monitoring-tools.ts';

/**
 * A team's first day: `init`, push, schedule, the scheduled pipeline with the real Renovate, a merge request's pipeline, the merge, an own application, and the first bad night. The pipelines are the repository's own, run by
 * gitlab-ci-local; the charts' addresses are exchanged for those of this machine.
 */
const PATH = 'platform/cluster-config';
const MINUTES = 300_000;

const { version: OWN } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };

/** Versions that do not work. */
const BROKEN: Readonly<Record<string, string>> = { 'cert-manager': 'v1.20.3', shop: 'v1.1.0' };

const RELEASES = {
  npm: { 'renovate-argocd': { [OWN]: 10 } },
  oci: { node: ['24'] },
  helm: {
    argo: { 'argo-cd': { '9.5.13': 60 } },
    jetstack: { 'cert-manager': { 'v1.20.2': 120, 'v1.20.3': 30 } },
    metrics: { 'metrics-server': { '3.13.0': 120 } },
    prometheus: { 'kube-prometheus-stack': { '82.18.0': 120 } },
    traefik: { traefik: { '38.0.1': 120 } },
  },
};

function addresses(charts: Charts): readonly (readonly [string, string])[] {
  return [
    ['https://argoproj.github.io/argo-helm', charts.helm('argo')],
    ['https://charts.jetstack.io', charts.helm('jetstack')],
    ['https://kubernetes-sigs.github.io/metrics-server/', charts.helm('metrics')],
    ['https://prometheus-community.github.io/helm-charts', charts.helm('prometheus')],
    ['https://traefik.github.io/charts', charts.helm('traefik')],
  ];
}

describeWith(['prometheus', 'alertmanager'], 'from nothing', () => {
  describeWithPipelines('to a loop that is closed', () => {
    let sandbox: Sandbox;
    let folder: string;
    let monitoring: Monitoring;

    const pipeline = (branch: string, variables: Readonly<Record<string, string>>, jobs: readonly string[]): Promise<LocalPipeline> => runPipeline(sandbox, PATH, branch, { GATE_TOKEN: sandbox.gitlab.token, ...variables }, jobs);
    const scheduled = (): Promise<LocalPipeline> => pipeline('main', { CI_PIPELINE_SOURCE: 'schedule' }, []);
    const requests = (): readonly MergeRequest[] => sandbox.gitlab.project(PATH).mergeRequests;
    const request = (title: string): MergeRequest => requests().find((one) => one.title === title)!;
    const incident = (name: string): Issue => sandbox.gitlab.project(PATH).issues.find(({ type, title }) => type === 'incident' && title.includes(name))!;
    const version = (name: string): string | undefined => /targetRevision: (.*)/.exec(sandbox.gitlab.file(PATH, `applications/templates/app-${name}.yaml`) ?? '')?.[1];
    const inMergeRequest = ({ iid, source }: MergeRequest, jobs: readonly string[] = ['check', 'gate']): Promise<LocalPipeline> => pipeline(source, { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: String(iid) }, jobs);
    /** As the job of the application's own repository does. */
    const deploy = (tag: string, id: number): ReturnType<typeof validator> =>
      validator(['deploy', '--cluster', `${sandbox.gitlab.origin}/${PATH}.git`, '--namespace', 'shop'], {
        env: { PATH: process.env['PATH']!, RENOVATE_ARGOCD_DEPLOY_TOKEN: sandbox.gitlab.token, CI_PROJECT_NAME: 'shop', CI_PROJECT_URL: 'https://gitlab.example.com/team/shop', CI_COMMIT_TAG: tag, CI_PIPELINE_ID: String(id) },
      });
    const git = (...args: string[]): Promise<unknown> => promisify(execFile)('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
    const runner = (argv: readonly string[]): Promise<RunnerRun> => runRunner(sandbox, argv, { config: { projects: [PATH], scheduleProject: PATH, schedules: [{ description: 'Renovate', cron: '15 6-18/4 * * 1-5' }] } });

    beforeAll(async () => {
      sandbox = await startSandbox({ charts: RELEASES, projects: () => [{ path: PATH, empty: true, ci: 'running', pipelinesMustSucceed: true, removeSourceBranch: true }] });
      folder = mkdtempSync(join(sandbox.folder, 'cluster-'));
      monitoring = await startMonitoring(sandbox.gitlab, PATH, cluster);
    }, MINUTES);
    afterAll(async () => {
      await monitoring.close();
      await sandbox.close();
    });

    /** Everything is well but for the releases that do not work. */
    function cluster(): States {
      return new Map(['cert-manager', 'traefik', 'shop'].map((name) => [name, ['Synced', version(name) === BROKEN[name] ? 'Degraded' : 'Healthy', '']]));
    }

    it('init writes the repository, and check finds nothing wrong with it', async () => {
      expect((await validator(['init', folder, '--yes', '--gitlab', sandbox.gitlab.origin.replace('http:', 'https:'), '--project', PATH, '--presets', 'local>platform/renovate-argocd', '--image', `${sandbox.charts.registry}/node:24`])).exit).toBe(0);
      const { exit, stdout } = await validator(['check', folder]);
      expect({ exit, errors: stdout.match(/^error.*/gm) }).toEqual({ exit: 0, errors: null });
    }, MINUTES);

    it('it is pushed', async () => {
      const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
      paths.forEach((path) => writeFileSync(join(folder, path), addresses(sandbox.charts).reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(join(folder, path), 'utf8'))));
      // a week of this repository passes in a minute here, and Renovate opens two merge requests an hour by default
      const own = { matchDatasources: ['git-tags'], matchPackageNames: ['https://gitlab.example.com/team/**'], enabled: false };
      writeFileSync(join(folder, 'renovate.json'), JSON.stringify({ ...(JSON.parse(readFileSync(join(folder, 'renovate.json'), 'utf8')) as object), prHourlyLimit: 0, packageRules: [own] }));
      // the pipeline's own file has the address of a GitLab with https
      writeFileSync(join(folder, 'runner.json5'), readFileSync(join(folder, 'runner.json5'), 'utf8').replace('https://127', 'http://127'));
      await git('init', '--quiet', '--initial-branch=main');
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'A cluster, kept in git');
      await git('push', '--quiet', `${sandbox.gitlab.origin.replace('//', `//oauth2:${sandbox.gitlab.maintainerToken}@`)}/${PATH}.git`, 'main');
      expect(version('cert-manager')).toBe('v1.20.2');
    }, MINUTES);

    it('its schedule is made', async () => {
      expect((await runner(['schedule'])).exit).toBe(0);
      expect((await rest(sandbox.gitlab, `GET ${at(PATH)}/pipeline_schedules`)).body).toMatchObject([{ description: 'Renovate', cron: '15 6-18/4 * * 1-5', active: true }]);
    }, MINUTES);

    it('the scheduled pipeline opens the update, and sets it to merge by itself', async () => {
      const { exit, output, attempts } = await scheduled();
      expect({ exit, output: exit === 0 ? '' : output, attempts }).toEqual({ exit: 0, output: '', attempts: [] });
      expect(requests()).toMatchObject([{ title: 'Update Helm release cert-manager to v1.20.3', state: 'opened' }]);
      expect(request('Update Helm release cert-manager to v1.20.3').autoMerge).not.toBeNull();
    }, MINUTES);

    it('the pipeline of the merge request passes, and it merges', async () => {
      const update = request('Update Helm release cert-manager to v1.20.3');
      const { exit, output } = await inMergeRequest(update);
      expect({ exit, output: exit === 0 ? '' : output }).toEqual({ exit: 0, output: '' });
      sandbox.gitlab.finishPipelines(PATH, 'success', update.source);
      expect(version('cert-manager')).toBe('v1.20.3');
    }, MINUTES);

    it('an own application is deployed by its pipeline, and Renovate leaves it to that', async () => {
      expect(await deploy('v1.0.0', 1)).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringContaining('+ shop v1.0.0: created as applications/templates/app-shop.yaml') });
      expect(version('shop')).toBe('v1.0.0');
    }, MINUTES);

    it('the new version does not work: an incident opens', async () => {
      await monitoring.untilIncidentsAre('opened: argocd/cert-manager is unhealthy');
    }, MINUTES);

    it('the next scheduled pipeline holds the next update, names the suspect, and another application goes on', async () => {
      sandbox.charts.publish({ helm: { jetstack: { 'cert-manager': { 'v1.20.4': 20 } }, traefik: { traefik: { '38.0.2': 20 } } } });
      expect((await scheduled()).exit).toBe(0);
      expect(requests().map(({ title }) => title)).toEqual(['Update Helm release cert-manager to v1.20.3', 'Update Helm release cert-manager to v1.20.4', 'Update Helm release traefik to v38.0.2']);
      expect(request('Update Helm release cert-manager to v1.20.4')).toMatchObject({ labels: ['renovate-argocd-hold'], autoMerge: null });
      expect(request('Update Helm release traefik to v38.0.2').autoMerge).not.toBeNull();
      expect(incident('cert-manager').notes.map(({ body }) => body)).toContainEqual(expect.stringContaining('**Suspected:** `cert-manager` `v1.20.2` → `v1.20.3`'));
    }, MINUTES);

    it('its gate is closed, that of the other is open', async () => {
      const held = await inMergeRequest(request('Update Helm release cert-manager to v1.20.4'), ['gate']);
      const other = await inMergeRequest(request('Update Helm release traefik to v38.0.2'), ['gate']);
      expect([held.exit, other.exit]).toEqual([1, 0]);
    }, MINUTES);

    it('the way back is asked for, passes its pipeline, is merged, and the incident closes', async () => {
      expect(await runner(['revert', '--project', PATH, '--incident', String(incident('cert-manager').iid)])).toMatchObject({ exit: 0, stderr: '' });
      const back = request('Put cert-manager back to v1.20.2');
      expect((await inMergeRequest(back)).exit).toBe(0);
      sandbox.gitlab.finishPipelines(PATH, 'success', back.source);
      expect((await rest(sandbox.gitlab, `PUT ${at(PATH)}/merge_requests/${back.iid}/merge`)).status).toBe(200);
      expect(version('cert-manager')).toBe('v1.20.2');
      await monitoring.untilIncidentsAre('closed: argocd/cert-manager is unhealthy');
    }, MINUTES);

    it('the same for the own application: its deployment is suspected, and put back', async () => {
      expect((await deploy('v1.1.0', 2)).exit).toBe(0);
      await monitoring.untilIncidentsAre('closed: argocd/cert-manager is unhealthy', 'opened: argocd/shop is unhealthy');
      expect(await runner(['revert', '--project', PATH, '--incident', String(incident('shop').iid)])).toMatchObject({ exit: 0, stderr: '' });
      const back = request('Put shop back to v1.0.0');
      expect((await rest(sandbox.gitlab, `PUT ${at(PATH)}/merge_requests/${back.iid}/merge`)).status).toBe(405);
      expect((await inMergeRequest(back)).exit).toBe(0);
      sandbox.gitlab.finishPipelines(PATH, 'success', back.source);
      expect((await rest(sandbox.gitlab, `PUT ${at(PATH)}/merge_requests/${back.iid}/merge`)).status).toBe(200);
      await monitoring.untilIncidentsAre('closed: argocd/cert-manager is unhealthy', 'closed: argocd/shop is unhealthy');
    }, MINUTES);
  });
});
