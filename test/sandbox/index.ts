import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/fixtures.ts';
import { startCharts, type Charts, type ChartsSpec } from './charts.ts';
import type { Files } from './git.ts';
import { startGitLab, type GitLab } from './gitlab/index.ts';
import type { ProjectSpec, UserSpec } from './gitlab/spec.ts';
import { openRenovateRunner, type RenovateRun, type RunOptions } from './renovate.ts';

/** The embedded world: chart sources, a GitLab and the real Renovate, all on 127.0.0.1 and in one temporary folder. */
export interface SandboxSpec {
  readonly charts?: ChartsSpec;
  /** A function, because the files of a project name the addresses of its charts. */
  readonly projects: (charts: Charts) => readonly ProjectSpec[];
  /** Accounts besides the bot and the maintainer. */
  readonly users?: readonly UserSpec[];
}

export interface Sandbox {
  readonly charts: Charts;
  readonly gitlab: GitLab;
  renovate(options: RunOptions): Promise<RenovateRun>;
  /** Everything on disk. */
  readonly folder: string;
  /** Ends processes and servers, removes the folder. */
  close(): Promise<void>;
}

export type { Charts, ChartsSpec } from './charts.ts';
export type { GitLab } from './gitlab/index.ts';
export type { Delivery } from './gitlab/hooks.ts';
export type { ProjectSpec, UserSpec } from './gitlab/spec.ts';
export type { Alert, Issue, MergeRequest, Project } from './gitlab/state.ts';
export type { Fault, InjectedAnswer, LoggedRequest } from './loopback.ts';
export type { LogLine, ProjectRun, RenovateRun, RunOptions } from './renovate.ts';

/** Where this package's presets live: `local>platform/renovate-argocd`, tagged v<version>. */
export const PRESETS = 'platform/renovate-argocd';

export async function startSandbox({ charts: chartsSpec = {}, projects, users = [] }: SandboxSpec): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-sandbox-'));
  const room = (name: string): string => mkdirSync(join(folder, name), { recursive: true }) ?? join(folder, name);
  const charts = await startCharts(chartsSpec, room('charts'));
  const gitlab = await startGitLab([presetsProject(), ...projects(charts)], room('gitlab'), { users });
  const runner = openRenovateRunner(gitlab, charts, room('runs'));
  return {
    charts,
    gitlab,
    renovate: (options) => runner.run(options),
    folder,
    close: async () => {
      await runner.close();
      await Promise.all([gitlab.close(), charts.close()]);
      // A killed Renovate's last git may still write.
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function presetsProject(): ProjectSpec {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  return { path: PRESETS, files: presetFiles(), tags: [`v${version}`], ci: 'none' };
}

function presetFiles(): Files {
  const names = readdirSync(join(projectRoot, 'presets'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const paths = ['default.json', ...names.map((name) => `presets/${name.replaceAll('\\', '/')}`)];
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]));
}
