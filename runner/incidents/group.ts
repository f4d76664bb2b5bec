import type { GitLab } from '../gitlab/port.ts';
import { attribute } from './attribution.ts';
import { groupOf, holdsOf, type Hold, type HoldOptions } from './hold.ts';
import { attributedTo } from './judged.ts';

export interface GroupRequest {
  /** Path of a group. */
  readonly group: string;
  /** Projects whose incidents are known already. */
  readonly known: readonly string[];
  /** Projects that may be held. */
  readonly held: readonly string[];
}

/**
 * What incidents of a group's other projects hold, with the scope `group`. They are read whatever is run: whether something is held must not depend on which projects a job, a shard or a webhook is about.
 * @throws FailureError `gitlab-…`
 */
export async function groupHolds({ group, known, held }: GroupRequest, { gitlab, ...options }: HoldOptions & { readonly gitlab: GitLab }): Promise<Hold[]> {
  // null where the namespace is a person's
  const projects = ((await gitlab.groupProjects(group)) ?? []).filter(({ path, issues }) => issues && groupOf(path) === group && !known.includes(path));
  const holds: Hold[] = [];
  for (const project of projects) {
    const incidents = [...(await gitlab.incidents(project.id, { state: 'opened' })), ...(await closedLately(gitlab, project.id, options))];
    const found = incidents.map((incident) => attributedTo(attribute(incident, []).application, project, incident));
    holds.push(...holdsOf(found, held, options).map(withoutTitle));
  }
  return holds;
}

/** Incidents whose calm may not be over. */
export function closedLately(gitlab: GitLab, project: number, { calmMinutes, now }: Pick<HoldOptions, 'calmMinutes' | 'now'>): Promise<Awaited<ReturnType<GitLab['incidents']>>> {
  return calmMinutes === 0 ? Promise.resolve([]) : gitlab.incidents(project, { state: 'closed', updatedAfter: new Date(now - calmMinutes * 60_000).toISOString() });
}

/** For another project's merge requests: who may read them need not be allowed to read this project's incidents. */
export function withoutTitle(hold: Hold): Hold {
  return { ...hold, incident: { ...hold.incident, title: null } };
}
