import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { log, type Commit } from '../../../sandbox/git-read.ts';
import { git, type Files } from '../../../sandbox/git.ts';
import { startGitLab, type GitLab } from '../../../sandbox/gitlab/index.ts';
import type { ProjectSpec } from '../../../sandbox/gitlab/spec.ts';
import { run, type Outcome } from '../../cli/harness.ts';

/** A cluster repository behind an emulated GitLab, with real git between. */
export const PATH = 'platform/cluster-config';

export interface Cluster {
  readonly gitlab: GitLab;
  readonly url: string;
  /** Of one job. */
  readonly folder: string;
  /** Its bare repository. */
  readonly repository: string;
  head(): string;
  /** The newest first. */
  log(): Commit[];
  file(path: string): string | null;
  close(): Promise<void>;
}

/** What is in an app of apps before anybody deploys into it. */
export const CHART: Files = {
  'applications/Chart.yaml': 'apiVersion: v2\nname: applications\nversion: 0.0.0\n',
  'applications/values.yaml': 'destination:\n  server: https://kubernetes.default.svc\n',
  'applications/templates/app-cert-manager.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: cert-manager}\n',
};

export async function startCluster(files: Files = {}, spec: Partial<ProjectSpec> = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-deploy-test-'));
  const gitlab = await startGitLab([{ path: PATH, files: { ...CHART, ...files }, ci: 'none', ...spec }], folder);
  const { repository } = gitlab.project(PATH);
  return {
    gitlab,
    url: `${gitlab.origin}/${PATH}.git`,
    folder,
    repository,
    head: () => git(repository, ['rev-parse', 'refs/heads/main']),
    log: () => log(repository, ['refs/heads/main']),
    file: (path) => gitlab.file(PATH, path),
    close: async () => {
      await gitlab.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A job of the application shop: what GitLab sets in it. */
export function jobOf(gitlab: GitLab, pipeline: number, variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH']!,
    RENOVATE_ARGOCD_DEPLOY_TOKEN: gitlab.token,
    CI_PROJECT_NAME: 'shop',
    CI_PROJECT_URL: 'https://gitlab.example.com/team/shop',
    CI_PIPELINE_ID: String(pipeline),
    CI_PIPELINE_URL: `https://gitlab.example.com/team/shop/-/pipelines/${pipeline}`,
    CI_COMMIT_SHA: pipeline.toString(16).padStart(40, 'c'),
    CI_COMMIT_TAG: `v1.0.${pipeline}`,
    ...variables,
  };
}

/** One deployment, in this process. */
export function deployed({ gitlab, url, folder }: Cluster, pipeline: number, argv: readonly string[] = [], variables: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return run(['deploy', '--cluster', url, ...argv], { cwd: folder, env: jobOf(gitlab, pipeline, variables) });
}

export function manifest(name: string, revision: string): string {
  return `# ${name}, by its team
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
spec:
  source:
    path: chart
    targetRevision: ${revision} # by the pipeline
    repoURL: https://gitlab.example.com/team/${name}.git
`;
}
