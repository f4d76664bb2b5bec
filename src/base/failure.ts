/**
 * Expected failures are data: a code, a place, what to do. They are worded here and printed at the edge; whatever is not
 * in this list is a defect of the program and throws.
 */
export type FailureCode =
  | 'usage'
  | 'directory-missing'
  | 'config-missing'
  | 'config-unreadable'
  | 'config-syntax'
  | 'renovate-timeout'
  | 'renovate-crashed'
  | 'output-unwritable'
  | 'runner-config'
  | 'token-missing'
  | 'gitlab-unauthorised'
  | 'gitlab-forbidden'
  | 'gitlab-missing'
  | 'gitlab-conflict'
  | 'gitlab-refused'
  | 'gitlab-unreachable'
  | 'gitlab-unreadable'
  | 'git-failed'
  | 'interrupted'
  | 'database-unusable'
  | 'address-unusable'
  | 'manifest-malformed'
  | 'manifest-foreign'
  | 'manifest-unclear'
  | 'template-invalid'
  | 'cluster-unauthorised'
  | 'cluster-forbidden'
  | 'cluster-missing'
  | 'cluster-unreachable'
  | 'cluster-busy'
  | 'argocd-unauthorised'
  | 'argocd-unreachable';

export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  /** What the reader can do about it, one sentence. */
  readonly remedy?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The line itself, to be shown with the column marked. */
  readonly text?: string;
}

/** Exit codes of both programs: 0 clean, 1 findings, 2 usage or configuration, 3 could not run. */
const EXIT: Record<FailureCode, 2 | 3> = {
  usage: 2,
  'directory-missing': 2,
  'config-missing': 2,
  'config-unreadable': 3,
  'config-syntax': 2,
  'renovate-timeout': 3,
  'renovate-crashed': 3,
  'output-unwritable': 3,
  'runner-config': 2,
  'token-missing': 2,
  'gitlab-unauthorised': 3,
  'gitlab-forbidden': 3,
  'gitlab-missing': 3,
  'gitlab-conflict': 3,
  'gitlab-refused': 3,
  'gitlab-unreachable': 3,
  'gitlab-unreadable': 3,
  'git-failed': 3,
  interrupted: 3,
  'database-unusable': 3,
  'address-unusable': 3,
  'manifest-malformed': 2,
  'manifest-foreign': 2,
  'manifest-unclear': 2,
  'template-invalid': 2,
  'cluster-unauthorised': 3,
  'cluster-forbidden': 3,
  'cluster-missing': 3,
  'cluster-unreachable': 3,
  'cluster-busy': 3,
  'argocd-unauthorised': 3,
  'argocd-unreachable': 3,
};

export function exitCode(failure: Failure): 2 | 3 {
  return EXIT[failure.code];
}

/** Carries a `Failure` through code that cannot return it; caught in one place, cli/command.ts. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

export function fail(failure: Failure): never {
  throw new FailureError(failure);
}
