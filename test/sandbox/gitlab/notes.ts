import { createHash } from 'node:crypto';
import { nextId, now, type Note, type State, type User } from './state.ts';

/** Comments of people and GitLab's own remarks. */
export function addNote(state: State, notes: Note[], author: User, body: string, options: { readonly system?: boolean; readonly discussion?: string; readonly resolved?: boolean | null } = {}): Note {
  const id = nextId(state);
  const { system = false, discussion = createHash('sha1').update(`discussion ${id}`).digest('hex'), resolved = null } = options;
  const note: Note = { id, author, createdAt: now(), updatedAt: now(), system, discussion, resolved, body };
  notes.push(note);
  return note;
}

export function hasUnresolved(notes: readonly Note[]): boolean {
  return notes.some(({ resolved }) => resolved === false);
}

/** Threads in the order of their first notes. */
export function threadsOf(notes: readonly Note[]): Map<string, Note[]> {
  return Map.groupBy(notes, ({ discussion }) => discussion);
}
