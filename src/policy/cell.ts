import type { CoveredPin } from '../coverage/coverage.ts';
import type { UpdateType } from '../renovate/types.ts';

/** What becomes of an update, as the contract names it. */
export type Action = 'automerge' | 'merge-request' | 'approval' | 'disabled';

/** What decided: a package rule, or an option of the config itself, which has no index. */
export interface DecidingRule {
  /** The file or preset in which it is written. */
  readonly source: string;
  readonly index: number | null;
  readonly description: string;
}

/** One pin and one update type. */
export interface Cell {
  readonly action: Action;
  /** How old a release has to be first; null when it does not have to, or when the registry has no dates and Renovate is told not to wait for them. */
  readonly minimumReleaseAge: string | null;
  readonly schedule: readonly string[];
  readonly automergeSchedule: readonly string[];
  readonly groupName: string | null;
  readonly labels: readonly string[];
  /** In the order applied, but for the one that set the action, which stands last. */
  readonly rules: readonly DecidingRule[];
  /** The one that set the action; null when nothing did, and it is Renovate's default. */
  readonly decider: DecidingRule | null;
  /** Rules that may decide too, for all that can be known without a lookup. */
  readonly undecided: readonly DecidingRule[];
}

export interface PolicyRow {
  readonly pin: CoveredPin;
  readonly updates: Readonly<Record<UpdateType, Cell>>;
}
