import { accessOf, MAINTAINER } from '../accounts.ts';
import { textOf } from '../input.ts';
import { addNote } from '../notes.ts';
import { presentNote } from '../present/user.ts';
import { created, invalid, noContent, ok, refused, type Call, type Reply } from '../router.ts';
import { now, type Note, type Project } from '../state.ts';

/** The notes of an issue or a merge request, the newest first unless asked otherwise. */
interface Noted {
  readonly notes: Note[];
  updatedAt: string;
}

export function listNotes({ input }: Call, { notes }: Noted): Reply {
  const shown = notes.map(presentNote);
  return ok(textOf(input, 'sort') === 'asc' ? shown : shown.reverse());
}

export function createNote({ state, user, input }: Call, noted: Noted): Reply {
  const body = textOf(input, 'body');
  if (body === null) return invalid('body is missing');
  noted.updatedAt = now();
  return created(presentNote(addNote(state, noted.notes, user, body)));
}

/** One's own, and as a Maintainer everybody's; never GitLab's. */
function owned({ state, params, user }: Call, project: Project, { notes }: Noted, handler: (note: Note) => Reply): Reply {
  const note = notes.find(({ id }) => String(id) === params['note']);
  if (note === undefined) return refused(404, 'Not found');
  const mayWrite = !note.system && (note.author === user || accessOf(state, project, user) >= MAINTAINER);
  return mayWrite ? handler(note) : refused(403, 'Forbidden');
}

export function editNote(call: Call, project: Project, noted: Noted): Reply {
  return owned(call, project, noted, (note) => {
    Object.assign(note, { body: textOf(call.input, 'body') ?? note.body, updatedAt: now() });
    return ok(presentNote(note));
  });
}

export function deleteNote(call: Call, project: Project, noted: Noted): Reply {
  return owned(call, project, noted, (note) => {
    noted.notes.splice(noted.notes.indexOf(note), 1);
    return noContent;
  });
}
