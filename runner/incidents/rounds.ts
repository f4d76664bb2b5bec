import { FailureError } from '../../src/base/failure.ts';
import { inParallel } from '../parallel.ts';
import type { Member } from '../run.ts';
import { groupHolds, withoutTitle } from './group.ts';
import { groupOf, holdRules, type Hold } from './hold.ts';
import { apply } from './apply.ts';
import type { Action } from './plan.ts';
import { foreignActions, incidentRound, type Round, type RoundOptions } from './round.ts';

export interface RoundsOptions extends Omit<RoundOptions, 'gitlab' | 'token' | 'bot'> {
  /** Name of the user that an account's token belongs to. */
  botOf(member: Member): string;
  /** Whether what is planned is done, too. */
  readonly write: boolean;
}

export interface Rounds {
  readonly rounds: readonly Round[];
  /** What was done in each project, or would be. */
  readonly actions: readonly { readonly member: Member; readonly actions: readonly Action[] }[];
  /** Rules for Renovate by project path; projects without are left alone. */
  readonly rules: ReadonlyMap<string, readonly Record<string, unknown>[]>;
  /** Projects whose incidents could not be read, or whose holds could not be written. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Most projects have no incident and cost a few requests; of those that have one, the clones go on together and the validator takes one after the other. */
const AT_ONCE = 8;

/**
 * The incidents of all projects, before Renovate runs. Where they cannot be read nothing merges by itself in this run: a fault of GitLab's must not let an update into a cluster that burns.
 */
export async function incidentRounds(members: readonly Member[], options: RoundsOptions): Promise<Rounds> {
  const problems: { path: string; message: string }[] = [];
  const blind = new Set<string>();
  const paths = members.map(({ project }) => project.path);
  async function attempt<T>(path: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      problems.push({ path, message: error.failure.message });
      blind.add(path);
      return null;
    }
  }
  const own = (member: Member): RoundOptions => ({ ...options, gitlab: member.account.gitlab, token: member.account.token, bot: options.botOf(member) });
  const found = await inParallel(members, AT_ONCE, (member) => attempt(member.project.path, async () => ({ member, round: await incidentRound(member.project, paths, own(member)) })));
  const rounds = found.filter((one) => one !== null);
  const { holds, doubtful } = options.scope === 'group' ? await elsewhere() : { holds: [], doubtful: new Set<string>() };
  const foreign = Map.groupBy(holds, ({ project }) => project);
  for (const path of paths) if (doubtful.has(groupOf(path))) blind.add(path);

  /** What other projects' incidents hold, and groups of which one has incidents that nobody knows: all of the group is in doubt then. */
  async function elsewhere(): Promise<{ readonly holds: readonly Hold[]; readonly doubtful: ReadonlySet<string> }> {
    const found = rounds.flatMap(({ member, round }) => round.holds.filter(({ project }) => project !== member.project.path)).map(withoutTitle);
    const unread = new Set([...blind].map(groupOf));
    await inParallel([...new Map(members.map((member) => [groupOf(member.project.path), member]))], AT_ONCE, async ([group, member]) => {
      const more = await attempt(group, () => groupHolds({ group, known: paths, held: paths }, own(member)));
      if (more === null) unread.add(group);
      else found.push(...more);
    });
    return { holds: found, doubtful: unread };
  }

  async function holdingOf(member: Member, round: Round | undefined): Promise<readonly Action[]> {
    const { project } = member;
    const others = foreign.get(project.path) ?? [];
    const ownHolds = round?.holds.filter((hold) => hold.project === project.path) ?? [];
    if (others.length > 0) return foreignActions(project, [...ownHolds, ...others], own(member));
    // nothing is released on a guess
    return doubtful.has(groupOf(project.path)) && ownHolds.length === 0 ? [] : (round?.holding ?? []);
  }

  const actions = await inParallel(members, AT_ONCE, async (member) => {
    const round = rounds.find((one) => one.member === member)?.round;
    const holding = await attempt(member.project.path, () => holdingOf(member, round));
    const planned = [...(holding ?? []), ...(round?.answers ?? [])];
    if (options.write) await attempt(member.project.path, () => apply(member.project, planned, member.account.gitlab, options.botOf(member)));
    return { member, actions: planned };
  });
  return { rounds: rounds.map(({ round }) => round), actions: actions.filter((one) => one.actions.length > 0), rules: rulesBy(paths, rounds.map(({ round }) => round), foreign, blind), problems };
}

function rulesBy(paths: readonly string[], rounds: readonly Round[], foreign: ReadonlyMap<string, readonly Hold[]>, blind: ReadonlySet<string>): ReadonlyMap<string, readonly Record<string, unknown>[]> {
  const rules = paths.map((path) => {
    const round = rounds.find(({ project }) => project.path === path);
    return [path, [...(round?.rules ?? []), ...holdRules(foreign.get(path) ?? [], []), ...(blind.has(path) ? [BLIND] : [])]] as const;
  });
  return new Map(rules.filter(([, own]) => own.length > 0));
}

/** For a project whose incidents nobody knows. */
const BLIND = { description: 'renovate-argocd: its incidents could not be read', matchFileNames: ['**'], force: { automerge: false } };
