import type { RequesterType } from '@gitbeaker/requester-utils';
import type * as z from 'zod';
import { fail, FailureError, type FailureCode } from '../../src/base/failure.ts';

/** What a resource of @gitbeaker/rest is made with. */
export interface Service {
  readonly host: string;
  readonly token: string;
  readonly requesterFn: (resource: { readonly url: string }) => RequesterType;
}

/** @throws FailureError `gitlab-unreadable` when it is not of the shape that GitLab's description promises */
export async function read<S extends z.ZodType>(schema: S, what: string, answer: Promise<unknown>): Promise<z.output<S>> {
  const parsed = schema.safeParse(await answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return fail({ code: 'gitlab-unreadable', message: `GitLab's answer for ${what} is not what its description says: ${issue!.path.join('.')}: ${issue!.message}`, remedy: 'Check that `endpoint` is a GitLab of version 17 or later.' });
}

/** A refusal as an answer: 404, unless others are named. */
export async function orNull<T>(answer: Promise<T>, codes: readonly FailureCode[] = ['gitlab-missing']): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof FailureError && codes.includes(error.failure.code)) return null;
    throw error;
  }
}
