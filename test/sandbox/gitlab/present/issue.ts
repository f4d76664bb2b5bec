import type { Issue, IssueLink, Project } from '../state.ts';
import { issueId } from './ids.ts';
import { presentUser, type Fields } from './user.ts';

export function presentIssue(project: Project, issue: Issue, origin: string): Fields {
  const { iid, title, description, state, labels, confidential, author, type, severity, assignees } = issue;
  const incident = type === 'incident';
  return {
    id: issueId(project, issue),
    iid,
    project_id: project.id,
    title,
    description,
    state,
    labels,
    confidential,
    author: presentUser(author),
    assignee: assignees[0] === undefined ? null : presentUser(assignees[0]),
    assignees: assignees.map(presentUser),
    type: incident ? 'INCIDENT' : 'ISSUE',
    issue_type: type,
    severity: incident ? severity.toUpperCase() : 'UNKNOWN',
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : presentUser(issue.closedBy),
    user_notes_count: issue.notes.filter(({ system }) => !system).length,
    references: { short: `#${iid}`, relative: `#${iid}`, full: `${project.path}#${iid}` },
    web_url: `${origin}/${project.path}/-/issues/${incident ? 'incident/' : ''}${iid}`,
  };
}

/** What it is for one of the two: a blocker blocks, the other is blocked. */
const OTHER_SIDE: Readonly<Record<string, string>> = { blocks: 'is_blocked_by', is_blocked_by: 'blocks' };

/** The other issue, as the list of one's links has it. */
export function presentRelated({ id, type, createdAt, source, target }: IssueLink, issue: Issue, origin: string): Fields {
  const other = source.issue === issue ? target : source;
  const seen = source.issue === issue ? type : (OTHER_SIDE[type] ?? type);
  return { ...presentIssue(other.project, other.issue, origin), issue_link_id: id, link_type: seen, link_created_at: createdAt, link_updated_at: createdAt };
}

export function presentLink({ id, type, source, target }: IssueLink, origin: string): Fields {
  return { id, source_issue: presentIssue(source.project, source.issue, origin), target_issue: presentIssue(target.project, target.issue, origin), link_type: type };
}
