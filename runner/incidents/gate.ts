import type { MergeRequest } from '../gitlab/schema.ts';
import { isWhole, type HeldPin, type Hold } from './hold.ts';
import { FIX_LABEL, REVERT_LABEL } from './labels.ts';

export interface GateVerdict {
  readonly open: boolean;
  /** One sentence, for the job's log. */
  readonly reason: string;
  readonly holds: readonly Hold[];
}

/**
 * Whether a merge request may pass while incidents are open. With "Pipelines must succeed" that is what a cancelled auto-merge cannot do: nobody merges by accident, whatever set the merge off.
 * @param applications that the change touches
 */
export function gate({ labels }: Pick<MergeRequest, 'labels'>, applications: readonly string[], holds: readonly Hold[], pins: readonly HeldPin[]): GateVerdict {
  const mends = [REVERT_LABEL, FIX_LABEL].find((label) => labels.includes(label));
  if (mends !== undefined) return { open: true, reason: `it is labelled ${mends}`, holds: [] };
  if (holds.length === 0) return { open: true, reason: 'no incident is open', holds: [] };
  const against = holds.filter((hold) => (isWhole(hold, pins) ? applications.length > 0 : applications.includes(hold.application!)));
  if (against.length === 0) return { open: true, reason: applications.length === 0 ? 'it changes no version that is deployed' : `no open incident concerns what it changes (${applications.join(', ')})`, holds: [] };
  return { open: false, reason: `an incident concerns what it changes (${applications.join(', ')}). Wait until it is over, or label the merge request ${FIX_LABEL} if it mends the application`, holds: against };
}
