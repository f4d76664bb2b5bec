import { changesBetween, issueEvent, type IssueAction } from './events.ts';
import { ensureLabels } from './labels.ts';
import { addNote } from './notes.ts';
import { hookedLabels } from './present/hooked.ts';
import { nextId, now, type Issue, type Project, type State, type User } from './state.ts';

/** Issues and incidents: opened, edited, closed; webhooks are told. */
export interface NewIssue {
  readonly type: Issue['type'];
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly assignees: readonly User[];
  readonly confidential: boolean;
  readonly severity: string;
}

export function openIssue(state: State, project: Project, author: User, { labels, assignees, ...data }: NewIssue): Issue {
  const time = now();
  const issue: Issue = {
    iid: project.issues.length + 1,
    author,
    createdAt: time,
    updatedAt: time,
    notes: [],
    stateEvents: [],
    labels: [...labels],
    assignees: [...assignees],
    state: 'opened',
    closedAt: null,
    closedBy: null,
    ...data,
  };
  ensureLabels(state, project, labels);
  project.issues.push(issue);
  issueEvent(state, project, issue, author, 'open');
  return issue;
}

export type Edit = Partial<Pick<Issue, 'title' | 'description' | 'labels' | 'assignees' | 'confidential'>>;

export function editIssue(state: State, project: Project, issue: Issue, user: User, edit: Edit): void {
  ensureLabels(state, project, edit.labels ?? []);
  const before = watched(project, issue);
  Object.assign(issue, edit);
  const changes = changesBetween(before, watched(project, issue));
  if (Object.keys(changes).length === 0) return;
  const { updatedAt } = issue;
  issue.updatedAt = now();
  issueEvent(state, project, issue, user, 'update', { ...changes, updated_at: { previous: updatedAt, current: issue.updatedAt } });
}

/** The fields whose changes are told. */
function watched(project: Project, { title, description, labels, assignees, confidential }: Issue): Readonly<Record<string, unknown>> {
  return { title, description, labels: hookedLabels(project, labels), assignees: assignees.map(({ id }) => id), confidential };
}

/** Whoever closes an incident resolves its alerts, and GitLab says so in a note (issues/close_service.rb). */
export function closeIssue(state: State, project: Project, issue: Issue, user: User): void {
  if (issue.state === 'closed') return;
  turn(state, project, issue, user, 'close');
  if (issue.type !== 'incident') return;
  addNote(state, issue.notes, user, 'changed the incident status to **Resolved** by closing the incident', { system: true });
  const alerts = project.alerts.filter(({ issueIid, status }) => issueIid === issue.iid && status === 'triggered');
  alerts.forEach((alert) => Object.assign(alert, { status: 'resolved', endedAt: issue.closedAt }));
}

export function reopenIssue(state: State, project: Project, issue: Issue, user: User): void {
  if (issue.state === 'opened') return;
  turn(state, project, issue, user, 'reopen');
  if (issue.type === 'incident') addNote(state, issue.notes, user, 'changed the incident status to **Triggered** by reopening the incident', { system: true });
}

function turn(state: State, project: Project, issue: Issue, user: User, action: IssueAction & ('close' | 'reopen')): void {
  const time = now();
  const closes = action === 'close';
  Object.assign(issue, { state: closes ? 'closed' : 'opened', updatedAt: time, closedAt: closes ? time : null, closedBy: closes ? user : null });
  issue.stateEvents.push({ id: nextId(state), user, createdAt: time, state: closes ? 'closed' : 'reopened' });
  issueEvent(state, project, issue, user, action, { state_id: closes ? { previous: 1, current: 2 } : { previous: 2, current: 1 } });
}
