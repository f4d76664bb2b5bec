import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { runRunner, type RunnerRun } from '../harness.ts';

/** The program itself against the emulated GitLab. */
const PROJECT = 'platform/runner';
const MAINTAINERS = 'token-of-a-maintainer';
const MINUTE = 60_000;

const NIGHTLY = { description: 'Nightly', cron: '0 4 * * *', timezone: 'Europe/Berlin' };
const HOURLY = { description: 'Hourly', cron: '30 * * * *', variables: { RENOVATE_ARGOCD_TOPICS: 'fast' } };

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    users: [{ username: 'anna', token: MAINTAINERS }],
    projects: () => [
      { path: PROJECT, files: { '.gitlab-ci.yml': 'run: { script: run }\n' }, members: { anna: 40 } },
      { path: 'platform/low', files: { 'a.txt': 'a\n' }, botAccess: 30, members: { anna: 40 } },
      { path: 'team/noon', files: { 'renovate.json': '{ "schedule": ["* 12 * * *"] }' } },
    ],
  });
}, MINUTE);
afterAll(() => sandbox.close());

function schedule(config: Readonly<Record<string, unknown>>, ...argv: string[]): Promise<RunnerRun> {
  return runRunner(sandbox, ['schedule', ...argv], { config: { scheduleProject: PROJECT, ...config } });
}

function ofAnna(path: string, method: string, body: Readonly<Record<string, unknown>>): Promise<Response> {
  return fetch(`${sandbox.gitlab.endpoint}${path}`, { method, headers: { 'private-token': MAINTAINERS, 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function there(path = PROJECT): unknown[] {
  return sandbox.gitlab.project(path).schedules.map(({ description, cron, timezone, ref, active, owner, variables }) => [description, cron, timezone, ref, active, owner.username, variables.length]);
}

it('from nothing to what the configuration says, step by step', async () => {
  const config = { schedules: [NIGHTLY, HOURLY] };
  const before = await schedule(config, '--check');
  expect(before).toMatchObject({ exit: 1, stdout: expect.stringContaining('5 changes to be made; nothing was changed') as string });
  expect(await schedule(config, '--dry-run')).toMatchObject({ exit: 0, stdout: before.stdout });
  expect(there()).toEqual([]);

  const made = await schedule(config);
  expect(made).toMatchObject({ exit: 0, stderr: '' });
  expect(made.stdout).toContain('5 changes made');
  const both = [
    ['Nightly', '0 4 * * *', 'Europe/Berlin', 'refs/heads/main', true, 'renovate-bot', 1],
    ['Hourly', '30 * * * *', 'UTC', 'refs/heads/main', true, 'renovate-bot', 2],
  ];
  expect(there()).toEqual(both);

  const writes = sandbox.gitlab.requests.length;
  expect(await schedule(config)).toMatchObject({ exit: 0, stdout: expect.stringContaining('2 schedules as configured') as string });
  expect(sandbox.gitlab.requests.slice(writes).filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(there()).toEqual(both);

  // a Maintainer takes one over and changes it: only that one comes back
  const [nightly, hourly] = sandbox.gitlab.project(PROJECT).schedules.map(({ id }) => id);
  await ofAnna(`projects/platform%2Frunner/pipeline_schedules/${nightly}/take_ownership`, 'POST', {});
  await ofAnna(`projects/platform%2Frunner/pipeline_schedules/${nightly}`, 'PUT', { cron: '0 5 * * *', active: false });
  await ofAnna(`projects/platform%2Frunner/pipeline_schedules/${hourly}/take_ownership`, 'POST', {});
  const drifted = await schedule(config, '--check', '--format', 'json');
  expect({ exit: drifted.exit, answer: JSON.parse(drifted.stdout) as unknown }).toMatchObject({
    exit: 1,
    answer: {
      version: 1,
      project: PROJECT,
      applied: false,
      summary: { schedules: 2, changes: 2, foreign: 0, unmet: null },
      schedules: [
        { id: nightly, actions: [{ kind: 'take-ownership' }, { kind: 'edit', reason: 'cron "0 5 * * *" → "0 4 * * *"; off → on' }] },
        { id: hourly, actions: [{ kind: 'unchanged', reason: 'as configured; it runs as @anna' }] },
      ],
    },
  });
  expect((await schedule(config)).exit).toBe(0);
  expect(there()).toEqual([
    ['Nightly', '0 4 * * *', 'Europe/Berlin', 'refs/heads/main', true, 'renovate-bot', 1],
    ['Hourly', '30 * * * *', 'UTC', 'refs/heads/main', true, 'anna', 2],
  ]);

  const gone = await schedule({ schedules: [] });
  expect(gone).toMatchObject({ exit: 0, stdout: expect.stringContaining('the configuration has it no more') as string });
  expect(there()).toEqual([]);
}, MINUTE);

it("a schedule of the same name that is somebody's stays, and is reported", async () => {
  await ofAnna('projects/platform%2Frunner/pipeline_schedules', 'POST', { description: 'Nightly', ref: 'main', cron: '1 1 * * *' });
  const run = await schedule({ schedules: [NIGHTLY] });
  expect(run.exit).toBe(0);
  expect(run.stdout).toMatch(/Not ours\n.*Nightly #\d+ 1 1 \* \* \*, of @anna.*\n.*RENOVATE_ARGOCD_SCHEDULE=nightly-/);
  expect(there()).toEqual([
    ['Nightly', '1 1 * * *', 'UTC', 'refs/heads/main', true, 'anna', 0],
    ['Nightly', '0 4 * * *', 'Europe/Berlin', 'refs/heads/main', true, 'renovate-bot', 1],
  ]);
}, MINUTE);

it.each<[string, Readonly<Record<string, unknown>>, number, string]>([
  ['no project', { scheduleProject: null }, 2, 'no project is named whose pipelines are scheduled'],
  ['a project that is not there', { scheduleProject: 'platform/gone' }, 3, 'there is no project platform/gone'],
  ['a branch that is not there', { schedules: [{ ...HOURLY, ref: 'gone' }] }, 3, 'does not exist'],
  ['no timezone', { schedules: [{ ...NIGHTLY, timezone: 'Europe/Berlim' }] }, 2, 'Did you mean Europe/Berlin?'],
])('%s', async (_name, config, exit, message) => {
  expect(await schedule(config)).toMatchObject({ exit, stdout: '', stderr: expect.stringContaining(message) as string });
}, MINUTE);

it('a Developer is not shown whose a schedule of the same name is', async () => {
  await ofAnna('projects/platform%2Flow/pipeline_schedules', 'POST', { description: 'Nightly', ref: 'main', cron: '1 1 * * *' });
  expect(await schedule({ scheduleProject: 'platform/low', schedules: [NIGHTLY] })).toMatchObject({ exit: 3, stderr: expect.stringContaining('does not show its variables to @renovate-bot') as string });
  expect(there('platform/low')).toHaveLength(1);
}, MINUTE);

it('projects that cannot be listed do not keep the schedules from being made', async () => {
  const lift = sandbox.gitlab.fail({ matches: /^GET .*\/projects\/team%2Fnoon$/, answer: 403, times: Infinity });
  const run = await schedule({ projects: ['team/noon'], schedules: [NIGHTLY, { ...HOURLY, description: 'Another' }] });
  lift();
  expect(run).toMatchObject({ exit: 0, stdout: expect.stringContaining('3 changes made') as string, stderr: expect.stringContaining('whether the schedules of the projects are met is not known') as string });
}, MINUTE);

it("a project's own schedule that no start meets", async () => {
  const config = { projects: ['team/noon'], schedules: [NIGHTLY] };
  await schedule(config);
  const run = await schedule(config, '--check');
  expect(run).toMatchObject({ exit: 1, stdout: expect.stringMatching(/Never met\n.*team\/noon renovate\.json:1: schedule \["\* 12 \* \* \*"\] is never met/) as string });
  expect(await schedule(config, '--check', '--no-projects')).toMatchObject({ exit: 0 });
}, MINUTE);
