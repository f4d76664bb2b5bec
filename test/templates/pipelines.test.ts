import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notify } from '../runner/incidents/alert.ts';
import { scaffolded } from '../scaffold/scaffolded.ts';
import { PRESETS, startSandbox, type Sandbox } from '../sandbox/index.ts';
import { at, rest } from '../sandbox/rest.ts';
import { application } from '../support/application.ts';
import { projectRoot } from '../support/fixtures.ts';
import { describeWithPipelines, runPipeline, type LocalPipeline } from '../support/local-pipeline.ts';

/** The CI/CD components in pipelines of a cluster repository, against the sandbox. */
const PATH = 'platform/cluster';
const MINUTES = 240_000;
const TEMPLATES = Object.fromEntries(['check', 'gate', 'run', 'deploy'].map((name) => [`templates/${name}/template.yml`, readFileSync(join(projectRoot, 'templates', name, 'template.yml'), 'utf8')]));

/** A component of the same repository, because the sandbox is the only GitLab there is. */
function component(name: string, inputs: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ component: `$CI_SERVER_FQDN/$CI_PROJECT_PATH/${name}@$CI_COMMIT_SHA`, inputs: { install: 'true', ...inputs } });
}

/** What `init --components` writes, with the components beside it. */
async function scaffold(path: string): Promise<Record<string, string>> {
  const { files, text, remove } = await scaffolded('--gitlab', 'https://gitlab.example.com', '--project', path, '--components', path);
  const written = Object.fromEntries(files().map((file) => [file, text(file).replaceAll(/gitlab\.example\.com\/(\S+)@v\S+/g, '$CI_SERVER_FQDN/$1@$CI_COMMIT_SHA')]));
  remove();
  return { ...written, ...TEMPLATES };
}

/** The pipeline of an application's own repository, against the cluster repository beside it. */
describeWithPipelines('the deploy component in a real pipeline', () => {
  const APPLICATION = 'team/shop';
  const FILE = 'applications/templates/app-shop.yaml';
  let sandbox: Sandbox;
  let url: string;
  const tagged = (tag: string, pipeline: number, inputs: Readonly<Record<string, unknown>> = {}): Promise<LocalPipeline> => {
    sandbox.gitlab.commit(APPLICATION, { '.gitlab-ci.yml': `stages: [deploy]\ninclude: [${component('deploy', { cluster: url, 'token-variable': 'RENOVATE_TOKEN', ...inputs })}]\n` });
    return runPipeline(sandbox, APPLICATION, 'main', { CI_COMMIT_TAG: tag, CI_PIPELINE_ID: String(pipeline), CI_PIPELINE_URL: `https://gitlab.example.com/team/shop/-/pipelines/${pipeline}`, CI_PROJECT_NAME: 'shop', CI_PROJECT_URL: 'https://gitlab.example.com/team/shop' });
  };

  beforeAll(async () => {
    sandbox = await startSandbox({
      projects: () => [
        { path: PATH, files: { 'applications/Chart.yaml': 'name: applications\nversion: 0.0.0\n', 'applications/values.yaml': 'destination: {server: https://kubernetes.default.svc}\n', 'applications/templates/app-web.yaml': application('web', '1.0.0', 'https://charts.example.org') } },
        { path: APPLICATION, files: { ...TEMPLATES, '.gitignore': '.gitlab-ci-local-variables.yml\n', 'deploy/values.yaml': 'replicas: 2\n' } },
      ],
    });
    url = `${sandbox.gitlab.origin}/${PATH}.git`;
  }, MINUTES);
  afterAll(() => sandbox.close());

  it('a tag makes an Application, the next one changes its revision, and the one before comes too late', async () => {
    const first = await tagged('v1.0.0', 11, { values: 'deploy/values.yaml', namespace: 'shop-prod', 'environment-url': 'https://shop.example.com' });
    expect({ exit: first.exit, said: first.exit === 0 ? '' : first.output }).toEqual({ exit: 0, said: '' });
    expect(sandbox.gitlab.file(PATH, FILE)).toMatch(/targetRevision: v1\.0\.0\n {4}helm:\n {6}values: \|\n {8}replicas: 2\n[^]*namespace: shop-prod\n/);
    expect(readFileSync(join(first.folder, 'renovate-argocd-deploy.env'), 'utf8')).toContain('DEPLOY_URL=https://shop.example.com\n');
    const third = await tagged('v1.2.0', 13);
    const second = await tagged('v1.1.0', 12);
    expect([third.exit, second.exit, second.output.includes('not deployed, because a newer deployment was here before (v1.2.0, order 13; this one has 12)')]).toEqual([0, 0, true]);
    expect(sandbox.gitlab.file(PATH, FILE)).toContain('targetRevision: v1.2.0\n');
    expect(`${first.output}${second.output}${third.output}`).not.toContain(sandbox.gitlab.token);
  }, MINUTES);

  it('a name that would leave its place fails before the job begins, and a wrong token says so', async () => {
    const before = sandbox.gitlab.file(PATH, FILE);
    const refused = await tagged('v2.0.0', 14, { name: '../../etc' });
    expect([refused.exit, refused.output]).toEqual([1, expect.stringMatching(/name.*regex/)]);
    const { exit, output } = await tagged('v2.0.0', 14, { 'token-variable': 'CI_COMMIT_TAG' });
    expect([exit, output.includes('error[cluster-unauthorised]')]).toEqual([1, true]);
    expect(sandbox.gitlab.file(PATH, FILE)).toBe(before);
  }, MINUTES);
});

describeWithPipelines('components in real pipelines', () => {
  let sandbox: Sandbox;
  let base: string;
  const pipeline = (branch: string, variables: Readonly<Record<string, string>>, jobs: readonly string[] = []): Promise<LocalPipeline> => runPipeline(sandbox, PATH, branch, variables, jobs);
  const inMergeRequest = (iid: number): Record<string, string> => ({ CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: String(iid), CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
  const notes = (iid: number): string[] => sandbox.gitlab.project(PATH).mergeRequests.find((one) => one.iid === iid)!.notes.filter(({ system }) => !system).map(({ body }) => body);

  beforeAll(async () => {
    const files = await scaffold('platform/new');
    sandbox = await startSandbox({
      charts: { helm: { stable: { web: { '1.0.0': 90, '1.0.1': 30 }, db: { '2.0.0': 90 } } } },
      projects: (charts) => [
        { path: 'platform/new', files },
        {
          path: PATH,
          files: {
            ...TEMPLATES,
            '.gitlab-ci.yml': `include: [${component('check', { note: true, 'token-variable': 'RENOVATE_TOKEN' })}, ${component('gate', { 'token-variable': 'RENOVATE_TOKEN' })}, ${component('run', { pages: true })}]\n`,
            '.gitignore': '.gitlab-ci-local-variables.yml\n',
            'runner.json5': JSON.stringify({ projects: [PATH], concurrency: 1 }),
            'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}//presets/managers/application`], prHourlyLimit: 0 }),
            'applications/web.yaml': application('web', '1.0.0', charts.helm('stable')),
            'applications/db.yaml': application('db', '2.0.0', charts.helm('stable')),
          },
        },
      ],
    });
    base = (await rest(sandbox.gitlab, `GET ${at(PATH)}/repository/branches/main`)).body.commit.id;
    sandbox.gitlab.commit(PATH, { 'applications/db.yaml': application('db', '2.0.0', sandbox.charts.helm('stable')).replace(/$/, '# unmanaged\n'), 'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}//presets/managers/application`], packageRules: [{ matchDepNames: ['web'], automerge: true }] }) }, 'policy');
    expect((await rest(sandbox.gitlab, `POST ${at(PATH)}/merge_requests`, { body: { source_branch: 'policy', target_branch: 'main', title: 'Let web merge by itself' } })).status).toBe(201);
  }, MINUTES);
  afterAll(() => sandbox.close());

  it('check on main: clean, with its reports', async () => {
    const { exit, output, folder } = await pipeline('main', { CI_PIPELINE_SOURCE: 'push' });
    expect({ exit, said: /\d+ versions? checked.*/.exec(output)?.[0] }).toEqual({ exit: 0, said: '2 versions checked, no findings.' });
    expect(JSON.parse(readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8'))).toEqual([]);
    expect(readFileSync(join(folder, 'renovate-argocd-junit.xml'), 'utf8')).toContain('<testsuites');
  }, MINUTES);

  it('those of a new repository, by the names that its README has', async () => {
    const { exit, output } = await runPipeline(sandbox, 'platform/new', 'main', { CI_PIPELINE_SOURCE: 'push' });
    expect({ exit, said: /check +> \d+ versions? checked.*/.exec(output)?.[0] }).toEqual({ exit: 0, said: 'check           > 8 versions checked: 3 info.' });
  }, MINUTES);

  it('check and gate in a merge request: a note says what it changes, and is kept up to date', async () => {
    const first = await pipeline('policy', inMergeRequest(1));
    expect([first.exit, first.output.includes('✓ open: no incident is open')]).toEqual([0, true]);
    expect(notes(1)).toEqual([expect.stringMatching(/1 version whose policy differs[\s\S]*~~merge-request~~ → \*\*automerge\*\*/)]);
    sandbox.gitlab.commit(PATH, { 'renovate.json': sandbox.gitlab.file(PATH, 'renovate.json')! }, 'policy');
    await pipeline('policy', inMergeRequest(1), ['renovate-argocd-check']);
    expect(notes(1)).toEqual([expect.stringContaining('The policy is the same')]);
  }, MINUTES);

  it('a fault fails the job', async () => {
    sandbox.gitlab.commit(PATH, { 'applications/lost.yaml': application('lost', '1.0.0', sandbox.charts.helm('stable')), 'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}//presets/managers/application`], ignorePaths: ['applications/web.yaml'], packageRules: [{ matchManagers: ['argo'], automerge: true }] }) }, 'broken');
    const { exit, output } = await pipeline('broken', { CI_PIPELINE_SOURCE: 'merge_request_event' }, ['renovate-argocd-check']);
    expect([exit, /error\[[\w-]+\]/.exec(output)?.[0]]).toEqual([1, expect.any(String)]);
  }, MINUTES);

  it('the scheduled run opens the update and leaves its report', async () => {
    const { exit, folder, output } = await pipeline('main', { CI_PIPELINE_SOURCE: 'schedule' });
    expect({ exit, output: exit === 0 ? '' : output }).toEqual({ exit: 0, output: '' });
    expect(sandbox.gitlab.project(PATH).mergeRequests.map(({ title }) => title)).toContain('Update Helm release web to v1.0.1');
    expect(['renovate-report/report.json', 'renovate-report/junit.xml', 'public/index.html'].filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    expect(output).not.toContain(sandbox.gitlab.token);
  }, MINUTES);

  it('the gate closes while the application has an incident', async () => {
    await notify(sandbox.gitlab, PATH, { application: 'web', status: 'firing', startsAt: '2026-11-25T03:00:00Z' });
    const { iid, source } = sandbox.gitlab.project(PATH).mergeRequests.find(({ title }) => title.includes('v1.0.1'))!;
    const { exit, output } = await pipeline(source, inMergeRequest(iid), ['renovate-argocd-gate']);
    expect([exit, /[✓✗] .*/.exec(output)?.[0]]).toEqual([1, '✗ closed: an incident concerns what it changes (web). Wait until it is over, or label the merge request renovate-argocd-fix if it mends the application, and run this job again']);
  }, MINUTES);

  it('in shards: the same through a child pipeline', async () => {
    sandbox.charts.publish({ helm: { stable: { db: { '2.0.1': 20 } } } });
    sandbox.gitlab.commit(PATH, { '.gitlab-ci.yml': `include: [${component('run', { shards: true })}]\n` });
    const { exit, output } = await pipeline('main', { CI_PIPELINE_SOURCE: 'schedule' });
    expect({ exit, output: exit === 0 ? '' : output }).toEqual({ exit: 0, output: '' });
    expect(sandbox.gitlab.project(PATH).mergeRequests.map(({ title }) => title)).toContain('Update Helm release db to v2.0.1');
  }, MINUTES);
});
