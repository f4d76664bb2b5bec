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

interface Side {
  readonly name: string;
  readonly sandbox: Sandbox;
  run(): Promise<Measured>;
}

/** A world of its own, in which one of the two works. */
async function side(name: string, open: (sandbox: Sandbox) => () => Promise<Measured>): Promise<Side> {
  const sandbox = await world();
  return { name, sandbox, run: open(sandbox) };
}

/** How often each is measured; in turn, because a machine is not as fast at all times. The shortest counts: it was disturbed least. */
const ROUNDS = 2;

/** Two merge requests each, then nothing to do. */
async function busyThenIdle(): Promise<{ busy: readonly Measured[]; idle: readonly Measured[] }> {
  const busy: Measured[][] = [[], []];
  const idle: Measured[][] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sides = [await side('runner', runner), await side('plain renovate', plain)];
    for (const [index, { name, sandbox, run }] of sides.entries()) {
      busy[index]!.push(await run());
      if (landed(sandbox) !== 2 * PROJECTS.length) throw new Error(`${name}: ${landed(sandbox)} of ${2 * PROJECTS.length} updates landed`);
    }
    for (let times = 0; times < ROUNDS; times += 1) for (const [index, { run }] of sides.entries()) idle[index]!.push(await run());
    for (const { sandbox } of sides) await sandbox.close();
  }
  return { busy: busy.map(shortest), idle: idle.map(shortest) };
}

function shortest(measured: readonly Measured[]): Measured {
  return measured.reduce((best, one) => (one.seconds < best.seconds ? one : best));
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

const { busy, idle } = await busyThenIdle();
['runner', 'plain renovate'].forEach((name, index) => {
  show(`${name}, 20 projects with two merge requests each`, busy[index]!);
  show(`${name}, 20 idle projects`, idle[index]!);
});
const alone = shortest([await overhead(), await overhead()]);
show('runner without Renovate, one project', alone);
judge('runner / plain renovate, 20 projects with two merge requests each', busy[0]!.seconds / busy[1]!.seconds, 0.65);
judge('runner / plain renovate, 20 idle projects', idle[0]!.seconds / idle[1]!.seconds, 1);
judge('runner without Renovate, seconds', alone.seconds, 0.5, ' s');
judge('runner without Renovate, peak memory', alone.megabytes, 100, ' MB');
process.exitCode = results.every(Boolean) ? 0 : 1;
