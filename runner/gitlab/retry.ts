/** What became of one attempt: GitLab's status, or why there was none. */
export interface Attempt {
  readonly method: string;
  /** HTTP status; null when the connection failed, timed out, or the answer was cut off. */
  readonly status: number | null;
  /** Whether it is certain that GitLab did not get the request: nobody listened, no such host. */
  readonly unsent: boolean;
  readonly message: string;
  /** The header, when there is one. */
  readonly retryAfter: string | null;
}

/** Attempts in all. */
const MOST = 5;
const FIRST_DELAY_MS = 500;
/** A server that asks for more is not waited for. */
const LONGEST_DELAY_MS = 90_000;

/**
 * Milliseconds until the next attempt, or null when there is to be none. A POST is repeated only where GitLab says that it did nothing (429, "Resource lock"), or never got it:
 * twice sent is twice done.
 * @param made attempts so far, at least 1
 * @param now milliseconds since 1970, for a Retry-After that is a date
 */
export function retryDelay({ method, status, unsent, message, retryAfter }: Attempt, made: number, now: number): number | null {
  if (made >= MOST) return null;
  const refusedUndone = status === 429 || (status === 409 && /resource lock/i.test(message));
  const failed = status === null || status === 500 || status === 502 || status === 503 || status === 504;
  const once = status === 500 && made >= 2;
  if (!refusedUndone && !(failed && !once && (method !== 'POST' || unsent))) return null;
  const asked = secondsOf(retryAfter, now);
  const delay = asked === null ? FIRST_DELAY_MS * 2 ** (made - 1) : asked * 1000;
  return delay > LONGEST_DELAY_MS ? null : delay;
}

/** RFC 9110: seconds, or a date. */
function secondsOf(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
