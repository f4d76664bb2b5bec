import { matchesGlob } from 'node:path/posix';
import type { Discovered, ProjectFacts, SkipReason, SkippedProject } from './project.ts';

export interface Selection {
  /** Paths or globs: `platform/*`, `teams/**`. */
  readonly projects: readonly string[];
  /** Paths or globs that are left out whatever selects them. */
  readonly exclude: readonly string[];
  readonly forks: boolean;
  /** Whether a project without a Renovate config is run, so that Renovate can offer one. */
  readonly onboarding: boolean;
}

/** Who may push a branch. */
export const DEVELOPER = 30;

/**
 * Which projects are run, and why each other one is not: none is silently left out. A project that several groups or topics name comes once.
 * @param found what GitLab listed for the selection
 */
export function discover(selection: Selection, found: readonly ProjectFacts[]): Discovered {
  const known = new Map(found.map((project) => [project.path, project]));
  const named = selection.projects.filter((path) => !isGlob(path));
  const missing = named.filter((path) => !known.has(path)).map((path): SkippedProject => ({ path, reason: 'not-found' }));
  const projects: ProjectFacts[] = [];
  const skipped: SkippedProject[] = [...missing];
  for (const project of [...known.values()].sort(byPath)) {
    const reason = reasonToSkip(selection, project);
    if (reason === null) projects.push(project);
    else skipped.push({ path: project.path, reason });
  }
  return { projects, skipped };
}

/** The first reason that holds, from what nobody can change to what a setting would. */
function reasonToSkip({ exclude, forks, onboarding }: Selection, project: ProjectFacts): SkipReason | null {
  const reasons: readonly (readonly [SkipReason, boolean])[] = [
    ['excluded', exclude.some((pattern) => fits(pattern, project.path))],
    ['pending-deletion', project.pendingDeletion],
    ['archived', project.archived],
    ['empty', project.empty],
    ['fork', project.fork && !forks],
    ['merge-requests-off', !project.mergeRequests],
    ['role-too-low', project.accessLevel < DEVELOPER],
    ['no-config', project.hasConfig === false && !onboarding],
  ];
  return reasons.find(([, holds]) => holds)?.[0] ?? null;
}

export function isGlob(path: string): boolean {
  return /[*?{[]/.test(path);
}

/** `*` stays within a group, `**` crosses groups; paths of GitLab know no case. */
export function fits(pattern: string, path: string): boolean {
  return matchesGlob(path.toLowerCase(), pattern.toLowerCase());
}

function byPath(a: ProjectFacts, b: ProjectFacts): number {
  return a.path < b.path ? -1 : 1;
}
