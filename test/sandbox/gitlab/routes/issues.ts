import { filtered, flagOf, labelsAfter, optionalFlag, textOf, usersOf } from '../input.ts';
import { closeIssue, editIssue, openIssue, reopenIssue } from '../issues.ts';
import { issueId } from '../present/ids.ts';
import { presentIssue } from '../present/issue.ts';
import { presentStateEvent } from '../present/user.ts';
import { created, inProject, invalid, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import type { Issue, Project } from '../state.ts';
import { createNote, deleteNote, editNote, listNotes } from './notes.ts';

export const issueRoutes: Routes = {
  'GET /projects/:id/issues': inIssues(list),
  'POST /projects/:id/issues': inIssues(create),
  'GET /projects/:id/issues/:iid': onIssue((call, project, issue) => ok(presentIssue(project, issue, call.origin))),
  'PUT /projects/:id/issues/:iid': onIssue(update),
  'GET /projects/:id/issues/:iid/notes': onIssue((call, _project, issue) => listNotes(call, issue)),
  'POST /projects/:id/issues/:iid/notes': onIssue((call, _project, issue) => createNote(call, issue)),
  'PUT /projects/:id/issues/:iid/notes/:note': onIssue(editNote),
  'DELETE /projects/:id/issues/:iid/notes/:note': onIssue(deleteNote),
  'GET /projects/:id/issues/:iid/resource_state_events': onIssue((_call, project, issue) => ok(issue.stateEvents.map((event) => presentStateEvent(event, issueId(project, issue))))),
};

/** A project whose issues are off refuses. */
function inIssues(handler: (call: Call, project: Project) => Reply): Handler {
  return inProject((call, project) => (project.settings.issuesOff ? refused(403, 'Forbidden') : handler(call, project)));
}

export function onIssue(handler: (call: Call, project: Project, issue: Issue) => Reply): Handler {
  return inIssues((call, project) => {
    const issue = project.issues.find(({ iid }) => String(iid) === call.params['iid']);
    return issue === undefined ? refused(404, 'Not found') : handler(call, project, issue);
  });
}

function list({ input, user, origin }: Call, project: Project): Reply {
  const type = textOf(input, 'issue_type');
  const wanted = project.issues.filter((issue) => type === null || issue.type === type);
  return ok(filtered(wanted, input, user).map((issue) => presentIssue(project, issue, origin)));
}

function create({ state, user, input, origin }: Call, project: Project): Reply {
  const title = textOf(input, 'title');
  if (title === null) return invalid('title is missing');
  const issue = openIssue(state, project, user, {
    type: textOf(input, 'issue_type') === 'incident' ? 'incident' : 'issue',
    title,
    description: textOf(input, 'description') ?? '',
    labels: labelsAfter([], input),
    assignees: usersOf(state, input, 'assignee_ids') ?? [],
    confidential: flagOf(input, 'confidential'),
    severity: 'unknown',
  });
  return created(presentIssue(project, issue, origin));
}

function update({ state, user, input, origin }: Call, project: Project, issue: Issue): Reply {
  editIssue(state, project, issue, user, {
    title: textOf(input, 'title') ?? issue.title,
    description: textOf(input, 'description') ?? issue.description,
    labels: labelsAfter(issue.labels, input),
    assignees: usersOf(state, input, 'assignee_ids') ?? issue.assignees,
    confidential: optionalFlag(input, 'confidential') ?? issue.confidential,
  });
  const event = textOf(input, 'state_event');
  if (event === 'close') closeIssue(state, project, issue, user);
  if (event === 'reopen') reopenIssue(state, project, issue, user);
  return ok(presentIssue(project, issue, origin));
}
