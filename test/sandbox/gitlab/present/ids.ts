import type { Issue, MergeRequest, Project } from '../state.ts';

/** Numbers beyond the project's own row. */
export function issueId(project: Project, { iid }: Issue): number {
  return project.id * 1000 + iid;
}

export function requestId(project: Project, { iid }: MergeRequest): number {
  return project.id * 1000 + iid;
}
