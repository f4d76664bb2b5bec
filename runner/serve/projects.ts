import { FailureError, type FailureCode } from '../../src/base/failure.ts';
import { inParallel } from '../parallel.ts';
import { fits, isGlob } from '../projects/discover.ts';
import { listProjects } from '../projects/list.ts';
import type { SkipReason } from '../projects/project.ts';
import { SKIP_REASONS } from '../projects/project.ts';
import { planOf, type Member, type Plan } from '../run.ts';
import type { Account, Setup } from '../setup.ts';
import { NOT_SELECTED, type JobEnd } from './job.ts';

/** What became of projects that are to be run: members, or why not. */
export interface Looked {
  readonly members: readonly Member[];
  readonly left: readonly { readonly path: string; readonly end: JobEnd }[];
}

/** Which projects there are: all at every start, single ones when something happened in them. */
export interface Projects {
  /** All that are selected; remembered. Throws what GitLab's client throws. */
  all(): Promise<Plan>;
  /** The named ones. Throws when GitLab cannot be asked at all; what it refuses to tell of one project is this one's end. */
  some(paths: readonly string[]): Promise<Looked>;
  /** Whether the configuration selects it, as far as one can tell without asking: by its path, or because it was there when all were listed. */
  selects(path: string): boolean;
  count(): number;
}

const AT_ONCE = 8;

/** Answers that concern one project. */
const OF_ONE: readonly FailureCode[] = ['gitlab-forbidden', 'gitlab-missing', 'gitlab-refused', 'gitlab-unreadable'];

export function openProjects({ accounts }: Pick<Setup, 'accounts'>): Projects {
  let known: ReadonlyMap<string, Account> = new Map();

  function accountsFor(path: string): readonly Account[] {
    const last = known.get(path);
    return accounts.filter((account) => account === last || selectsByPath(account, path));
  }

  /** Of several accounts the first runs it, as in `planOf`. */
  async function look(path: string): Promise<Member | JobEnd> {
    let end: JobEnd = unrun(NOT_SELECTED);
    for (const account of accountsFor(path)) {
      const { projects, skipped } = await listProjects(account.gitlab, { ...account.selection, projects: [path], groups: [], topics: [] });
      const project = projects.find((one) => one.path === path);
      if (project !== undefined) return { project, account };
      // a renamed project answers by its new path; the next start finds it
      end = unrun(skipped[0]?.reason ?? 'not-found');
    }
    return end;
  }

  async function lookOrFail(path: string): Promise<Member | JobEnd> {
    try {
      return await look(path);
    } catch (error) {
      if (!(error instanceof FailureError) || !OF_ONE.includes(error.failure.code)) throw error;
      return { state: 'failed', outcome: error.failure.code, message: error.failure.message, report: null };
    }
  }

  return {
    async all() {
      const plan = await planOf({ accounts });
      known = new Map(plan.members.map(({ project, account }) => [project.path, account]));
      return plan;
    },
    async some(paths) {
      const looked = await inParallel(paths, AT_ONCE, async (path) => ({ path, found: await lookOrFail(path) }));
      return {
        members: looked.flatMap(({ found }) => ('project' in found ? [found] : [])),
        left: looked.flatMap(({ path, found }) => ('project' in found ? [] : [{ path, end: found }])),
      };
    },
    selects: (path) => accountsFor(path).length > 0,
    count: () => known.size,
  };
}

/** The end of a job whose project is not run, in the words of `plan`. */
export function unrun(reason: SkipReason | typeof NOT_SELECTED): JobEnd {
  return { state: 'done', outcome: reason, message: reason === NOT_SELECTED ? 'the configuration does not select it' : SKIP_REASONS[reason], report: null };
}

/** Topics are not told by a path: a project that only they select is known from the next start on. */
function selectsByPath({ selection: { projects, groups, exclude } }: Pick<Account, 'selection'>, path: string): boolean {
  if (exclude.some((pattern) => fits(pattern, path))) return false;
  const lower = path.toLowerCase();
  return projects.some((pattern) => (isGlob(pattern) ? fits(pattern, path) : pattern.toLowerCase() === lower)) || groups.some((group) => lower.startsWith(`${group.toLowerCase()}/`));
}
