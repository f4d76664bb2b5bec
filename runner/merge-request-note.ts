import { fail } from '../src/base/failure.ts';
import type { RunnerContext } from './context.ts';
import { withProject } from './incidents/check.ts';
import { apply } from './incidents/apply.ts';
import { noteMarker } from './incidents/notes.ts';
import { noteActions } from './incidents/plan.ts';
import type { Setup } from './setup.ts';

export const NAME = /^[a-z][a-z0-9-]{0,40}$/;

/** GitLab takes a million characters in a note; nobody reads as many. */
const MOST = 200_000;

export interface NoteRequest {
  readonly name: string;
  readonly texts: readonly string[];
  /** Begin no new one. */
  readonly onlyUpdate: boolean;
  readonly write: boolean;
}

export interface NoteOutcome {
  readonly action: 'created' | 'updated' | 'none';
}

/** @throws FailureError `gitlab-missing` when there is no such merge request for this token */
export function keepNote(setup: Setup, { path, iid }: { readonly path: string; readonly iid: number }, { name, texts, onlyUpdate, write }: NoteRequest, context: Pick<RunnerContext, 'io' | 'world'>): Promise<NoteOutcome> {
  return withProject(setup, path, context, async (project, { gitlab }) => {
    const [{ username }, request] = await Promise.all([gitlab.user(), gitlab.mergeRequest(project.id, iid)]);
    if (request === null) return fail({ code: 'gitlab-missing', message: `there is no merge request !${iid} in ${path}`, remedy: 'Check its number.' });
    const on = { kind: 'merge-request', iid } as const;
    const actions = noteActions(on, `file-${name}`, [noteMarker(`file-${name}`), bodyOf(texts)].join('\n'), await gitlab.notes(project.id, on), username, 'note').filter(({ kind }) => !(onlyUpdate && kind === 'create-note'));
    if (write) await apply(project, actions, gitlab, username);
    const [action] = actions;
    return { action: action === undefined ? 'none' : action.kind === 'create-note' ? 'created' : 'updated' };
  });
}

/** GitLab keeps no carriage returns. A line that begins with a slash is a command to GitLab, given by whoever wrote the text and carried out with the rights of the bot. */
function bodyOf(texts: readonly string[]): string {
  const body = texts.map((text) => text.trim()).join('\n\n').replaceAll(/\r\n?/g, '\n').replaceAll(/^(\s*)\//gm, String.raw`$1\/`);
  return body.length <= MOST ? body : `${body.slice(0, MOST).toWellFormed()}…`;
}
