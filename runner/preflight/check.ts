import { FailureError, type Failure } from '../../src/base/failure.ts';

/** `problem`: automerge fails or is unsafe; `warning`: it works, not as well as it could; `unknown`: GitLab did not say. */
export type Verdict = 'ok' | 'warning' | 'problem' | 'unknown';

export interface Judgement {
  readonly verdict: Verdict;
  /** What is so, for people. */
  readonly found: string;
  /** What to do about it, with the place in GitLab; null where nothing has to be done. */
  readonly remedy: string | null;
}

/** One thing that automerge depends on. Pure: what it needs to know was gathered before. */
export interface Check<F> {
  /** As its file is called. */
  readonly name: string;
  /** What is so when all is well, a sentence without a full stop. */
  readonly title: string;
  /** What happens otherwise. */
  readonly why: string;
  /** Whether it has a meaning here; without it, it always has. */
  readonly applies?: (facts: F) => boolean;
  readonly run: (facts: F) => Judgement;
}

export interface CheckResult extends Judgement {
  readonly check: string;
  readonly title: string;
  readonly why: string;
}

export function runChecks<F>(checks: readonly Check<F>[], facts: F): CheckResult[] {
  return checks.filter(({ applies }) => applies?.(facts) ?? true).map(({ name, title, why, run }) => ({ check: name, title, why, ...run(facts) }));
}

export function ok(found: string): Judgement {
  return { verdict: 'ok', found, remedy: null };
}

export function warning(found: string, remedy: string): Judgement {
  return { verdict: 'warning', found, remedy };
}

export function problem(found: string, remedy: string): Judgement {
  return { verdict: 'problem', found, remedy };
}

export function unknown(found: string, remedy: string): Judgement {
  return { verdict: 'unknown', found, remedy };
}

/** What GitLab answered, or why it did not. */
export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly failure: Failure };

export function known<T>(value: T): Fact<T> {
  return { known: true, value };
}

export async function ask<T>(answer: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await answer());
  } catch (error) {
    if (error instanceof FailureError && error.failure.code !== 'interrupted') return { known: false, failure: error.failure };
    throw error;
  }
}

/** Judges what is known; of the rest it says where people can look. */
export function whenKnown<T>(fact: Fact<T>, place: string, judge: (value: T) => Judgement): Judgement {
  return fact.known ? judge(fact.value) : unknown(fact.failure.message, `Look by hand: ${place}.`);
}
