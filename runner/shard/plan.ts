import { spread, sum, type Weighted } from '../projects/batches.ts';

export interface ShardLimits {
  /** Jobs wanted; null for as many as `minutes` asks for. */
  readonly jobs: number | null;
  /** How long one job should take. */
  readonly minutes: number;
}

/** A project with the account whose token runs it. */
export interface Shardable extends Weighted {
  readonly account: string;
}

export interface Shard {
  /** Counts from 1. */
  readonly number: number;
  readonly account: string;
  /** By name. */
  readonly projects: readonly string[];
  readonly seconds: number;
}

/** What GitLab allows: `parallel:matrix` makes at most 200 jobs, and a child pipeline should not be larger either. */
export const MOST_JOBS = 200;

/** A job gets its projects in one variable, which Linux limits to 128 KB; paths of GitLab have at most 255 characters. */
export const MOST_PROJECTS = 480;

/** Start of a job: a container, `npm ci`, Renovate's own start. A job that works for less is mostly overhead. */
const START_SECONDS = 60;

/**
 * Projects for the jobs of a child pipeline. A job belongs to one account, so that a token is only where it is needed; the accounts share the jobs by the weight of their work.
 */
export function shards(projects: readonly Shardable[], { jobs, minutes }: ShardLimits): Shard[] {
  if (projects.length === 0) return [];
  const accounts = [...Map.groupBy(projects, ({ account }) => account)];
  const asked = jobs ?? Math.ceil(sum(projects) / Math.max(START_SECONDS, minutes * 60));
  const wanted = Math.min(MOST_JOBS, projects.length, Math.max(accounts.length, asked, Math.ceil(projects.length / MOST_PROJECTS)));
  const shares = apportion(accounts.map(([, own]) => ({ weight: sum(own), most: own.length })), wanted);
  const filled = accounts.flatMap(([account, own], index) => spread(own, shares[index]!, MOST_PROJECTS).filter((members) => members.length > 0).map((members) => ({ account, members })));
  return filled.map(({ account, members }, index) => ({ number: index + 1, account, projects: members.map(({ path }) => path).sort(), seconds: Math.round(sum(members)) }));
}

/** Every account gets a job, each further one goes to the account whose jobs are the longest. */
function apportion(accounts: readonly { readonly weight: number; readonly most: number }[], jobs: number): number[] {
  const shares = accounts.map(() => 1);
  for (let left = jobs - accounts.length; left > 0; left -= 1) {
    const open = accounts.map(({ weight, most }, index) => ({ index, length: shares[index]! < most ? weight / shares[index]! : -1 }));
    const longest = open.reduce((a, b) => (b.length > a.length ? b : a));
    if (longest.length < 0) break;
    shares[longest.index]! += 1;
  }
  return shares;
}
