import { locateRevision, type RevisionPlace, type Wanted } from './read-manifest.ts';
import { inStyleOf } from './scalar.ts';

export interface Edited {
  readonly text: string;
  /** The revision that stood there. */
  readonly previous: string;
  readonly line: number;
}

/**
 * Writes the revision in the place of the one that is there, and changes nothing else: comments, order, quotes, line ends and Go-template actions stay byte for byte.
 * @returns the same text when there is nothing to change
 * @throws FailureError as `locateRevision`
 */
export function editRevision(text: string, revision: string, wanted: Wanted): Edited {
  const place = locateRevision(text, wanted);
  if (place.value === revision && !place.typed) return { text, previous: place.value, line: place.line };
  const edited = text.slice(0, place.start) + inStyleOf(place.quote, revision) + text.slice(place.end);
  checkEdit(locateRevision(edited, wanted), place, revision);
  return { text: edited, previous: place.value, line: place.line };
}

/** The edit is read again: a defect of ours must not get into a cluster. */
function checkEdit(after: RevisionPlace, before: RevisionPlace, revision: string): void {
  if (after.value !== revision || after.typed || after.line !== before.line) throw new Error(`the revision reads ${JSON.stringify(after.value)} after the edit, not ${JSON.stringify(revision)}`);
}
