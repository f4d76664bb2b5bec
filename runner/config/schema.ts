import * as z from 'zod';

/**
 * runner.json5. The descriptions are what docs/runner.md and the JSON Schema say; both are generated. Every key is optional: a run needs an endpoint, a token and something that
 * names projects, and all three may come from the environment.
 */

const path = z.string().min(1).max(1_000);

const selection = {
  projects: z.array(path).default([]).describe('projects by path; a glob (`teams/*`, `teams/**`) selects among all that the token is a member of'),
  groups: z.array(path).default([]).describe('groups by path, with their subgroups'),
  topics: z.array(z.string().min(1)).default([]).describe('every project with one of these topics that the token is a member of'),
  exclude: z.array(path).default([]).describe('paths or globs that are left out, whatever names them'),
};

const Account = z.strictObject({
  name: z.string().min(1).describe('shown in reports'),
  token: z.string().regex(/^[A-Za-z_]\w*$/, 'the NAME of an environment variable, never the token itself').describe('name of the environment variable that holds the token; with `_FILE` behind it, of one that names a file'),
  ...selection,
});

/** Reports and shards name an account by its name. */
function namesOnce(accounts: readonly { readonly name: string }[], context: z.core.$RefinementCtx): void {
  accounts.forEach(({ name }, index) => {
    if (accounts.findIndex((other) => other.name === name) < index) context.addIssue({ code: 'custom', path: [index, 'name'], message: `two accounts are called ${JSON.stringify(name)}` });
  });
}

const cron = z.string().regex(/^\S+(?:\s+\S+){4}$/, 'five fields: minute, hour, day of month, month, day of week');
const timezone = z.string().regex(/^[A-Za-z][\w+/-]*$/).default('UTC').describe('IANA name');

const Schedule = z.strictObject({
  description: z.string().min(1).max(255).describe('title of the schedule in GitLab; it identifies the schedule among ours'),
  cron: cron.describe('when it starts; five fields'),
  timezone,
  ref: z.string().min(1).nullable().default(null).describe('branch or tag; the default branch when null'),
  active: z.boolean().default(true).describe('whether GitLab starts it'),
  variables: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.string()).default({}).describe('pipeline variables; never tokens: whoever may read the schedule reads them'),
});

export const RunnerConfig = z.strictObject({
  $schema: z.string().optional().describe('address of the JSON Schema, for editors'),
  endpoint: z.url({ protocol: /^https?$/ }).nullable().default(null).describe("GitLab's address, with or without `/api/v4`; in GitLab CI by default the instance that runs the job"),
  ...selection,
  accounts: z.array(Account).superRefine(namesOnce).default([]).describe('further selections, each with a token of its own: GitLab groups that no single token may enter'),
  forks: z.boolean().default(false).describe('whether forks are run too'),
  onboarding: z.boolean().default(false).describe('whether a project without a Renovate config gets a merge request that proposes one; else it is skipped'),

  concurrency: z.number().int().min(1).max(64).nullable().default(null).describe('Renovate processes at a time; by default as many as cores and memory allow'),
  memory: z.number().int().min(256).default(700).describe('megabytes that one Renovate process is reckoned with; what fits decides the concurrency, and twice as much ends a process'),
  batch: z
    .strictObject({
      projects: z.number().int().min(1).default(25).describe('most projects of one Renovate process'),
      minutes: z.number().min(1).default(20).describe('work given to one process, by the durations of the last report'),
      limit: z.number().min(0.05).default(60).describe('minutes after which a process is ended with all that it started'),
      stall: z.number().min(0.05).default(15).describe('minutes without a line of log after which a process is ended: it hangs'),
    })
    .prefault({})
    .describe('how projects share Renovate processes'),
  retries: z.number().int().min(0).max(5).default(2).describe('how often a project is run again after a failure that is temporary'),
  retryDelay: z.number().min(0).default(15).describe('seconds before the first of these; each further one waits twice as long'),
  drain: z.number().min(0).default(20).describe('seconds that running projects have to come to their end after SIGTERM'),

  chartHosts: z.array(z.string().min(1)).default([]).describe('private chart registries by host name; Renovate warns about internal hosts that nobody named'),
  environment: z.array(z.string().regex(/^[A-Za-z_]\w*$/)).default([]).describe('names of further environment variables that Renovate may see; RENOVATE_*, proxies and certificates pass by themselves'),
  lock: z.boolean().default(true).describe('whether a project is marked by the label `renovate-argocd-running` while it is in work, so that no other runner takes it: two at once open the same merge request twice'),
  command: z.array(z.string().min(1)).min(1).nullable().default(null).describe('program and arguments that start Renovate; by default the one that this package depends on'),
  renovate: z.record(z.string(), z.unknown()).default({}).describe("Renovate's own global options, on top of the runner's"),
  cacheDir: z.string().min(1).nullable().default(null).describe('folder that Renovate keeps its cache in between runs (and Node what it compiled); without one each run starts afresh'),

  report: z
    .strictObject({
      directory: z.string().min(1).default('renovate-report').describe('folder for report.json, report.md, report.html, junit.xml and the logs'),
      previous: z.string().min(1).nullable().default(null).describe('the last report.json; by default the one in the folder, before it is written anew'),
      coverage: z.boolean().default(true).describe('whether the validator reads each project that was run and counts its chart versions and who keeps them up to date'),
    })
    .prefault({})
    .describe('what a run leaves'),

  shard: z
    .strictObject({
      jobs: z.number().int().min(1).max(200).nullable().default(null).describe('jobs of the child pipeline; by default as many as `minutes` asks for'),
      minutes: z.number().min(1).default(30).describe('how long one job should take'),
      image: z.string().min(1).default('node:24').describe('container image of the jobs: Node 24 and git'),
      install: z.string().min(1).nullable().default(null).describe('command before `run`; by default the package is installed with npm, in the version that wrote the pipeline'),
      tags: z.array(z.string().min(1)).default([]).describe('tags of the GitLab runners'),
    })
    .prefault({})
    .describe('the child pipeline that `shard` writes'),

  hold: z
    .strictObject({
      scope: z.enum(['application', 'project', 'group', 'off']).default('application').describe('what does not merge by itself while an incident is open: updates of its application, of its project, or of all projects in its group; off reads no incidents'),
      calm: z.number().min(0).default(30).describe('minutes that a hold outlasts its incident'),
      unattributed: z.enum(['project', 'nothing']).default('project').describe('what an incident holds of which nobody knows the application: all of its project, the careful reading, or nothing'),
    })
    .prefault({})
    .describe('what incidents in GitLab do to updates'),

  revert: z
    .strictObject({
      mode: z.enum(['off', 'on-request', 'automatic']).default('on-request').describe('whether a merge request is opened that puts back what an incident is blamed on: never, when a person labels the incident `renovate-argocd-revert` or runs `revert`, or by itself as well. A person merges it'),
      after: z.number().min(0).default(30).describe('minutes that an incident is open before that happens by itself'),
    })
    .prefault({})
    .describe('the way back from an update'),

  schedules: z.array(Schedule).default([]).describe('pipeline schedules that `schedule` makes so'),
  scheduleProject: path.nullable().default(null).describe('project whose pipelines start Renovate; in GitLab CI by default the one that runs the job'),

  serve: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
      port: z.number().int().min(0).max(65_535).default(8_080).describe('port to listen on'),
      cron: z.array(cron).default(['0 * * * *']).describe('when all projects are queued'),
      timezone,
      database: z.string().min(1).default('renovate-argocd.sqlite').describe('SQLite file of the queue and its history'),
    })
    .prefault({})
    .describe('the long-running service'),
}).superRefine(readsWhatItUndoes);

/** Without incidents there is nothing to put back. */
function readsWhatItUndoes({ hold, revert }: { readonly hold: { readonly scope: string }; readonly revert: { readonly mode: string } }, context: z.core.$RefinementCtx): void {
  if (revert.mode === 'automatic' && hold.scope === 'off') context.addIssue({ code: 'custom', path: ['revert', 'mode'], message: '`automatic` needs incidents, which `hold.scope: off` does not read' });
}

export type RunnerConfig = z.infer<typeof RunnerConfig>;
export type AccountConfig = z.infer<typeof Account>;
export type ScheduleConfig = z.infer<typeof Schedule>;
