import { DEVELOPER } from '../accounts.ts';
import { flagOf, textOf } from '../input.ts';
import { processAutoMerges } from '../merging.ts';
import { addNote, threadsOf } from '../notes.ts';
import { presentDiscussion } from '../present/user.ts';
import { created, invalid, ok, onMergeRequest, refused, type Call, type Reply, type Routes } from '../router.ts';
import type { MergeRequest, Project } from '../state.ts';

/** Threads of a merge request: an open one can hold a merge up. */
export const discussionRoutes: Routes = {
  'GET /projects/:id/merge_requests/:iid/discussions': onMergeRequest((_call, _project, { notes }) => ok([...threadsOf(notes)].map(([id, thread]) => presentDiscussion(id, thread)))),
  'POST /projects/:id/merge_requests/:iid/discussions': onMergeRequest(open),
  'PUT /projects/:id/merge_requests/:iid/discussions/:discussion': onMergeRequest(resolve, DEVELOPER),
};

function open({ state, user, input }: Call, _project: Project, { notes }: MergeRequest): Reply {
  const body = textOf(input, 'body');
  if (body === null) return invalid('body is missing');
  const note = addNote(state, notes, user, body, { resolved: false });
  return created(presentDiscussion(note.discussion, [note]));
}

function resolve({ state, params, input }: Call, project: Project, { notes }: MergeRequest): Reply {
  const thread = threadsOf(notes).get(params['discussion'] ?? '') ?? [];
  if (thread.length === 0) return refused(404, 'Discussion Not Found');
  thread.filter(({ resolved }) => resolved !== null).forEach((note) => void (note.resolved = flagOf(input, 'resolved')));
  processAutoMerges(state, project);
  return ok(presentDiscussion(params['discussion'] ?? '', thread));
}
