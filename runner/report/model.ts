import * as z from 'zod';

/**
 * report.json, version 1. The schema is the type: the runner reads reports as well, those of its shards and the last one. Times are ISO 8601, durations seconds.
 */

const MergeRequestLine = z.object({
  iid: z.number(),
  title: z.string(),
  url: z.string(),
  branch: z.string(),
  labels: z.array(z.string()),
});
export type MergeRequestLine = z.infer<typeof MergeRequestLine>;

/** What an update waits for. The codes stand in docs/runner.md. */
export const WAITS = ['pipeline', 'pipeline-failed', 'approval', 'discussions', 'conflict', 'rebase', 'draft', 'merge', 'automerge', 'no-pipeline', 'not-allowed', 'incident', 'checkbox', 'release-age', 'schedule', 'limit', 'checking', 'blocked'] as const;
export type WaitCode = (typeof WAITS)[number];

const Waiting = z.object({
  code: z.enum(WAITS),
  /** Who has to act: `a reviewer`, `@alice`, `GitLab CI`, `nobody: time passes`. */
  whom: z.string(),
  title: z.string(),
  /** Of the merge request; null for an update that has none yet. */
  url: z.string().nullable(),
  iid: z.number().nullable(),
  branch: z.string(),
  /** From when on it waits, as far as GitLab or an earlier report tell; the time of this run when it is the first to see it. */
  since: z.string(),
});
export type Waiting = z.infer<typeof Waiting>;

const Coverage = z.object({ pins: z.number(), managed: z.number(), unmanaged: z.number(), duplicate: z.number(), mismatch: z.number(), ignored: z.number() });
export type Coverage = z.infer<typeof Coverage>;

export const ProjectReport = z.object({
  path: z.string(),
  url: z.string(),
  account: z.string(),
  status: z.enum(['done', 'disabled', 'failed']),
  /** Renovate's result, or what became of its process (renovate/outcome.ts). */
  outcome: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  attempts: z.number(),
  seconds: z.number(),
  opened: z.array(MergeRequestLine),
  updated: z.array(MergeRequestLine),
  merged: z.array(MergeRequestLine),
  closed: z.array(MergeRequestLine),
  /** Branches that Renovate merged without a merge request (`automergeType: branch`). */
  pushed: z.array(z.string()),
  waiting: z.array(Waiting),
  warnings: z.array(z.string()),
  /** Null where the validator could not say it, or was not asked. */
  coverage: Coverage.nullable(),
  /** Path of the log, from the report's folder. */
  log: z.string().nullable(),
});
export type ProjectReport = z.infer<typeof ProjectReport>;

const Skipped = z.object({ path: z.string(), reason: z.string() });

const Change = z.object({
  /** When the last run began. */
  since: z.string(),
  /** Projects that failed now and not then, and the other way round. */
  broken: z.array(z.string()),
  mended: z.array(z.string()),
  /** Projects run now and not then, and the other way round. */
  added: z.array(z.string()),
  gone: z.array(z.string()),
  waiting: z.number(),
  unmanaged: z.number().nullable(),
  seconds: z.number(),
});
export type Change = z.infer<typeof Change>;

const Summary = z.object({
  projects: z.number(),
  done: z.number(),
  disabled: z.number(),
  failed: z.number(),
  skipped: z.number(),
  opened: z.number(),
  updated: z.number(),
  merged: z.number(),
  waiting: z.number(),
  coverage: Coverage.nullable(),
});

export const Report = z.object({
  version: z.literal(1),
  runner: z.string(),
  renovate: z.string(),
  endpoint: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  seconds: z.number(),
  dryRun: z.boolean(),
  /** A signal ended it before all was done. */
  interrupted: z.boolean(),
  summary: Summary,
  projects: z.array(ProjectReport),
  skipped: z.array(Skipped),
  /** Warnings and errors that belong to no project. */
  problems: z.array(z.string()),
  /** What was done in GitLab because of incidents; in a dry run what would be. */
  incidents: z.array(z.object({ project: z.string(), action: z.string() })).default([]),
  /** Against the last report; null when there is none. */
  change: Change.nullable(),
});
export type Report = z.infer<typeof Report>;
