import type { Report } from '../../runner/report/model.ts';
import { startSandbox, type Charts, type Fault, type ProjectSpec, type Sandbox } from '../sandbox/index.ts';
import { application } from '../support/application.ts';
import { runRunner, type RunnerRun } from './harness.ts';
import { filesWith, watchArguments, type ArgumentWatch } from './support/leaks.ts';

/** GitLab, or a registry, fails for one project each, under the real Renovate. None may lose or double anything, or fail the others; nothing may show the token. */
const MINUTES = 300_000;

interface Case {
  /** What fails; the project's path is put before it. */
  readonly request: string;
  readonly answer: Fault['answer'];
  readonly times: number;
  /** Outcome of the run in which it fails. */
  readonly outcome: string;
  /** Whether the update has landed in that run nevertheless. */
  readonly landed: boolean;
}

const CASES: Readonly<Record<string, Case>> = {
  'never-fails': { request: 'nothing at all', answer: 500, times: 0, outcome: 'done', landed: true },
  'get-401': { request: '', answer: 401, times: Infinity, outcome: 'authentication-error', landed: false },
  'get-403': { request: '', answer: 403, times: Infinity, outcome: 'forbidden', landed: false },
  'get-404': { request: '', answer: 404, times: Infinity, outcome: 'not-found', landed: false },
  'get-429': { request: '', answer: { status: 429, headers: { 'retry-after': '1' } }, times: 1, outcome: 'done', landed: true },
  'get-500-once': { request: '', answer: 500, times: 1, outcome: 'done', landed: true },
  'get-502-for-ever': { request: '', answer: 502, times: Infinity, outcome: 'external-host-error', landed: false },
  'get-reset-once': { request: '', answer: 'reset', times: 1, outcome: 'done', landed: true },
  'get-malformed': { request: '', answer: 'malformed', times: Infinity, outcome: 'external-host-error', landed: false },
  'list-truncated': { request: '/merge_requests\\?', answer: 'truncated', times: 1, outcome: 'done', landed: true },
  'create-409': { request: '/merge_requests$', answer: { status: 409, headers: { 'content-type': 'application/json' }, body: '{"message":"409 Conflict: Resource lock"}' }, times: 1, outcome: 'done', landed: true },
  'create-500': { request: '/merge_requests$', answer: 500, times: Infinity, outcome: 'done', landed: false },
  'merge-405': { request: '/merge_requests/1/merge', answer: 405, times: Infinity, outcome: 'done', landed: false },
  'never-answers': { request: '', answer: 'hang', times: Infinity, outcome: 'hung', landed: false },
  'z-deleted-meanwhile': { request: 'deleted', answer: 500, times: 0, outcome: 'not-found', landed: false },
  'dead-charts': { request: 'dead', answer: 500, times: 0, outcome: 'done', landed: false },
};

const CHARTS = { helm: { stable: { db: { '2.0.0': 90, '2.0.1': 30 } } } };
const RENOVATE_JSON = JSON.stringify({ extends: ['local>platform/renovate-argocd//presets/managers/application'], prHourlyLimit: 0, packageRules: [{ matchUpdateTypes: ['patch'], automerge: true }] });

function projects(charts: Charts): ProjectSpec[] {
  return Object.keys(CASES).map((name) => ({ path: `f/${name}`, files: { 'renovate.json': RENOVATE_JSON, 'db.yaml': application('db', '2.0.0', charts.helm(name === 'dead-charts' ? 'gone' : 'stable')) } }));
}

function outcomes({ projects: all }: Report): Record<string, string> {
  return Object.fromEntries(all.map(({ path, outcome }) => [path.replace('f/', ''), outcome]));
}

function landed(sandbox: Sandbox, name: string): boolean {
  return sandbox.gitlab.file(`f/${name}`, 'db.yaml')?.includes('2.0.1') === true;
}

/** How often each branch has had a merge request. */
function requestsOf(sandbox: Sandbox, name: string): string[] {
  return sandbox.gitlab.project(`f/${name}`).mergeRequests.map(({ source }) => source);
}

describe('sixteen projects, fifteen faults', () => {
  const config = { groups: ['f'], retries: 1, batch: { stall: 0.25, projects: 8 } };
  let sandbox: Sandbox;
  let watch: ArgumentWatch;
  let failing: RunnerRun;
  let landedThen: Record<string, boolean>;
  let mended: RunnerRun;

  beforeAll(async () => {
    sandbox = await startSandbox({ charts: CHARTS, projects });
    watch = watchArguments(sandbox.gitlab.token);
    const lifts = Object.entries(CASES).map(([name, { request, answer, times }]) => sandbox.gitlab.fail({ matches: new RegExp(`/projects/f%2F${name}${request}${request === '' ? '$' : ''}`), answer, times }));
    failing = await runRunner(sandbox, ['run'], {
      config,
      // after it was planned, before its turn
      onStderr: (text) => void (text.includes('[1/') && sandbox.gitlab.remove('f/z-deleted-meanwhile')),
    });
    landedThen = Object.fromEntries(Object.keys(CASES).map((name) => [name, landed(sandbox, name)]));
    lifts.forEach((lift) => lift());
    sandbox.charts.publish({ helm: { gone: { db: { '2.0.0': 90, '2.0.1': 30 } } } });
    mended = await runRunner(sandbox, ['run'], { config, cwd: failing.cwd });
    watch.stop();
  }, MINUTES);
  afterAll(() => {
    watch.stop();
    return sandbox.close();
  });

  it.each(Object.entries(CASES))('%s', (name, { outcome, landed: expected }) => {
    expect([outcomes(failing.report!)[name], landedThen[name]]).toEqual([outcome, expected]);
  });

  it('a dead registry is a warning of its project', () => {
    expect(failing.report?.projects.find(({ path }) => path === 'f/dead-charts')?.warnings.join()).toMatch(/db/);
  });

  it('the next run makes good what failed, and what is gone is gone', () => {
    const left = Object.keys(CASES).filter((name) => name !== 'z-deleted-meanwhile');
    expect(left.filter((name) => !landed(sandbox, name))).toEqual([]);
    expect(mended.report?.projects.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(mended.report?.change?.gone).toEqual(['f/z-deleted-meanwhile']);
    expect(mended.exit).toBe(0);
  });

  it('nothing is doubled: one merge request for each update', () => {
    expect(Object.keys(CASES).filter((name) => requestsOf(sandbox, name).length > 1)).toEqual([]);
  });

  it('the token stands in no file, no output and no argument of any process', () => {
    expect(watch.read()).toBeGreaterThan(200);
    expect([...watch.seen]).toEqual([]);
    expect(filesWith(failing.cwd, sandbox.gitlab.token)).toEqual([]);
    expect([failing, mended].map(({ stdout, stderr }) => `${stdout}${stderr}`).join()).not.toContain(sandbox.gitlab.token);
  });
});

describe('two runners at once', () => {
  let sandbox: Sandbox;
  let runs: readonly RunnerRun[];

  beforeAll(async () => {
    sandbox = await startSandbox({ charts: CHARTS, projects: (charts) => ['a', 'b'].map((name) => ({ path: `f/${name}`, files: { 'renovate.json': RENOVATE_JSON, 'db.yaml': application('db', '2.0.0', charts.helm('stable')) } })) });
    runs = await Promise.all([1, 2].map(() => runRunner(sandbox, ['run'], { config: { groups: ['f'], concurrency: 1, retries: 5, retryDelay: 0.5 } })));
  }, MINUTES);
  afterAll(() => sandbox.close());

  it('each project has its update once, whoever was first', () => {
    expect(['a', 'b'].map((name) => [landed(sandbox, name), requestsOf(sandbox, name).length])).toEqual([[true, 1], [true, 1]]);
    expect(runs.map(({ exit, report }) => [exit, report?.summary.projects, report?.summary.failed])).toEqual([[0, 2, 0], [0, 2, 0]]);
  });

  it('no lock is left', () => {
    expect(['a', 'b'].flatMap((name) => sandbox.gitlab.project(`f/${name}`).labels)).toEqual([]);
  });
});

it('the watch on arguments would see a token: Renovate left to itself writes it into the address that git gets', async () => {
  const sandbox = await startSandbox({ projects: () => [{ path: 'f/plain', files: { 'renovate.json': '{}' } }] });
  const watch = watchArguments(sandbox.gitlab.token);
  await runRunner(sandbox, ['run'], { config: { groups: ['f'], renovate: { gitUrl: 'endpoint' }, report: { coverage: false } } });
  watch.stop();
  await sandbox.close();
  expect([...watch.seen].join()).toContain('git');
}, MINUTES);
