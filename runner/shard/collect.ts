import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { packageVersion } from '../../src/program/package.ts';
import { installedRenovate } from '../renovate/installed.ts';
import { buildReport, mergeReports } from '../report/build.ts';
import type { ProjectReport, Report } from '../report/model.ts';
import { readReport } from '../report/read.ts';
import type { Plan } from '../run.ts';

export interface CollectInput {
  /** Folder of the whole report; those of the jobs stand beside it, `DIRECTORY-1` and so on. */
  readonly directory: string;
  /** What should have been run. */
  readonly plan: Plan;
  readonly previous: Report | null;
  readonly endpoint: string;
  readonly now: number;
  /** How many jobs there are; null when nobody says it. Folders of an earlier, wider run may lie about. */
  readonly jobs: number | null;
}

/** One report of all jobs. A planned project that none of them reports is a failure: a job that died with its report must not hide it. */
export function collectShards({ directory, plan, previous, endpoint, now, jobs }: CollectInput): Report {
  const reports = shardReports(directory, jobs ?? Infinity);
  const reported = new Set(reports.flatMap(({ report }) => report.projects.map(({ path }) => path)));
  const lost = plan.members.filter(({ project }) => !reported.has(project.path)).map(({ project, account }): ProjectReport => lostProject(project.path, project.webUrl, account.name));
  const time = new Date(now).toISOString();
  const rest = buildReport({ runner: packageVersion(), renovate: installedRenovate().version, endpoint, startedAt: time, finishedAt: time, dryRun: false, interrupted: false }, lost, plan.skipped, lost.length === 0 ? [] : ['some jobs left no report: see their logs in the pipeline'], null);
  return mergeReports([...reports.map(({ report }) => report), rest], previous);
}

function shardReports(directory: string, jobs: number): { readonly report: Report }[] {
  const prefix = `${basename(directory)}-`;
  const folders = readdirSync(dirname(directory), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.startsWith(prefix) && /^\d+$/.test(entry.name.slice(prefix.length)) && Number(entry.name.slice(prefix.length)) <= jobs);
  return folders
    .map(({ name }) => join(dirname(directory), name))
    .sort()
    .flatMap((folder) => {
      const report = readReport(join(folder, 'report.json'));
      return report === null ? [] : [{ report: { ...report, projects: report.projects.map((project) => ({ ...project, log: project.log === null ? null : join(relative(directory, folder), project.log) })) } }];
    });
}

function lostProject(path: string, url: string, account: string): ProjectReport {
  const none = { opened: [], updated: [], merged: [], closed: [], pushed: [], waiting: [], warnings: [] };
  return { path, url, account, status: 'failed', outcome: 'not-started', message: 'no job has reported it', remedy: 'See the log of its job in the child pipeline; it is run again in the next.', attempts: 0, seconds: 0, ...none, coverage: null, log: null };
}
