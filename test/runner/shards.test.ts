import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Report } from '../../runner/report/model.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { projectRoot } from '../support/fixtures.ts';
import { reportIn, runRunner } from './harness.ts';

/** The child pipeline of `shard`, its jobs run as GitLab would: their variables, their scripts, one after the other. */
const command = [process.execPath, join(projectRoot, 'test/runner/support/fake-renovate.mjs')];
const files = { 'renovate.json': '{}' };

interface Job {
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string | { readonly value: string }>>;
}

let sandbox: Sandbox;
let cwd: string;
let jobs: Readonly<Record<string, Job>>;

async function runJobs(names: readonly string[]): Promise<(number | null)[]> {
  const exits: (number | null)[] = [];
  for (const name of names) exits.push(await runJob(jobs[name]!));
  return exits;
}

/** A shell with nothing but the job's own environment. */
function runJob(job: Job): Promise<number | null> {
  const own = Object.fromEntries(Object.entries(job.variables).map(([key, value]) => [key, typeof value === 'string' ? value : value.value]));
  const env = { PATH: [join(cwd, 'bin'), process.env['PATH']].join(delimiter), RENOVATE_TOKEN: sandbox.gitlab.token, TEAM_TOKEN: 'token-of-the-team', NO_COLOR: '1', ...own };
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-c', job.script.join('\n')], { cwd, env, stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

beforeAll(async () => {
  sandbox = await startSandbox({
    users: [{ username: 'team-bot', token: 'token-of-the-team' }],
    projects: () => [
      ...['a', 'b', 'c-invalid', 'd', 'e'].map((name) => ({ path: `main/${name}`, files })),
      { path: 'main/archived', files, archived: true },
      ...['x', 'y'].map((name) => ({ path: `team/${name}`, files, botAccess: 0, members: { 'team-bot': 40 } })),
    ],
  });
  cwd = mkdtempSync(join(sandbox.folder, 'pipeline-'));
  mkdirSync(join(cwd, 'bin'));
  writeFileSync(join(cwd, 'bin/renovate-argocd-runner'), `#!/bin/sh\nexec "${process.execPath}" "${join(projectRoot, 'bin/renovate-argocd-runner.js')}" "$@"\n`);
  chmodSync(join(cwd, 'bin/renovate-argocd-runner'), 0o755);
  const config = { groups: ['main'], accounts: [{ name: 'team', token: 'TEAM_TOKEN', groups: ['team'] }], shard: { jobs: 3, install: 'true' }, command, report: { coverage: false } };
  const { stdout } = await runRunner(sandbox, ['shard'], { cwd, config, env: { TEAM_TOKEN: 'token-of-the-team' } });
  jobs = JSON.parse(stdout) as typeof jobs;
}, 60_000);
afterAll(() => sandbox.close());

function outcomes(report: Report | null): Record<string, string> {
  return Object.fromEntries(report?.projects.map(({ path, outcome }) => [path, outcome]) ?? []);
}

const ALL = { 'main/a': 'done', 'main/b': 'done', 'main/c-invalid': 'config-validation', 'main/d': 'done', 'main/e': 'done', 'team/x': 'done', 'team/y': 'done' };

it('three jobs, and one report of all projects with what was skipped', async () => {
  expect(await runJobs(['run 1/3', 'run 2/3', 'run 3/3', 'report'])).toEqual([expect.any(Number), expect.any(Number), 0, 1]);
  const report = reportIn(join(cwd, 'renovate-report'));
  expect(outcomes(report)).toEqual(ALL);
  expect(report?.skipped).toEqual([{ path: 'main/archived', reason: 'archived' }]);
  expect(report?.projects.find(({ path }) => path === 'team/x')?.account).toBe('team');
}, 60_000);

it('a job that left no report is not hidden', async () => {
  rmSync(join(cwd, 'renovate-report-3'), { recursive: true });
  expect(await runJobs(['report'])).toEqual([1]);
  const report = reportIn(join(cwd, 'renovate-report'));
  expect(outcomes(report)).toEqual({ ...ALL, 'team/x': 'not-started', 'team/y': 'not-started' });
  expect(report?.problems).toEqual(['some jobs left no report: see their logs in the pipeline']);
  expect(report?.change?.broken).toEqual(['team/x', 'team/y']);
}, 60_000);
