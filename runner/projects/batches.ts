/** A project with how long it is thought to take. */
export interface Weighted {
  readonly path: string;
  /** Seconds, from the last report or the default for one that was never run. */
  readonly seconds: number;
}

export interface Limits {
  /** Seconds after which a batch is full; a longer project is a batch of its own. */
  readonly seconds: number;
  readonly projects: number;
}

/**
 * Projects for one Renovate process each. Start-up costs 2.85 s and 405 MB (Renovate 44.121.2), so an idle project is worth no process of its own; but what
 * a process holds is lost together when it is ended.
 */
export function batches(projects: readonly Weighted[], limits: Limits, processes: number): Weighted[][] {
  if (projects.length === 0) return [];
  const total = sum(projects);
  // at least one for each process that may run, at most what fits a batch
  const wanted = Math.max(Math.min(processes, projects.length), Math.ceil(total / limits.seconds), Math.ceil(projects.length / limits.projects));
  return spread(projects, wanted, limits.projects).filter((batch) => batch.length > 0);
}

/** The heaviest first, each to the lightest so far: at most a third longer than the best that is possible (Graham's bound). */
export function spread(projects: readonly Weighted[], count: number, most = Infinity): Weighted[][] {
  const bins = Array.from({ length: count }, () => ({ seconds: 0, members: [] as Weighted[] }));
  for (const project of [...projects].sort((a, b) => b.seconds - a.seconds || (a.path < b.path ? -1 : 1))) {
    const open = bins.filter(({ members }) => members.length < most);
    const lightest = open.reduce((best, bin) => (bin.seconds < best.seconds ? bin : best));
    lightest.members.push(project);
    lightest.seconds += project.seconds;
  }
  return bins.map(({ members }) => members);
}

export function sum(projects: readonly Weighted[]): number {
  return projects.reduce((total, { seconds }) => total + seconds, 0);
}
