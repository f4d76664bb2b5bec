import { PRESETS, type Charts, type Sandbox } from '../../sandbox/index.ts';
import { helmRelease, helmRepository } from '../../support/flux.ts';
import { runRunner, type RunnerRun } from '../harness.ts';
import { notify } from './alert.ts';
import { startTwoApplications } from './two-applications.ts';

/** The loop knows nothing of who deploys: an incident whose marker names a HelmRelease holds, accuses and puts back as one that names an Application. */
const MINUTES = 240_000;
const PATH = 'platform/flux';
const START = '2026-11-25T03:00:00Z';

let sandbox: Sandbox;
let cwd: string;
const config = { projects: [PATH], hold: { calm: 0 } };

function run(argv: readonly string[] = ['run']): Promise<RunnerRun> {
  return runRunner(sandbox, argv, { config, cwd });
}

function version(name: string, ref?: string): string | undefined {
  return / version: (.*)/.exec(sandbox.gitlab.file(PATH, `apps/${name}.yaml`, ref) ?? '')?.[1];
}

beforeAll(async () => {
  const files = (charts: Charts): Record<string, string> => ({
    'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}`, `local>${PRESETS}//presets/managers/flux`], prHourlyLimit: 0 }),
    'infrastructure/stable.yaml': helmRepository('stable', charts.helm('stable')),
    'apps/web.yaml': helmRelease('web', '1.0.0'),
    'apps/db.yaml': helmRelease('db', '2.0.0'),
  });
  ({ sandbox, cwd } = await startTwoApplications(files, { path: PATH }, config));
}, MINUTES);
afterAll(() => sandbox.close());

it('a patch merges by itself', async () => {
  await run();
  expect(version('web')).toBe('1.0.1');
}, MINUTES);

it('the release fails: its next patch stays open, another release goes on', async () => {
  expect(await notify(sandbox.gitlab, PATH, { application: 'web', status: 'firing', startsAt: START })).toBe(201);
  sandbox.charts.publish({ helm: { stable: { web: { '1.0.2': 20 }, db: { '2.0.1': 20 } } } });
  await run();
  expect([version('web'), version('db')]).toEqual(['1.0.1', '2.0.1']);
  expect(sandbox.gitlab.project(PATH).mergeRequests.filter(({ state }) => state === 'opened')).toMatchObject([{ source: 'renovate/web-1.0.x', labels: ['renovate-argocd-hold'] }]);
}, MINUTES);

it('the incident names the suspect', async () => {
  expect((await run(['incidents'])).stdout).toContain('suspect: web 1.0.0 → 1.0.1 by !1 Update Helm release web to v1.0.1');
}, MINUTES);

it('and revert proposes the version before', async () => {
  const [incident] = sandbox.gitlab.project(PATH).issues.filter(({ type }) => type === 'incident');
  await run(['revert', '--project', PATH, '--incident', String(incident!.iid)]);
  const back = sandbox.gitlab.project(PATH).mergeRequests.filter(({ state, labels }) => state === 'opened' && labels.includes('renovate-argocd-revert'));
  expect(back.map(({ source }) => version('web', source))).toEqual(['1.0.0']);
}, MINUTES);
