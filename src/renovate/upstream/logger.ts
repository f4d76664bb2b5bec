/**
 * Stands in for Renovate's `logger/index.js` in the bundle (scripts/build.mjs). Nothing may reach stdout or stderr, and Renovate traces
 * whole configs in its hottest functions (`mergeChildConfig`), so a logger that does nothing is also the fast one. Warnings are
 * handed to whoever listens: a JSONata query that throws loses its whole file with a WARN and nothing else (44.121.2).
 */
type Listener = (message: string, details: unknown) => void;

let listener: Listener | null = null;

/** Calls `heard` for each warning and error while `work` runs. */
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
  if (typeof first === 'string') listener(first, null);
  else listener(typeof second === 'string' ? second : '', first);
}

const levels = { trace: ignore, debug: ignore, info: ignore, warn: hear, error: hear, fatal: hear };

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
