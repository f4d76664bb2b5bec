import { FailureError, type Failure } from '../../../../src/base/failure.ts';

export function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

export async function failureOfPromise(work: Promise<unknown>): Promise<Failure> {
  const [settled] = await Promise.allSettled([work]);
  return failureOf(() => {
    if (settled.status === 'rejected') throw settled.reason;
  });
}
