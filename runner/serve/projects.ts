import { inParallel } from '../parallel.ts';
import { fits, isGlob } from '../projects/discover.ts';
import { listProjects } from '../projects/list.ts';
import type { SkippedProject } from '../projects/project.ts';
import { planOf, type Member, type Plan } from '../run.ts';
import type { Account, Setup } from '../setup.ts';

/** Which projects there are: all at every start, single ones when something happened in them. Methods that ask GitLab throw its FailureErrors. */
export interface Projects {
  /** All that are selected; the answer is remembered. */
  all(): Promise<Plan>;
  /** The named ones, as far as they are selected; the others with the reason why not. */
  some(paths: readonly string[]): Promise<Plan>;
  /** Whether the configuration selects it, as far as one can tell without asking: by its path, or because it was there at the last start. */
  selects(path: string): boolean;
  /** How many were there at the last start. */
  count(): number;
}

export function openProjects({ accounts }: Pick<Setup, 'accounts'>): Projects {
  let known: ReadonlyMap<string, Account> = new Map();

  function accountsFor(path: string): readonly Account[] {
    const last = known.get(path);
    return accounts.filter((account) => account === last || selectsByPath(account, path));
  }

  return {
    async all() {
      const plan = await planOf({ accounts });
      known = new Map(plan.members.map(({ project, account }) => [project.path, account]));
      return plan;
    },

    async some(paths) {
      const asked = accounts.map((account) => ({ account, own: paths.filter((path) => accountsFor(path).includes(account)) })).filter(({ own }) => own.length > 0);
      const listed = await inParallel(asked, 4, async ({ account, own }) => ({ account, ...(await listProjects(account.gitlab, { ...account.selection, projects: own, groups: [], topics: [] })) }));
      // of several accounts the first runs it, as in `planOf`
      const members = new Map<string, Member>();
      for (const { account, projects } of listed) for (const project of projects) if (!members.has(project.path)) members.set(project.path, { project, account });
      const skipped = new Map(listed.flatMap(({ skipped: left }) => left).map((one) => [one.path, one]));
      return { members: paths.flatMap((path) => members.get(path) ?? []), skipped: paths.filter((path) => !members.has(path)).map((path): SkippedProject => skipped.get(path) ?? { path, reason: 'not-found' }) };
    },

    selects: (path) => accountsFor(path).length > 0,
    count: () => known.size,
  };
}

/** Topics are not told by a path: a project that only they select is known from the next start on. */
function selectsByPath({ selection: { projects, groups, exclude } }: Pick<Account, 'selection'>, path: string): boolean {
  if (exclude.some((pattern) => fits(pattern, path))) return false;
  const lower = path.toLowerCase();
  return projects.some((pattern) => (isGlob(pattern) ? fits(pattern, path) : pattern.toLowerCase() === lower)) || groups.some((group) => lower.startsWith(`${group.toLowerCase()}/`));
}
