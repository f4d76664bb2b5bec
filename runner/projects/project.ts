/** What the runner knows of a GitLab project, whatever API call told it. */
export interface ProjectFacts {
  readonly id: number;
  /** `group/subgroup/name`. */
  readonly path: string;
  readonly topics: readonly string[];
  readonly archived: boolean;
  /** It has no commit yet. */
  readonly empty: boolean;
  readonly fork: boolean;
  readonly pendingDeletion: boolean;
  readonly mergeRequests: boolean;
  /** Access level of the token's user: 20 Reporter, 30 Developer, 40 Maintainer (GitLab's own numbers). */
  readonly accessLevel: number;
  /** Whether a Renovate config stands on the default branch; null when nobody looked. */
  readonly hasConfig: boolean | null;
}

/** Why a project is not run, as `plan` prints it. One line each in docs/runner.md. */
export type SkipReason =
  /** Named by `exclude`. */
  | 'excluded'
  /** Named in the config, but not there for this token. */
  | 'not-found'
  | 'archived'
  | 'pending-deletion'
  | 'empty'
  | 'fork'
  | 'merge-requests-off'
  /** Renovate pushes branches: Developer is the least. */
  | 'role-too-low'
  | 'no-config';

/** The same for people. */
export const SKIP_REASONS: Readonly<Record<SkipReason, string>> = {
  excluded: 'named by `exclude`',
  'not-found': 'does not exist, or the token may not see it',
  archived: 'archived',
  'pending-deletion': 'about to be deleted',
  empty: 'no commit yet',
  fork: 'a fork; `forks: true` runs them',
  'merge-requests-off': 'merge requests are switched off',
  'role-too-low': 'the token is less than a Developer there',
  'no-config': 'no Renovate config; commit a renovate.json, or set `onboarding: true`',
};

export interface SkippedProject {
  readonly path: string;
  readonly reason: SkipReason;
}

export interface Discovered {
  readonly projects: readonly ProjectFacts[];
  readonly skipped: readonly SkippedProject[];
}
