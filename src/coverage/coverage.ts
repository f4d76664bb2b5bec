import type { Pin } from '../pins/pin.ts';

/** contract: managed | unmanaged | duplicate | mismatch | ignored. */
export type PinStatus = 'managed' | 'unmanaged' | 'duplicate' | 'mismatch' | 'ignored';

/** Why a pin is not managed. One line each in docs/pins.md. */
export type ReasonCode =
  /** No manager reads the file. */
  | 'no-manager-reads-file'
  /** Managers read the file, none extracts this version. */
  | 'not-extracted'
  /** Two or more dependencies rewrite this place. */
  | 'several-managers'
  | 'wrong-name'
  | 'wrong-registry'
  | 'wrong-datasource'
  | 'wrong-value'
  /** The update would change another place too, or another place instead. */
  | 'write-back-spread'
  | 'write-back-failed'
  /** `enabled: false` in the config or in a package rule. */
  | 'disabled'
  /** `ignorePaths` (or `includePaths`) keeps Renovate away from the file. */
  | 'path-ignored'
  /** Renovate extracts it but will not look it up (its own skipReason). */
  | 'skipped'
  /** A branch, HEAD or a wildcard: there is nothing to update. */
  | 'floating';

/** One Renovate dependency that touches a pin, as the contract prints it. */
export interface ManagedBy {
  readonly manager: string;
  readonly datasource: string | null;
  readonly packageName: string | null;
  readonly registryUrls: readonly string[];
  readonly currentValue: string | null;
  /** File or preset that the manager comes from; null for a built-in manager without settings. */
  readonly source: string | null;
}

export interface CoveredPin extends Pin {
  readonly status: PinStatus;
  readonly reason: ReasonCode | null;
  readonly managers: readonly ManagedBy[];
}
