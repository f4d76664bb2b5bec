import type { MergeRequest } from '../gitlab/schema.ts';
import { isWhole, type HeldPin, type Hold } from './hold.ts';
import { FIX_LABEL, REVERT_LABEL } from './labels.ts';
import { applicationsOf, type PinLine } from './touched.ts';

export interface GateVerdict {
  readonly open: boolean;
  /** One sentence, for the job's log. */
  readonly reason: string;
  readonly holds: readonly Hold[];
}

/**
 * Whether a merge request may pass while incidents are open. With "Pipelines must succeed" that is what a cancelled auto-merge cannot do: nobody merges by accident, whatever set the merge off.
 * @param touched versions that the change touches
 */
export function gate({ labels }: Pick<MergeRequest, 'labels'>, touched: readonly Pick<PinLine, 'application'>[], holds: readonly Hold[], pins: readonly HeldPin[]): GateVerdict {
  const mends = [REVERT_LABEL, FIX_LABEL].find((label) => labels.includes(label));
  if (mends !== undefined) return { open: true, reason: `it is labelled ${mends}`, holds: [] };
  if (holds.length === 0) return { open: true, reason: 'no incident is open', holds: [] };
  const applications = applicationsOf(touched);
  const named = applications.length === 0 ? '' : ` (${applications.join(', ')})`;
  const against = holds.filter((hold) => (isWhole(hold, pins) ? touched.length > 0 : applications.includes(hold.application!)));
  if (against.length === 0) return { open: true, reason: touched.length === 0 ? 'it changes no version that is deployed' : `no open incident concerns what it changes${named}`, holds: [] };
  return { open: false, reason: `an incident concerns what it changes${named}. Wait until it is over, or label the merge request ${FIX_LABEL} if it mends the application, and run this job again`, holds: against };
}
