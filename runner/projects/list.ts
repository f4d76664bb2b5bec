import { CONFIG_FILE_NAMES } from '../../src/base/config-file-names.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { Project } from '../gitlab/schema.ts';
import { inParallel } from '../parallel.ts';
import { DEVELOPER, discover, fits, isGlob, type Selection } from './discover.ts';
import type { ProjectFacts, SkippedProject } from './project.ts';

export interface Wanted extends Selection {
  readonly groups: readonly string[];
  readonly topics: readonly string[];
}

export interface Listed {
  /** To be run. */
  readonly projects: readonly Project[];
  readonly skipped: readonly SkippedProject[];
}

/** Requests to GitLab at a time. */
const AT_ONCE = 10;

/**
 * Asks GitLab for what the selection names, looks into each project for a Renovate config, and sorts. Throws what the client throws: half a list would leave projects unmanaged
 * without a word.
 */
export async function listProjects(gitlab: GitLab, wanted: Wanted): Promise<Listed> {
  const [named, missingGroups, found] = await candidates(gitlab, wanted);
  const known = new Map([...found, ...named].map((project) => [project.id, project]));
  const levels = await accessLevels(gitlab, [...known.values()]);
  const facts = [...known.values()].map((project) => factsOf(project, project.accessLevel ?? levels.get(project.id) ?? null));
  // only those that nothing else rules out are worth two more requests
  const open = new Set(discover(wanted, facts).projects.map(({ id }) => id));
  const looked = await inParallel(facts, AT_ONCE, async (fact) => (open.has(fact.id) ? { ...fact, hasConfig: await hasConfig(gitlab, fact.id) } : fact));
  const { projects, skipped } = discover(wanted, looked);
  return { projects: projects.map(({ id }) => known.get(id)!), skipped: [...missingGroups, ...skipped] };
}

async function candidates(gitlab: GitLab, { projects, groups, topics }: Wanted): Promise<[readonly Project[], readonly SkippedProject[], readonly Project[]]> {
  const globs = projects.filter(isGlob);
  const named = await inParallel(projects.filter((path) => !isGlob(path)), AT_ONCE, (path) => gitlab.project(path));
  const inGroups = await inParallel(groups, AT_ONCE, (group) => gitlab.groupProjects(group));
  const withTopic = await inParallel(topics, AT_ONCE, (topic) => gitlab.memberProjects(topic));
  const members = globs.length === 0 ? [] : await gitlab.memberProjects(null);
  const fitting = members.filter(({ path }) => globs.some((glob) => fits(glob, path)));
  const missing = groups.filter((_, index) => inGroups[index] === null).map((path): SkippedProject => ({ path: `${path}/`, reason: 'not-found' }));
  return [named.filter((project) => project !== null), missing, [...inGroups.flatMap((list) => list ?? []), ...withTopic.flat(), ...fitting]];
}

/** A group's list does not tell the token's role (GitLab 18); the list of its memberships does, in one request for a hundred. An administrator is a member of nothing and may do everything. */
async function accessLevels(gitlab: GitLab, projects: readonly Project[]): Promise<ReadonlyMap<number, number>> {
  if (projects.every(({ accessLevel }) => accessLevel !== null)) return new Map();
  const { admin } = await gitlab.user();
  if (admin) return new Map(projects.map(({ id }) => [id, OWNER]));
  const members = await gitlab.memberProjects(null);
  // a membership without its role is given the benefit of the doubt: Renovate says `forbidden` where it is too low
  const levels = new Map(members.map(({ id, accessLevel }) => [id, accessLevel ?? DEVELOPER]));
  return new Map(projects.map(({ id }) => [id, levels.get(id) ?? 0]));
}

const OWNER = 50;

function factsOf(project: Project, accessLevel: number | null): ProjectFacts {
  const { id, path, topics, archived, empty, fork, pendingDeletion, mergeRequests } = project;
  return { id, path, topics, archived, empty, fork, pendingDeletion, mergeRequests, accessLevel: accessLevel ?? 0, hasConfig: null };
}

/** By the names alone; a package.json counts when it has the key. */
async function hasConfig(gitlab: GitLab, project: number): Promise<boolean> {
  const root = await namesIn(gitlab, project, '');
  if (CONFIG_FILE_NAMES.some((name) => name !== 'package.json' && root.has(name))) return true;
  for (const folder of ['.github', '.gitlab']) {
    if (!root.has(folder)) continue;
    const inside = await namesIn(gitlab, project, folder);
    if (CONFIG_FILE_NAMES.some((name) => inside.has(name))) return true;
  }
  return root.has('package.json') && hasRenovateKey(await gitlab.file(project, 'package.json', 'HEAD'));
}

async function namesIn(gitlab: GitLab, project: number, folder: string): Promise<ReadonlySet<string>> {
  return new Set((await gitlab.tree(project, folder))?.map(({ path }) => path));
}

function hasRenovateKey(text: string | null): boolean {
  try {
    const value = JSON.parse(text ?? 'null') as unknown;
    return typeof value === 'object' && value !== null && 'renovate' in value;
  } catch {
    return false;
  }
}
