import { PRESETS, startSandbox, type MergeRequest, type Sandbox } from '../../sandbox/index.ts';
import { application } from '../../support/application.ts';
import { runRunner, type RunnerRun } from '../harness.ts';
import { notify } from './alert.ts';

/** A bad version is put back, kept away, and followed by the next: the program itself and the real Renovate. */
const MINUTES = 240_000;
const PATH = 'platform/cluster';
const FILE = 'applications/web.yaml';
const START = '2026-11-25T03:00:00Z';

let sandbox: Sandbox;
let cwd: string;

function run(argv: readonly string[] = ['run']): Promise<RunnerRun> {
  return runRunner(sandbox, argv, { config: { projects: [PATH], hold: { calm: 0 } }, cwd });
}

function requests(): readonly MergeRequest[] {
  return sandbox.gitlab.project(PATH).mergeRequests;
}

function version(): string | undefined {
  return /targetRevision: (.*)/.exec(sandbox.gitlab.file(PATH, FILE) ?? '')?.[1];
}

beforeAll(async () => {
  sandbox = await startSandbox({
    charts: { helm: { stable: { web: { '1.0.0': 90, '1.0.1': 30 } } } },
    projects: (charts) => [
      {
        path: PATH,
        pipelinesMustSucceed: true,
        removeSourceBranch: true,
        files: {
          'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}//presets/managers/application`], prHourlyLimit: 0, packageRules: [{ matchUpdateTypes: ['patch'], automerge: true }, { matchPackageNames: ['web'], allowedVersions: '<2' }] }),
          [FILE]: application('web', '1.0.0', charts.helm('stable')),
        },
      },
    ],
  });
  cwd = (await runRunner(sandbox, ['plan'], { config: { projects: [PATH] } })).cwd;
  await run();
  await notify(sandbox.gitlab, PATH, { application: 'web', status: 'firing', startsAt: START });
  // somebody goes on working in the same file
  sandbox.gitlab.commit(PATH, { [FILE]: `# reviewed\n${sandbox.gitlab.file(PATH, FILE)!}` });
}, MINUTES);
afterAll(() => sandbox.close());

const REVERT = ['revert', '--project', PATH, '--incident', '1'];

it('a dry run says what it would do, and does nothing', async () => {
  const { stdout, exit } = await run([...REVERT, '--dry-run']);
  expect([exit, stdout]).toEqual([0, `would open: Put web back to 1.0.0\n  ${FILE}: 1.0.1 → 1.0.0\n`]);
  expect(requests()).toHaveLength(1);
}, MINUTES);

it('opens one merge request that changes the version and nothing else', async () => {
  const { stdout, exit } = await run(REVERT);
  expect([exit, stdout]).toEqual([0, expect.stringMatching(/^opened !2 Put web back to 1\.0\.0 http/)]);
  expect(requests()[1]).toMatchObject({ source: 'renovate-argocd/revert-1', labels: ['renovate-argocd-revert'], state: 'opened' });
  expect(sandbox.gitlab.file(PATH, FILE, 'renovate-argocd/revert-1')).toBe(sandbox.gitlab.file(PATH, FILE)?.replace('1.0.1', '1.0.0'));
  expect(sandbox.gitlab.project(PATH).issues[0]?.notes.filter(({ system }) => !system).map(({ body }) => body)).toContainEqual(expect.stringContaining('!2'));
}, MINUTES);

it('not twice', async () => {
  const { stdout, exit } = await run(REVERT);
  expect([exit, stdout]).toEqual([0, 'nothing to do: !2 does that already\n']);
  expect(requests()).toHaveLength(2);
}, MINUTES);

it('a run in between leaves it alone, and the gate lets it through', async () => {
  await run();
  expect(requests()[1]).toMatchObject({ state: 'opened', labels: ['renovate-argocd-revert'] });
  expect((await run(['gate', '--project', PATH, '--merge-request', '2'])).exit).toBe(0);
}, MINUTES);

it('once it is merged and all is well, the bad version does not come again', async () => {
  const init = { method: 'PUT', headers: { 'private-token': sandbox.gitlab.maintainerToken } };
  expect((await fetch(`${sandbox.gitlab.endpoint}projects/${encodeURIComponent(PATH)}/merge_requests/2/merge`, init)).status).toBe(200);
  expect(version()).toBe('1.0.0');
  await notify(sandbox.gitlab, PATH, { application: 'web', status: 'resolved', startsAt: START });
  await run();
  expect([version(), requests().filter(({ state }) => state === 'opened')]).toEqual(['1.0.0', []]);
}, MINUTES);

it('the next one does, and none that the repository does not allow', async () => {
  sandbox.charts.publish({ helm: { stable: { web: { '1.0.2': 20, '2.0.0': 20 } } } });
  await run();
  expect([version(), requests().filter(({ state }) => state === 'opened')]).toEqual(['1.0.2', []]);
}, MINUTES);

it('a later incident is not answered by undoing a revert', async () => {
  expect((await run(REVERT)).stdout).toBe('nothing to do: !2 did that already\n');
}, MINUTES);
