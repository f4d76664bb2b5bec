/**
 * Ratios of the runner, measured in one run in the sandbox: twenty projects against one plain Renovate process on the same list, with two merge requests each and with nothing to do, and what the
 * runner itself costs. Part of `npm run bench`. Absolute times are the machine's and are printed for orientation; the ratios are judged.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startSandbox, type Sandbox } from '../test/sandbox/index.ts';
import { application } from '../test/support/application.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const PROJECTS = Array.from({ length: 20 }, (_, index) => `bench/cluster-${String(index).padStart(2, '0')}`);
const RENOVATE_JSON = JSON.stringify({ extends: ['local>platform/renovate-argocd//presets/managers/application'], prHourlyLimit: 0, branchConcurrentLimit: 0, prConcurrentLimit: 0, packageRules: [{ matchUpdateTypes: ['patch'], automerge: true }] });

interface Measured {
  readonly seconds: number;
  /** Of the process itself, without its children. */
  readonly megabytes: number;
}

function world(): Promise<Sandbox> {
  const releases = { '1.0.0': 90, '1.0.1': 30 };
  return startSandbox({
    charts: { helm: { stable: { web: releases, db: releases } } },
    projects: (charts) => PROJECTS.map((path) => ({ path, removeSourceBranch: true, files: { 'renovate.json': RENOVATE_JSON, 'web.yaml': application('web', '1.0.0', charts.helm('stable')), 'db.yaml': application('db', '1.0.0', charts.helm('stable')) } })),
  });
}

async function measure(sandbox: Sandbox, args: readonly string[], cwd: string, extra: Readonly<Record<string, string>> = {}): Promise<Measured> {
  const peak = join(sandbox.folder, 'peak');
  const env = {
    PATH: process.env['PATH']!,
    HOME: cwd,
    NO_COLOR: '1',
    NODE_NO_WARNINGS: '1',
    NODE_COMPILE_CACHE: join(project, 'node_modules/.cache/renovate-argocd-sandbox'),
    RENOVATE_TOKEN: sandbox.gitlab.token,
    RENOVATE_X_IGNORE_RE2: '1',
    RENOVATE_X_GITLAB_AUTO_MERGEABLE_CHECK_ATTEMPS: '1',
    PEAK_FILE: peak,
    ...extra,
  };
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', pathToFileURL(join(project, 'scripts/peak-memory.mjs')).href, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')}: exit ${code}`))));
  });
  return { seconds: (performance.now() - began) / 1000, megabytes: Number(readFileSync(peak, 'utf8')) };
}

function globalConfig({ gitlab, charts }: Sandbox): Record<string, unknown> {
  return { endpoint: gitlab.endpoint, hostRules: [{ matchHost: charts.origin }] };
}

/** One process for all, as the official templates have it. */
function plain(sandbox: Sandbox): () => Promise<Measured> {
  const cwd = mkdtempSync(join(sandbox.folder, 'plain-'));
  const file = join(cwd, 'config.json');
  writeFileSync(file, JSON.stringify({ ...globalConfig(sandbox), platform: 'gitlab', onboarding: false, repositories: PROJECTS }));
  return () => measure(sandbox, [join(project, 'node_modules/renovate/dist/renovate.js')], cwd, { RENOVATE_CONFIG_FILE: file, RENOVATE_BASE_DIR: join(cwd, 'base'), LOG_LEVEL: 'info' });
}

function runner(sandbox: Sandbox, config: Readonly<Record<string, unknown>> = {}): () => Promise<Measured> {
  const cwd = mkdtempSync(join(sandbox.folder, 'runner-'));
  const { endpoint, ...renovate } = globalConfig(sandbox);
  writeFileSync(join(cwd, 'runner.json5'), JSON.stringify({ endpoint, projects: PROJECTS, renovate, ...config }));
  return () => measure(sandbox, [join(project, 'bin/renovate-argocd-runner.js'), 'run'], cwd);
}

function landed(sandbox: Sandbox): number {
  return PROJECTS.flatMap((path) => ['web.yaml', 'db.yaml'].map((file) => sandbox.gitlab.file(path, file))).filter((text) => text?.includes('1.0.1')).length;
}

const results: boolean[] = [];
function judge(name: string, value: number, limit: number, unit = ''): void {
  results.push(value <= limit);
  console.log(`${value <= limit ? 'ok  ' : 'MISS'}  ${name.padEnd(74)} ${value.toFixed(2)}${unit} (limit ${limit}${unit})`);
}
function show(name: string, { seconds, megabytes }: Measured): void {
  console.log(`      ${name.padEnd(74)} ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
}

/** Two merge requests each, then nothing to do, in a world of its own. */
async function busyThenIdle(name: string, open: (sandbox: Sandbox) => () => Promise<Measured>): Promise<{ busy: Measured; idle: Measured }> {
  const sandbox = await world();
  try {
    const run = open(sandbox);
    const busy = await run();
    if (landed(sandbox) !== 2 * PROJECTS.length) throw new Error(`${name}: ${landed(sandbox)} of ${2 * PROJECTS.length} updates landed`);
    const idle = await run();
    show(`${name}, 20 projects with two merge requests each`, busy);
    show(`${name}, 20 idle projects`, idle);
    return { busy, idle };
  } finally {
    await sandbox.close();
  }
}

/** A stand-in that does nothing takes Renovate's place: what is left is the runner, with discovery, locks, collecting and report. */
async function overhead(): Promise<Measured> {
  const sandbox = await world();
  try {
    return await runner(sandbox, { projects: PROJECTS.slice(0, 1), command: [process.execPath, join(project, 'test/runner/support/fake-renovate.mjs')], report: { coverage: false } })();
  } finally {
    await sandbox.close();
  }
}

const ours = await busyThenIdle('runner', (sandbox) => runner(sandbox));
const theirs = await busyThenIdle('plain renovate', plain);
const alone = await overhead();
show('runner without Renovate, one project', alone);
judge('runner / plain renovate, 20 projects with two merge requests each', ours.busy.seconds / theirs.busy.seconds, 0.65);
judge('runner / plain renovate, 20 idle projects', ours.idle.seconds / theirs.idle.seconds, 1);
judge('runner without Renovate, seconds', alone.seconds, 0.5, ' s');
judge('runner without Renovate, peak memory', alone.megabytes, 100, ' MB');
process.exitCode = results.every(Boolean) ? 0 : 1;
