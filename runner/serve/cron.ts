import { Cron } from 'croner';
import { fail } from '../../src/base/failure.ts';
import { nearest } from '../../src/base/nearest.ts';
import type { Reason } from './job.ts';

/** The times at which all projects are queued. */
export interface Starts {
  /** The first after a time; null when none ever comes. */
  next(after: number): number | null;
}

/** @throws FailureError `runner-config` */
export function startsOf(crons: readonly string[], timezone: string, now: number): Starts {
  checkZone(timezone);
  const all = crons.map((cron) => startsBy(cron, timezone, now));
  return { next: (after) => earliest(all.map((starts) => starts.next(after))) };
}

export interface Verdict {
  /** Why everything is to be queued; null when it is not. */
  readonly reason: Reason | null;
  /** What `last` is from now on. */
  readonly last: number | null;
}

/** A clock that was set back by more was wrong before: then a start too many does less harm than a service that waits for that time to come again. */
const SET_BACK_MS = 3_600_000;

/**
 * Whether a start has come since the last one; however many were missed, because the service was down or its machine slept, they are one.
 * @param last when everything was queued last; null when it never was
 */
export function due(starts: Starts, last: number | null, now: number): Verdict {
  if (last === null) return { reason: 'start', last: now };
  if (now < last) return { reason: null, last: last - now > SET_BACK_MS ? now : last };
  const next = starts.next(last);
  return next !== null && next <= now ? { reason: 'cron', last: now } : { reason: null, last };
}

const MINUTE = 60_000;
const STEP = 15 * MINUTE;
/** No zone repeats more than a day (the International Date Line). */
const MOST_STEPS = (25 * 60 * MINUTE) / STEP;

function startsBy(cron: string, timezone: string, now: number): Starts {
  const inZone = parsed(cron, { timezone });
  // what is due every hour is due in the hour that autumn repeats as well, which croner leaves out
  const hourly = /^\S+\s+\*\s/.test(cron);
  const offsetAt = offsets(timezone);
  const byOffset = new Map<number, Cron>();
  function withOffset(offset: number): Cron {
    const made = byOffset.get(offset) ?? new Cron(cron, { mode: '5-part', utcOffset: offset });
    byOffset.set(offset, made);
    return made;
  }
  function next(after: number): number | null {
    return earliest([later(inZone, after), ...(hourly ? [later(withOffset(offsetAt(after)), after)] : [])]);
  }
  if (next(now) === null) fail({ code: 'runner-config', message: `serve.cron: ${JSON.stringify(cron)} never comes`, remedy: 'Its day of the month is not in its month.' });
  return { next };
}

function parsed(cron: string, options: { readonly timezone: string }): Cron {
  try {
    return new Cron(cron, { mode: '5-part', ...options });
  } catch (error) {
    const reason = (error as Error).message.replace(/^CronPattern: /, '');
    return fail({ code: 'runner-config', message: `serve.cron: ${JSON.stringify(cron)}: ${reason}`, remedy: 'Five fields: minute, hour, day of month, month, day of week; 0 4 * * 1-5 is four in the morning from Monday to Friday.' });
  }
}

/** Within the hour that autumn repeats croner 10.0.1 answers with times of its first pass, which lie before the one that was asked about. */
function later(cron: Cron, after: number): number | null {
  for (let step = 0; step <= MOST_STEPS; step += 1) {
    const next = cron.nextRun(new Date(after + step * STEP))?.getTime() ?? null;
    if (next === null || next > after) return next;
  }
  return null;
}

function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((least, time) => (least === null || (time !== null && time < least) ? time : least), null);
}

/** Minutes east of Greenwich at a time. */
function offsets(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const { sign, hours = '0', minutes = '0' } = /(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)/.exec(name)?.groups ?? {};
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

function checkZone(timezone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    const near = nearest(timezone, Intl.supportedValuesOf('timeZone'));
    fail({ code: 'runner-config', message: `serve.timezone: there is no timezone ${timezone}`, remedy: near === null ? 'Write an IANA name such as Europe/Berlin.' : `Did you mean ${near}?` });
  }
}
