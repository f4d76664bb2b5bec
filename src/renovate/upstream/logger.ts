/**
 * Stands in for Renovate's `logger/index.js` in the bundle (scripts/build.mjs). Nothing may reach stdout or stderr, and Renovate traces
 * whole configs in its hottest functions (`mergeChildConfig`), so a logger that does nothing is also the fast one. Warnings are
 * handed to whoever listens: a JSONata query that throws loses its whole file with a WARN and nothing else (44.121.2). So is the one trace that
 * says what a custom manager found and threw away.
 */
export interface Listener {
  /** Each warning and error. */
  warned(message: string, details: unknown): void;
  /** A dependency without one of its necessary fields, as checkIsValidDependency describes it. */
  discarded?(details: unknown): void;
}

let listener: Listener | null = null;

/** Tells `heard` what is logged while `work` runs. */
export async function listening<T>(heard: Listener, work: () => Promise<T>): Promise<T> {
  const before = listener;
  listener = heard;
  try {
    return await work();
  } finally {
    listener = before;
  }
}

function ignore(): void {}

function hear(first: unknown, second?: unknown): void {
  if (listener === null) return;
  if (typeof first === 'string') listener.warned(first, null);
  else listener.warned(typeof second === 'string' ? second : '', first);
}

/** modules/manager/custom/utils.js, 44.121.2. */
const DISCARDED = 'Discovered a package dependency, but it did not pass validation. Discarding';

function hearTrace(details: unknown, message?: unknown): void {
  if (message === DISCARDED) listener?.discarded?.(details);
}

const levels = { trace: hearTrace, debug: ignore, info: ignore, warn: hear, error: hear, fatal: hear };

export const logger = { ...levels, once: { ...levels, reset: ignore } };

export function logLevel(): string {
  return 'fatal';
}
export function getContext(): undefined {
  return undefined;
}
export function getProblems(): never[] {
  return [];
}
export async function init(): Promise<void> {}
export function withMeta<T>(_meta: unknown, work: () => T): T {
  return work();
}
export {
  ignore as addMeta,
  ignore as addStream,
  ignore as clearProblems,
  ignore as levels,
  ignore as removeMeta,
  ignore as setContext,
  ignore as setMeta,
};
