import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectReport, Report } from '../../runner/report/model.ts';
import { PRESETS, startSandbox, type Charts, type ProjectSpec, type Sandbox } from '../sandbox/index.ts';
import { application } from '../support/application.ts';
import { projectRoot } from '../support/fixtures.ts';
import { runRunner, type RunnerRun } from './harness.ts';

/** The main job, with the program itself, real Renovate and real git: which automerges land in main, which do not, and what the report says of each. */
const MINUTES = 240_000;

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };

const CHARTS = {
  helm: {
    stable: {
      web: { '1.0.0': 40, '1.1.0': 20 },
      db: { '2.0.0': 90, '2.0.1': 30 },
      young: { '1.0.0': 50, '1.0.1': 0.1 },
      cert: { '1.0.0': 90, '2.0.0': 60 },
    },
  },
  oci: { 'charts/podinfo': ['6.0.0', '6.0.1'] },
  git: { 'team/shop': ['v1.0.0', 'v1.0.1'] },
};

/** A policy without soak, so that merging depends on nothing but the combination at hand. */
const NO_POLICY = { extends: [`local>${PRESETS}//presets/managers/application`] };
const PATCHES = { minimumReleaseAge: null, packageRules: [{ matchUpdateTypes: ['patch'], automerge: true }] };

interface Case {
  readonly config: Readonly<Record<string, unknown>>;
  readonly project?: Partial<ProjectSpec>;
  /** What the first run leaves of the patch of `db`; and the second. */
  readonly first: string;
  readonly second: string;
}

/** Every combination by name: CI, who merges, how, and whether it may. */
const CASES: Readonly<Record<string, Case>> = {
  'ci-green': { config: PATCHES, first: 'merged', second: 'nothing' },
  'ci-green-must-succeed': { config: PATCHES, project: { pipelinesMustSucceed: true }, first: 'merged', second: 'nothing' },
  'ci-green-fast-forward': { config: PATCHES, project: { mergeMethod: 'ff' }, first: 'merged', second: 'nothing' },
  'ci-running-must-succeed': { config: PATCHES, project: { ci: 'running', pipelinesMustSucceed: true }, first: 'waits: pipeline', second: 'waits: pipeline' },
  'ci-failed-must-succeed': { config: PATCHES, project: { ci: 'failed', pipelinesMustSucceed: true }, first: 'waits: pipeline-failed', second: 'waits: pipeline-failed' },
  'no-ci-platform': { config: PATCHES, project: { ci: 'none' }, first: 'waits: no-pipeline', second: 'waits: no-pipeline' },
  'no-ci-renovate': { config: { ...PATCHES, platformAutomerge: false }, project: { ci: 'none' }, first: 'waits: no-pipeline', second: 'waits: no-pipeline' },
  'no-ci-ignore-tests': { config: { ...PATCHES, platformAutomerge: false, ignoreTests: true }, project: { ci: 'none' }, first: 'merged', second: 'nothing' },
  'ci-green-renovate': { config: { ...PATCHES, platformAutomerge: false }, first: 'waits: automerge', second: 'merged' },
  'branch-automerge': { config: { ...PATCHES, automergeType: 'branch' }, first: 'nothing', second: 'pushed' },
  'branch-automerge-developer': { config: { ...PATCHES, automergeType: 'branch' }, project: { botAccess: 30 }, first: 'nothing', second: 'waits: not-allowed' },
  'developer-on-protected-main': { config: PATCHES, project: { botAccess: 30 }, first: 'waits: not-allowed', second: 'waits: not-allowed' },
  'approval-missing': { config: PATCHES, project: { approvalsRequired: 1 }, first: 'waits: approval', second: 'waits: approval' },
  'no-automerge': { config: NO_POLICY, first: 'waits: merge', second: 'waits: merge' },
  'preset-default': { config: {}, first: 'merged', second: 'nothing' },
  'preset-tag-and-arguments': { config: { extends: [`local>${PRESETS}//presets/managers/application#v${version}`, `local>${PRESETS}//presets/automerge/patch#v${version}(db)`] }, first: 'merged', second: 'nothing' },
  'preset-arguments-of-another': { config: { extends: [`local>${PRESETS}//presets/managers/application#v${version}`, `local>${PRESETS}//presets/automerge/patch#v${version}(web)`] }, first: 'waits: merge', second: 'waits: merge' },
  'limit-of-merge-requests': { config: { ...NO_POLICY, prConcurrentLimit: 1 }, first: 'waits: merge', second: 'waits: merge' },
  'schedule-that-is-not-now': { config: { ...NO_POLICY, schedule: ['* * 29 2 1'] }, first: 'waits: schedule', second: 'waits: schedule' },
  'config-invalid': { config: { packageRules: 'none' }, first: 'failed: config-validation', second: 'failed: config-validation' },
};

/** Selected, and not run. */
const SKIPPED: Readonly<Record<string, { readonly reason: string; readonly project: Partial<ProjectSpec> }>> = {
  archived: { reason: 'archived', project: { archived: true } },
  empty: { reason: 'empty', project: { empty: true } },
  fork: { reason: 'fork', project: { fork: true } },
  leaving: { reason: 'pending-deletion', project: { pendingDeletion: '2026-01-31' } },
  'merge-requests-off': { reason: 'merge-requests-off', project: { mergeRequestsOff: true } },
  reporter: { reason: 'role-too-low', project: { botAccess: 20 } },
  'without-config': { reason: 'no-config', project: { files: { 'README.md': 'x' } } },
  'left-out': { reason: 'excluded', project: {} },
};

function filesOf(charts: Charts, config: Readonly<Record<string, unknown>>): Record<string, string> {
  const renovate = { extends: [`local>${PRESETS}`], prHourlyLimit: 0, branchConcurrentLimit: 0, prConcurrentLimit: 0, ...config };
  return { 'renovate.json': JSON.stringify(renovate), 'applications/db.yaml': application('db', '2.0.0', charts.helm('stable')) };
}

function projects(charts: Charts): ProjectSpec[] {
  const run = Object.entries(CASES).map(([name, { config, project }]): ProjectSpec => ({ path: `clusters/${name}`, files: filesOf(charts, config), ...project }));
  const skipped = Object.entries(SKIPPED).map(([name, { project }]): ProjectSpec => ({ path: `clusters/${name}`, files: filesOf(charts, PATCHES), ...project }));
  const whole: ProjectSpec = {
    path: 'clusters/sub/whole',
    files: {
      ...filesOf(charts, { extends: [`local>${PRESETS}`], minimumReleaseAge: '3 days' }),
      'applications/web.yaml': application('web', '1.0.0', charts.helm('stable')),
      'applications/young.yaml': application('young', '1.0.0', charts.helm('stable')),
      'applications/cert.yaml': application('cert', '1.0.0', charts.helm('stable')),
      'applications/podinfo.yaml': application('podinfo', '6.0.0', `${charts.registry}/charts`),
      'applications/unmanaged.yaml': application('ghost', '1.0.0', '{{ .Values.repository }}'),
    },
  };
  return [...run, ...skipped, whole];
}

/** One word for what became of the only update of a case. */
function fateOf({ status, outcome, merged, pushed, waiting }: ProjectReport): string {
  if (status === 'failed') return `failed: ${outcome}`;
  if (merged.length > 0) return 'merged';
  if (pushed.length > 0) return 'pushed';
  return waiting.length > 0 ? `waits: ${waiting.map(({ code }) => code).join(', ')}` : 'nothing';
}

function fatesOf(report: Report): Record<string, string> {
  return Object.fromEntries(report.projects.filter(({ path }) => path.split('/').length === 2).map((project) => [project.path.replace('clusters/', ''), fateOf(project)]));
}

function landed(sandbox: Sandbox): string[] {
  return Object.keys(CASES).filter((name) => sandbox.gitlab.file(`clusters/${name}`, 'applications/db.yaml')?.includes('2.0.1') === true);
}

describe('twenty projects, real Renovate', () => {
  const config = { groups: ['clusters'], exclude: ['clusters/left-out'], batch: { projects: 8 } };
  let sandbox: Sandbox;
  let plan: RunnerRun;
  let first: RunnerRun;
  let second: RunnerRun;
  let landedFirst: readonly string[];

  beforeAll(async () => {
    sandbox = await startSandbox({ charts: CHARTS, projects });
    plan = await runRunner(sandbox, ['plan', '--format', 'json'], { config });
    first = await runRunner(sandbox, ['run'], { config });
    landedFirst = landed(sandbox);
    second = await runRunner(sandbox, ['run', '--format', 'json'], { config, cwd: first.cwd });
  }, MINUTES);
  afterAll(() => sandbox.close());

  it('plans them all, and gives a reason for each other one', () => {
    const { projects, skipped } = JSON.parse(plan.stdout) as { projects: { path: string }[]; skipped: { path: string; reason: string }[] };
    expect(projects.map(({ path }) => path)).toEqual([...Object.keys(CASES).map((name) => `clusters/${name}`), 'clusters/sub/whole'].sort());
    expect(Object.fromEntries(skipped.map(({ path, reason }) => [path.replace('clusters/', ''), reason]))).toEqual(Object.fromEntries(Object.entries(SKIPPED).map(([name, { reason }]) => [name, reason])));
  });

  it.each(Object.entries(CASES))('%s', (name, expected) => {
    expect([fatesOf(first.report!)[name], fatesOf(second.report!)[name]]).toEqual([expected.first, expected.second]);
  });

  it('what the report calls merged is in main, and nothing else', () => {
    const merging = (when: 'first' | 'second'): string[] => Object.keys(CASES).filter((name) => ['merged', 'pushed'].includes(CASES[name]![when]));
    expect(landedFirst).toEqual(merging('first'));
    expect(landed(sandbox).sort()).toEqual([...merging('first'), ...merging('second')].sort());
  });

  it('GitLab merges when a pipeline ends that ran', () => {
    sandbox.gitlab.finishPipelines('clusters/ci-running-must-succeed', 'success');
    expect(landed(sandbox)).toContain('ci-running-must-succeed');
  });

  it('a failed project makes exit 1, with its remedy, and does not touch the others', () => {
    expect([first.exit, second.exit]).toEqual([1, 1]);
    expect(first.stdout).toContain('clusters/config-invalid: its Renovate config is invalid');
    expect(first.report?.summary).toMatchObject({ projects: 21, failed: 1, skipped: 8 });
  });

  it('says what waits for whom, and which versions nobody manages', () => {
    const whole = first.report?.projects.find(({ path }) => path === 'clusters/sub/whole');
    expect(whole?.waiting.map(({ code, title }) => [code, title]).sort()).toEqual([
      ['checkbox', 'Update Helm release cert to v2'],
      ['merge', 'Update Helm release web to v1.1.0'],
      ['release-age', 'Update Helm release young to v1.0.1'],
    ]);
    expect(whole?.merged.map(({ title }) => title).sort()).toEqual([expect.stringContaining('podinfo') as string, 'Update Helm release db to v2.0.1']);
    expect(whole?.coverage).toEqual({ pins: 6, managed: 5, unmanaged: 1, duplicate: 0, mismatch: 0, ignored: 0 });
  });

  it('the second report tells no merge twice, and keeps since when something waits', () => {
    const waits = (report: Report): Map<string, string | null> => new Map(report.projects.flatMap(({ path, waiting }) => waiting.map(({ branch, code, since }) => [`${path} ${branch} ${code}`, since] as const)));
    const [then, now] = [waits(first.report!), waits(second.report!)];
    const both = [...now].filter(([key]) => then.has(key));
    expect(both.length).toBeGreaterThan(10);
    expect(both.filter(([key, since]) => then.get(key) !== since)).toEqual([]);
    expect(second.report?.change).toMatchObject({ since: first.report?.startedAt, broken: [], mended: [], added: [], gone: [] });
  });

  it('stays on the machine, and asks GitLab nothing that it does not know', () => {
    expect([...plan.attempts, ...first.attempts, ...second.attempts]).toEqual([]);
    expect(sandbox.gitlab.requests.filter(({ status, path }) => status === 404 && !/repository\/files|repository\/tree/.test(path)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('prints one JSON document', () => {
    expect(JSON.parse(second.stdout)).toEqual(second.report);
  });
});
