import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chartHosts } from '../runner/harness.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { startProxyTrap } from '../sandbox/proxy-trap.ts';
import { projectRoot } from './fixtures.ts';

/** Pipelines as GitLab would run them, by gitlab-ci-local with its shell executor, on clones from the sandbox. */
export interface LocalPipeline {
  readonly exit: number | null;
  /** Both streams, without colours. */
  readonly output: string;
  /** The clone, with the artifacts in it. */
  readonly folder: string;
  /** Addresses beyond the sandbox that somebody tried to reach. */
  readonly attempts: readonly string[];
}

const HINT = 'apt-get install rsync';

/** gitlab-ci-local copies its work with rsync; without it one test stands in the place of these and says what was left out. */
export function describeWithPipelines(what: string, tests: () => void): void {
  if (spawnSync('rsync', ['--version']).error === undefined) describe(what, tests);
  else it(`LEFT OUT: ${what}, because this machine has no rsync (${HINT})`, () => console.warn(`left out: ${what}; this machine has no rsync (${HINT})`));
}

/** The programs of this package by their names, as an installation would have them, the Node that runs this test, and an npm that has installed already. */
function programs(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['renovate-argocd', 'renovate-argocd-runner']) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' '${join(projectRoot, 'bin', `${name}.js`)}' "$@"\n`, { mode: 0o755 });
  }
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return [bin, dirname(process.execPath), process.env['PATH']!].join(':');
}

/**
 * @param path project in the sandbox, cloned anew
 * @param branch that is checked out
 * @param variables of the pipeline, predefined ones among them
 * @param jobs empty for the whole pipeline
 */
export async function runPipeline(sandbox: Sandbox, path: string, branch: string, variables: Readonly<Record<string, string>>, jobs: readonly string[] = []): Promise<LocalPipeline> {
  const home = mkdtempSync(join(sandbox.folder, 'pipeline-'));
  const folder = join(home, 'clone');
  const trap = await startProxyTrap();
  const env = { ...trap.environment, PATH: programs(home), HOME: home, TMPDIR: home, NO_COLOR: '1', LC_ALL: 'C', NODE_COMPILE_CACHE: join(projectRoot, 'node_modules/.cache/renovate-argocd-sandbox') };
  const url = `${new URL(sandbox.gitlab.endpoint).origin}/${path}.git`;
  const header = `http.extraHeader=Authorization: Basic ${Buffer.from(`oauth2:${sandbox.gitlab.token}`).toString('base64')}`;
  await done('git', ['clone', '--quiet', '--config', header, '--branch', branch, url, folder], home, env);
  await done('git', ['remote', 'set-head', 'origin', 'main'], folder, env);
  const renovate = JSON.stringify({ ...chartHosts(sandbox), packageRules: [{ matchDatasources: ['npm'], registryUrls: [sandbox.charts.npm] }] });
  const all = { RENOVATE_TOKEN: sandbox.gitlab.token, RENOVATE_ARGOCD_RENOVATE: renovate, CI_API_V4_URL: sandbox.gitlab.endpoint, CI_PROJECT_PATH: path, CI_COMMIT_BRANCH: branch, CI_DEFAULT_BRANCH: 'main', ...variables };
  writeFileSync(join(folder, '.gitlab-ci-local-variables.yml'), JSON.stringify(all));
  const args = [join(projectRoot, 'node_modules/gitlab-ci-local/dist/index.js'), '--force-shell-executor', '--variables-file', '.gitlab-ci-local-variables.yml', '--ignore-predefined-vars', Object.keys(all).join(','), ...jobs];
  const { exit, output } = await spawned(process.execPath, args, folder, env);
  await trap.close();
  return { exit, output: output.replaceAll(/\u001b\[[0-9;]*m/g, ''), folder, attempts: trap.attempts };
}

async function done(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { exit, output } = await spawned(program, args, cwd, env);
  if (exit !== 0) throw new Error(`${program} ${args.join(' ')}: ${output}`);
}

function spawned(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ exit: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, output }));
  });
}
