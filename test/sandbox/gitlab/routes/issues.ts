import { filtered, flagOf, labelsAfter, textOf } from '../input.ts';
import { presentIssue, presentNote } from '../present.ts';
import { created, inProject, noContent, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import { nextId, now, type Issue, type Note, type Project } from '../state.ts';

export const issueRoutes: Routes = {
  'GET /projects/:id/issues': inProject((call, project) => ok(filtered(project.issues, call.input, call.user).map((issue) => presentIssue(project, issue, call.origin)))),
  'POST /projects/:id/issues': inProject(createIssue),
  'GET /projects/:id/issues/:iid': onIssue((call, project, issue) => ok(presentIssue(project, issue, call.origin))),
  'PUT /projects/:id/issues/:iid': onIssue(updateIssue),
  'GET /projects/:id/issues/:iid/notes': onIssue((_call, _project, { notes }) => ok(notes.map(presentNote))),
  'POST /projects/:id/issues/:iid/notes': onIssue((call, _project, { notes }) => addNote(call, notes)),
  'PUT /projects/:id/issues/:iid/notes/:note': onIssue((call, _project, { notes }) => editNote(call, notes)),
  'DELETE /projects/:id/issues/:iid/notes/:note': onIssue((call, _project, { notes }) => deleteNote(call, notes)),
};

function onIssue(handler: (call: Call, project: Project, issue: Issue) => Reply): Handler {
  return inProject((call, project) => {
    const issue = project.issues.find(({ iid }) => String(iid) === call.params['iid']);
    return issue === undefined ? refused(404, 'Not found') : handler(call, project, issue);
  });
}

function createIssue({ user, input, origin }: Call, project: Project): Reply {
  const title = textOf(input, 'title');
  if (title === null) return refused(400, 'title is missing');
  const issue: Issue = {
    iid: project.issues.length + 1,
    author: user,
    createdAt: now(),
    updatedAt: now(),
    notes: [],
    title,
    description: textOf(input, 'description') ?? '',
    labels: labelsAfter([], input),
    state: 'opened',
    confidential: flagOf(input, 'confidential'),
  };
  project.issues.push(issue);
  return created(presentIssue(project, issue, origin));
}

const STATES: Readonly<Record<string, Issue['state']>> = { close: 'closed', reopen: 'opened' };

function updateIssue({ input, origin }: Call, project: Project, issue: Issue): Reply {
  issue.title = textOf(input, 'title') ?? issue.title;
  issue.description = textOf(input, 'description') ?? issue.description;
  issue.labels = labelsAfter(issue.labels, input);
  issue.state = STATES[textOf(input, 'state_event') ?? ''] ?? issue.state;
  issue.updatedAt = now();
  return ok(presentIssue(project, issue, origin));
}

export function addNote({ state, user, input }: Call, notes: Note[]): Reply {
  const note = { id: nextId(state), author: user, body: textOf(input, 'body') ?? '', createdAt: now() };
  notes.push(note);
  return created(presentNote(note));
}

export function editNote({ params, input }: Call, notes: readonly Note[]): Reply {
  const note = notes.find(({ id }) => String(id) === params['note']);
  if (note === undefined) return refused(404, 'Not found');
  note.body = textOf(input, 'body') ?? note.body;
  return ok(presentNote(note));
}

export function deleteNote({ params }: Call, notes: Note[]): Reply {
  const index = notes.findIndex(({ id }) => String(id) === params['note']);
  if (index < 0) return refused(404, 'Not found');
  notes.splice(index, 1);
  return noContent;
}
