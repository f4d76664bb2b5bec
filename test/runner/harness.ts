import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Report } from '../../runner/report/model.ts';
import { startProxyTrap } from '../sandbox/proxy-trap.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { projectRoot } from '../support/fixtures.ts';

/** Runs the built program as a user would, against a sandbox. */
export interface RunnerOptions {
  /** runner.json5; the sandbox's GitLab and chart hosts are put in. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** A folder of an earlier run, to go on in it. */
  readonly cwd?: string;
  /** Told what stderr says, with the means to send a signal. */
  onStderr?(text: string, kill: (signal: NodeJS.Signals) => void): void;
  /** The process has begun. */
  onStart?(pid: number): void;
}

export interface RunnerRun {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly cwd: string;
  /** Null when it left none. */
  readonly report: Report | null;
  /** Addresses beyond the sandbox that somebody tried to reach. */
  readonly attempts: readonly string[];
}

const bin = join(projectRoot, 'bin/renovate-argocd-runner.js');

/** Global options that let Renovate reach the sandbox's registries by plain http. */
export function chartHosts({ charts }: Pick<Sandbox, 'charts'>): Record<string, unknown> {
  return { hostRules: [{ matchHost: charts.origin }, { hostType: 'docker', matchHost: `https://${charts.registry}`, insecureRegistry: true }] };
}

export async function runRunner(sandbox: Sandbox, argv: readonly string[], options: RunnerOptions = {}): Promise<RunnerRun> {
  const cwd = options.cwd ?? mkdtempSync(join(sandbox.folder, 'runner-'));
  const { renovate, ...config } = options.config ?? {};
  writeFileSync(join(cwd, 'runner.json5'), JSON.stringify({ endpoint: sandbox.gitlab.endpoint, retryDelay: 0, ...config, renovate: { ...chartHosts(sandbox), ...(renovate as object | undefined) } }));
  const trap = await startProxyTrap();
  const env = { PATH: process.env['PATH']!, TMPDIR: sandbox.folder, NO_COLOR: '1', RENOVATE_TOKEN: sandbox.gitlab.token, NODE_COMPILE_CACHE: join(projectRoot, 'node_modules/.cache/renovate-argocd-sandbox'), ...trap.environment, ...options.env };
  try {
    const ended = await new Promise<Pick<RunnerRun, 'exit' | 'stdout' | 'stderr'>>((resolve, reject) => {
      const child = spawn(process.execPath, [bin, ...argv], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said.stderr += text;
        options.onStderr?.(text, (signal) => child.kill(signal));
      });
      child.on('error', reject);
      child.on('close', (exit) => resolve({ exit, ...said }));
      if (child.pid !== undefined) options.onStart?.(child.pid);
    });
    return { ...ended, cwd, report: reportIn(join(cwd, 'renovate-report')), attempts: trap.attempts };
  } finally {
    await trap.close();
  }
}

export function reportIn(directory: string): Report | null {
  const path = join(directory, 'report.json');
  return existsSync(path) ? (Report.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null) : null;
}
