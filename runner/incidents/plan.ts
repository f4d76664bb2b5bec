import type { Discussed } from '../gitlab/collaboration.ts';
import type { Incident, MergeRequest, Note } from '../gitlab/schema.ts';
import { isWhole, type HeldPin, type Hold } from './hold.ts';
import { FIX_LABEL, HOLD_LABEL, REVERT_LABEL } from './labels.ts';
import { holdNote, noteMarker, releasedNote, type NoteKind } from './notes.ts';
import type { Memory } from './memory.ts';

/** One step in GitLab, with what a person should know of it. Each may be taken twice: the second time changes nothing. */
export type Action = { readonly on: Discussed; readonly why: string } & (
  | { readonly kind: 'cancel-auto-merge' }
  | { readonly kind: 'run-pipeline' }
  | { readonly kind: 'labels'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'relate'; readonly to: number }
  | { readonly kind: 'create-note'; readonly note: NoteKind; readonly body: string }
  | { readonly kind: 'edit-note'; readonly note: number; readonly body: string }
  | { readonly kind: 'revert'; readonly revert: WayBack }
);

/** A merge request that puts versions back, ready to be opened. */
export interface WayBack {
  readonly incident: Pick<Incident, 'iid' | 'webUrl'>;
  readonly memory: Memory;
  /** The commit that the files' texts were read from. */
  readonly startSha: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

/** An open merge request of Renovate's, with the applications that it touches and the notes on it. */
export interface OpenRequest {
  readonly request: MergeRequest;
  readonly applications: readonly string[];
  readonly notes: readonly Note[];
}

/** The note of one kind that we wrote. */
export function ownNote(notes: readonly Note[], kind: NoteKind, bot: string): Note | undefined {
  return notes.find((note) => note.author === bot && note.body.includes(noteMarker(kind)));
}

/** The note of one kind: created, edited when it says something else, left alone when it says the same. Only notes of our own are believed. */
export function noteActions(on: Discussed, kind: NoteKind, body: string, notes: readonly Note[], bot: string, why: string): Action[] {
  const own = ownNote(notes, kind, bot);
  if (own === undefined) return [{ on, why, kind: 'create-note', note: kind, body }];
  return own.body === body ? [] : [{ on, why, kind: 'edit-note', note: own.id, body }];
}

/** Holds that concern a merge request. A way back, and what a person labels as the mending, is never held. */
export function holdsOn({ request, applications }: Pick<OpenRequest, 'request' | 'applications'>, holds: readonly Hold[], pins: readonly HeldPin[]): Hold[] {
  if (request.labels.includes(REVERT_LABEL) || request.labels.includes(FIX_LABEL)) return [];
  return holds.filter((hold) => isWhole(hold, pins) || applications.includes(hold.application!));
}

/** What makes the open merge requests of a project as its holds want them. The auto-merge is cancelled first: nothing may merge between the steps. */
export function holdActions(open: readonly OpenRequest[], holds: readonly Hold[], pins: readonly HeldPin[], bot: string): Action[] {
  return open.flatMap((one): Action[] => {
    const { request, notes } = one;
    const on: Discussed = { kind: 'merge-request', iid: request.iid };
    const own = holdsOn(one, holds, pins);
    const labelled = request.labels.includes(HOLD_LABEL);
    if (own.length === 0) {
      if (!labelled) return [];
      const released = ownNote(notes, 'hold', bot) !== undefined ? noteActions(on, 'hold', releasedNote(), notes, bot, 'the incident is over') : [];
      // the label last: as long as it is there, the next run comes back to it
      // the gate has failed it, and neither GitLab nor Renovate would try again
      const again = request.mergeStatus === 'ci_must_pass' ? [{ on, why: 'the incident is over', kind: 'run-pipeline' as const }] : [];
      return [...released, ...again, { on, why: 'the incident is over', kind: 'labels', add: [], remove: [HOLD_LABEL] }];
    }
    const why = `held by ${own.map(({ incident }) => `${incident.project}#${incident.iid}`).join(', ')}`;
    return [
      ...(request.autoMerge ? [{ on, why, kind: 'cancel-auto-merge' as const }] : []),
      ...(labelled ? [] : [{ on, why, kind: 'labels' as const, add: [HOLD_LABEL], remove: [] }]),
      ...noteActions(on, 'hold', holdNote(own), notes, bot, why),
    ];
  });
}
