import { fail } from '../../src/base/failure.ts';
import type { GitLab } from '../../runner/gitlab/port.ts';
import type { FailureCode } from '../../src/base/failure.ts';

/** A GitLab with the methods that a test needs, and no other. */
export function fakeGitLab(methods: Partial<GitLab>): GitLab {
  return { endpoint: 'https://gitlab.example.com/api/v4/', ...methods } as GitLab;
}

/** What a method answers that GitLab refuses. */
export function refusing(code: FailureCode, message = code as string): () => Promise<never> {
  return async () => fail({ code, message, remedy: 'none' });
}
