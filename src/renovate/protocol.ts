import type { ConfigMessage, DecideRequest, Decisions, Engine, ExtractRequest, ManagerRun, MatchRequest, Resolved, ResolveRequest, RuleMatches, ScheduleAnswer, ScheduleRequest, ValidateRequest } from './types.ts';

/** The questions that cross the border to Renovate's thread. */
export interface Questions {
  readonly engine: { readonly request: null; readonly answer: Engine };
  readonly resolve: { readonly request: ResolveRequest; readonly answer: Resolved };
  readonly validate: { readonly request: ValidateRequest; readonly answer: readonly ConfigMessage[] };
  readonly extract: { readonly request: ExtractRequest; readonly answer: readonly ManagerRun[] };
  readonly decide: { readonly request: DecideRequest; readonly answer: Decisions };
  readonly matchRules: { readonly request: MatchRequest; readonly answer: RuleMatches };
  readonly schedules: { readonly request: ScheduleRequest; readonly answer: ScheduleAnswer };
}
export type Question = keyof Questions;

export interface Ask {
  readonly id: number;
  readonly question: Question;
  readonly request: Questions[Question]['request'];
}

export type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly crash: string };

/**
 * What the thread is doing, written where the main thread sees it while the thread is stuck in a regex. Shared memory, because a message for
 * each of some thousand files costs as much as reading them.
 */
export interface Blackboard {
  readonly memory: SharedArrayBuffer;
}

const COUNT = 0;
const LENGTH = 1;
const HEAD_BYTES = 8;
const TEXT_BYTES = 1024;

export function blackboard(): Blackboard {
  return { memory: new SharedArrayBuffer(HEAD_BYTES + TEXT_BYTES) };
}

const encoder = new TextEncoder();

export function write({ memory }: Blackboard, doing: string): void {
  const head = new Int32Array(memory, 0, 2);
  // encodeInto refuses shared memory in some engines and in others not: through a copy it works in all.
  const bytes = encoder.encode(doing).subarray(0, TEXT_BYTES);
  new Uint8Array(memory, HEAD_BYTES).set(bytes);
  Atomics.store(head, LENGTH, bytes.length);
  Atomics.add(head, COUNT, 1);
}

/** `count` grows with each piece of work. */
export function read({ memory }: Blackboard): { readonly count: number; readonly doing: string } {
  const head = new Int32Array(memory, 0, 2);
  const bytes = new Uint8Array(memory, HEAD_BYTES, Atomics.load(head, LENGTH)).slice();
  return { count: Atomics.load(head, COUNT), doing: new TextDecoder().decode(bytes) };
}
