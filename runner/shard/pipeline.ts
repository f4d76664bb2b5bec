import type { RunnerConfig } from '../config/schema.ts';
import { type Shard } from './plan.ts';

export interface PipelineInput {
  readonly shards: readonly Shard[];
  readonly config: Pick<RunnerConfig, 'shard' | 'report' | 'cacheDir' | 'accounts' | 'exclude'>;
  /** `--config`, as the jobs must give it; null for the default. */
  readonly configFile: string | null;
  /** The version that writes it: the jobs install the same. */
  readonly version: string;
}

/** docs.gitlab.com/ci/pipelines/downstream_pipelines: a child pipeline's file is at most 5 MB. */
export const MOST_BYTES = 5_000_000;

/** Linux takes no longer string into an environment (MAX_ARG_STRLEN). */
export const LONGEST_VARIABLE = 128 * 1024 - 1;

/** Failures of GitLab's side, after which a job is started anew; what Renovate did in the first try it finds done. */
const RETRY = { max: 2, when: ['runner_system_failure', 'stuck_or_timeout_failure', 'scheduler_failure', 'api_failure'] } as const;

/** Name of a shard's report folder. */
export function shardDirectory(directory: string, number: number): string {
  return `${directory}-${number}`;
}

/**
 * The child pipeline: a job for each shard, and one behind them that makes one report of theirs. Written as JSON, which is YAML: whatever a project is called, it stays a string. Projects travel
 * in a variable that GitLab does not expand, never in a script.
 */
export function childPipeline({ shards, config, configFile, version }: PipelineInput): string {
  const { image, tags, install } = config.shard;
  const { directory } = config.report;
  const before = [install ?? `npm install --global --no-audit --no-fund renovate-argocd@${version}`];
  const flag = configFile === null ? '' : ` --config ${shellQuoted(configFile)}`;
  const last = { key: 'renovate-argocd-report', paths: [`${directory}/report.json`], unprotect: false };
  const previous = { RENOVATE_ARGOCD_REPORT_PREVIOUS: literal(`${directory}/report.json`) };
  const jobs = shards.map((shard) => {
    const own = shardDirectory(directory, shard.number);
    const cache = [{ ...last, policy: 'pull' }, ...(config.cacheDir === null ? [] : [{ key: `renovate-argocd-cache-${shard.number}`, paths: [config.cacheDir] }])];
    const job = {
      stage: 'run',
      script: [`renovate-argocd-runner run${flag} --report ${shellQuoted(own)}`],
      variables: { ...previous, ...selection(shard, config.accounts) },
      cache,
      artifacts: { when: 'always', expire_in: '1 week', paths: [`${own}/`], reports: { junit: `${own}/junit.xml` } },
      // failed projects: the report's job says it once for all
      allow_failure: { exit_codes: [1] },
      retry: RETRY,
    };
    return [`run ${shard.number}/${shards.length}`, job] as const;
  });
  const report = {
    stage: 'report',
    when: 'always',
    script: [`renovate-argocd-runner shard --collect${flag}`],
    variables: { RENOVATE_ARGOCD_SHARD_JOBS: String(Math.max(1, shards.length)) },
    cache: [{ ...last, policy: 'pull-push', when: 'always' }],
    artifacts: { when: 'always', expire_in: '4 weeks', expose_as: 'Renovate report', paths: [`${directory}/`] },
    retry: RETRY,
  };
  const pipeline = {
    workflow: { rules: [{ if: '$CI_PIPELINE_SOURCE == "parent_pipeline"' }] },
    stages: ['run', 'report'],
    default: { image, ...(tags.length === 0 ? {} : { tags }), before_script: before },
    ...Object.fromEntries(jobs),
    report,
  };
  return `${JSON.stringify(pipeline, null, 1)}\n`;
}

/** Exactly these projects: the lists of the file are put aside, its exclusions have done their work. */
function selection({ account, projects }: Shard, accounts: RunnerConfig['accounts']): Record<string, unknown> {
  const none = literal('[]');
  const own = literal(JSON.stringify(projects));
  const entry = accounts.find(({ name }) => name === account);
  const chosen = entry === undefined ? { RENOVATE_ARGOCD_PROJECTS: own, RENOVATE_ARGOCD_ACCOUNTS: none } : { RENOVATE_ARGOCD_PROJECTS: none, RENOVATE_ARGOCD_ACCOUNTS: literal(JSON.stringify([{ name: account, token: entry.token, projects }])) };
  return { ...chosen, RENOVATE_ARGOCD_GROUPS: none, RENOVATE_ARGOCD_TOPICS: none };
}

/** GitLab would take `$name` inside for a variable. */
function literal(value: string): { readonly value: string; readonly expand: false } {
  return { value, expand: false };
}

function shellQuoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The longest variable of a shard, in bytes. */
export function variableBytes(shard: Shard): number {
  return Buffer.byteLength(JSON.stringify([{ name: shard.account, token: '', projects: shard.projects }])) + 100;
}
