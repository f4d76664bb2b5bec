import { FailureError } from '../src/base/failure.ts';
import type { GitLab } from './gitlab/port.ts';

/** The label that stands in a project while a runner works on it. GitLab gives no name twice, so whoever makes it has the project; everybody sees it, and anybody may delete it. */
export const LOCK_LABEL = 'renovate-argocd-running';

/** A lock that is not renewed for so long belongs to a runner that was killed. */
export const LEASE_MS = 10 * 60_000;

export interface LockOptions {
  readonly gitlab: GitLab;
  /** Tells this run from others in the label's description. */
  readonly run: string;
  now(): number;
}

export type Lock =
  | { readonly state: 'held'; readonly label: number }
  /** Another runner has it. */
  | { readonly state: 'busy' }
  /** GitLab refuses labels here: the project is run without a lock. */
  | { readonly state: 'unlockable'; readonly reason: string };

/** Takes a project, also from a runner that has been dead for longer than a lease. Throws what the client throws when GitLab is not there. */
export async function acquire(project: number, options: LockOptions): Promise<Lock> {
  const { gitlab, now } = options;
  try {
    const made = await gitlab.createLabel(project, LOCK_LABEL, description(options));
    if (made !== null) return { state: 'held', label: made.id };
    const standing = await gitlab.label(project, LOCK_LABEL);
    if (standing !== null && until(standing.description) > now()) return { state: 'busy' };
    // by its id: a lock that somebody else has taken in the meantime has another one
    if (standing !== null) await gitlab.deleteLabel(project, standing.id);
    const taken = await gitlab.createLabel(project, LOCK_LABEL, description(options));
    return taken === null ? { state: 'busy' } : { state: 'held', label: taken.id };
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'gitlab-forbidden') return { state: 'unlockable', reason: error.failure.message };
    throw error;
  }
}

/** Says that the runner still lives. False when somebody has deleted the lock. */
export function renew(project: number, label: number, options: LockOptions): Promise<boolean> {
  return options.gitlab.describeLabel(project, label, description(options));
}

export function release(project: number, label: number, { gitlab }: LockOptions): Promise<void> {
  return gitlab.deleteLabel(project, label);
}

function description({ run, now }: LockOptions): string {
  return `Renovate is at work here (run ${run}) until ${new Date(now() + LEASE_MS).toISOString()} at most. Delete this label to let another runner in.`;
}

/** Milliseconds since 1970. A label that somebody else wrote locks nothing. */
function until(text: string | null): number {
  const time = Date.parse(/until (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(text ?? '')?.[1] ?? '');
  return Number.isNaN(time) ? 0 : time;
}
