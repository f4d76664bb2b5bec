import { PRESETS, type Charts, type MergeRequest, type Sandbox } from '../../sandbox/index.ts';
import { application } from '../../support/application.ts';
import { runRunner, type RunnerRun } from '../harness.ts';
import { notify } from './alert.ts';
import { startTwoApplications } from './two-applications.ts';

/** Incident, hold, suspect, gate, recovery: the program itself and the real Renovate, in the order of a bad night. */
const MINUTES = 240_000;
const PATH = 'platform/cluster';

let sandbox: Sandbox;
let cwd: string;
const config = { projects: [PATH], hold: { calm: 0 } };

function run(argv: readonly string[] = ['run']): Promise<RunnerRun> {
  return runRunner(sandbox, argv, { config, cwd });
}

function request(source: string): MergeRequest {
  return sandbox.gitlab.project(PATH).mergeRequests.findLast((one) => one.source === source)!;
}

function notesOf(source: string): string[] {
  return request(source).notes.filter(({ system }) => !system).map(({ body }) => body);
}

function version(name: string): string | undefined {
  return /targetRevision: (.*)/.exec(sandbox.gitlab.file(PATH, `applications/${name}.yaml`) ?? '')?.[1];
}

const START = '2026-11-25T03:00:00Z';

beforeAll(async () => {
  const files = (charts: Charts): Record<string, string> => ({
    'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}//presets/managers/application`], prHourlyLimit: 0, packageRules: [{ matchUpdateTypes: ['patch'], automerge: true }] }),
    'applications/web.yaml': application('web', '1.0.0', charts.helm('stable')),
    'applications/db.yaml': application('db', '2.0.0', charts.helm('stable')),
  });
  ({ sandbox, cwd } = await startTwoApplications(files, { path: PATH }, config));
}, MINUTES);
afterAll(() => sandbox.close());

it('an update merges by itself', async () => {
  await run();
  expect(version('web')).toBe('1.0.1');
}, MINUTES);

it('the application breaks: its next update stays open, another application goes on', async () => {
  expect(await notify(sandbox.gitlab, PATH, { application: 'web', status: 'firing', startsAt: START })).toBe(201);
  sandbox.charts.publish({ helm: { stable: { web: { '1.0.2': 20 }, db: { '2.0.1': 20 } } } });
  const held = await run();
  expect([version('web'), version('db')]).toEqual(['1.0.1', '2.0.1']);
  expect(request('renovate/web-1.x')).toMatchObject({ state: 'opened', autoMerge: null, labels: ['renovate-argocd-hold'] });
  expect(held.report?.projects[0]?.waiting).toMatchObject([{ code: 'incident', branch: 'renovate/web-1.x' }]);
  expect(held.report?.problems).toEqual([]);
}, MINUTES);

it('names the suspect on the incident, and the incident on the suspect', async () => {
  const [incident] = sandbox.gitlab.project(PATH).issues.filter(({ type }) => type === 'incident');
  expect(incident?.notes.filter(({ system }) => !system).map(({ body }) => body)).toEqual([expect.stringMatching(/\*\*Suspected:\*\* `web` `1.0.0` → `1.0.1` in `applications\/web.yaml` by \[!1\]/)]);
  expect(incident?.labels).toEqual(['renovate-argocd-suspect']);
  const accused = sandbox.gitlab.project(PATH).mergeRequests.find(({ iid }) => iid === 1);
  expect(accused?.notes.filter(({ system }) => !system).map(({ body }) => body)).toEqual([expect.stringMatching(/After this was merged, an incident began:\n\n- application `web`: \[platform\/cluster#1\]/)]);
});

it('says so', async () => {
  const { stdout, exit } = await run(['incidents']);
  expect(exit).toBe(1);
  expect(stdout).toContain('application web (by its marker)');
  expect(stdout).toContain('versions: web 1.0.1 (applications/web.yaml:9)');
  expect(stdout).toContain('suspect: web 1.0.0 → 1.0.1 by !1 Update Helm release web to v1.0.1');
}, MINUTES);

it('and to programs', async () => {
  const { stdout } = await run(['incidents', '--format', 'json']);
  const { incidents, problems } = JSON.parse(stdout) as { incidents: readonly object[]; problems: readonly object[] };
  expect(problems).toEqual([]);
  expect(incidents).toEqual([
    {
      project: PATH,
      iid: 1,
      title: 'Application web is degraded',
      url: expect.stringMatching(/\/issues\/incident\/1$/),
      state: 'open',
      since: expect.stringMatching(/Z$/),
      application: 'web',
      confidence: 'marker',
      reason: null,
      pins: [{ file: 'applications/web.yaml', line: 9, column: 21, name: 'web', value: '1.0.1' }],
      suspect: expect.objectContaining({ from: '1.0.0', to: '1.0.1', mergeRequest: expect.objectContaining({ iid: 1 }) }),
      sure: true,
      alternatives: [],
      holds: [{ project: PATH, application: 'web', until: null }],
    },
  ]);
}, MINUTES);

it('the next run writes nothing twice', async () => {
  await run();
  expect(notesOf('renovate/web-1.x')).toEqual([expect.stringContaining('**Held.**')]);
  const writes = sandbox.gitlab.requests.filter(({ method, path, status }) => method === 'POST' && /\/notes$/.test(path) && status === 201);
  expect(writes).toHaveLength(3);
}, MINUTES);

it.each<[string, () => number, number]>([
  ['the held update', () => request('renovate/web-1.x').iid, 1],
  ['an update that is over', () => request('renovate/db-2.x').iid, 0],
])('the gate for %s', async (_name, iid, exit) => {
  expect((await run(['gate', '--project', PATH, '--merge-request', String(iid())])).exit).toBe(exit);
}, MINUTES);

it('the gate lets the mending through', async () => {
  request('renovate/web-1.x').labels.push('renovate-argocd-fix');
  const { stdout, exit } = await run(['gate', '--project', PATH, '--merge-request', String(request('renovate/web-1.x').iid)]);
  expect([exit, stdout]).toEqual([0, '✓ open: it is labelled renovate-argocd-fix\n']);
  request('renovate/web-1.x').labels = ['renovate-argocd-hold'];
}, MINUTES);

it('it recovers: the hold is released, and the update merges', async () => {
  expect(await notify(sandbox.gitlab, PATH, { application: 'web', status: 'resolved', startsAt: START })).toBe(201);
  await run();
  expect(request('renovate/web-1.x').labels).toEqual([]);
  expect(notesOf('renovate/web-1.x')).toEqual([expect.stringContaining('**Released.**')]);
  await run();
  expect(version('web')).toBe('1.0.2');
}, MINUTES);

it('an incident that begins while Renovate works holds what was set to merge meanwhile', async () => {
  const { settings } = sandbox.gitlab.project(PATH);
  settings.ci = 'running';
  sandbox.charts.publish({ helm: { stable: { web: { '1.0.3': 20 }, db: { '2.0.2': 20 } } } });
  const requests = (): readonly MergeRequest[] => sandbox.gitlab.project(PATH).mergeRequests.filter(({ state }) => state === 'opened');
  sandbox.gitlab.fail({ matches: /^POST .*\/merge_requests$/, answer: () => notify(sandbox.gitlab, PATH, { application: 'web', status: 'firing', startsAt: '2026-11-25T09:00:00Z' }) });
  const { report } = await run();
  expect(requests().map(({ title, labels, autoMerge }) => [title, labels, autoMerge !== null])).toEqual([
    ['Update Helm release db to v2.0.2', [], true],
    ['Update Helm release web to v1.0.3', ['renovate-argocd-hold'], false],
  ]);
  expect(report?.incidents.map(({ action }) => action)).toContainEqual(expect.stringMatching(/cancel its auto-merge/));
}, MINUTES);
