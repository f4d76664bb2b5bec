import { Cron } from 'renovate-croner';
import { DateTime, Settings } from 'renovate-luxon';
import { isScheduledNow } from 'renovate/dist/workers/repository/update/branch/schedule.js';
import type { Progress } from './extract.ts';
import type { CronAnswer, RunTime, Schedule, ScheduleAnswer, ScheduleRequest } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Schedules say hours (workers/repository/update/branch/schedule.js refuses minutes, 44.121.2), so of frequent starts one in each half hour tells all. */
const SLOT = 30 * MINUTE;

/** How long after its start a run may still come to a branch. */
const RUN = 15 * MINUTE;

/** Long enough for schedules of quarters and months. */
const SPAN = 366 * DAY;

/**
 * Each start costs milliseconds. Two stretches of so many, half a year apart, have summer and winter time and see whatever repeats weekly, half-hourly starts
 * too.
 */
const MOST_STARTS = 400;

const SHOWN = 3;

/** Whether runs at these times ever meet the schedules, by Renovate's own judgement of each time. */
export function judgeSchedules({ crons, schedules, from }: ScheduleRequest, progress: Progress): ScheduleAnswer {
  const answers = crons.map((cron) => answerOf(cron, from));
  const open = new Map(schedules.map((schedule) => [schedule, judgeOf(schedule)]));
  const stretches = crons.filter((_cron, index) => answers[index]!.ok).flatMap((cron) => [from, from + SPAN / 2].map((begin) => ({ cron, begin })));
  for (const { cron, begin } of stretches) {
    let count = 0;
    for (const start of timesOf(cron, begin, begin + SPAN / 2)) {
      if (open.size === 0) break;
      progress(`schedules of the config at ${new Date(start).toISOString()}`);
      for (const [schedule, isMet] of open) if (isMet(start)) open.delete(schedule);
      if (++count < MOST_STARTS) continue;
      // what does not repeat weekly stays undecided
      for (const schedule of open.keys()) if (!isWeekly(schedule)) open.delete(schedule);
      break;
    }
  }
  return { crons: answers, met: schedules.map((schedule) => !open.has(schedule)) };
}

function first<T>(items: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  for (const item of items) {
    if (found.push(item) === count) break;
  }
  return found;
}

function answerOf(cron: RunTime, from: number): CronAnswer {
  try {
    const next = first(timesOf(cron, from, from + SPAN), SHOWN);
    return next.length === 0 ? { ok: false, reason: 'it never comes' } : { ok: true, next };
  } catch (error) {
    return { ok: false, reason: firstSentence((error as Error).message) };
  }
}

function firstSentence(text: string): string {
  return text.replace(/^\w+: /, '').split('. ')[0]!;
}

/** One in each slot at most. */
function* timesOf({ expression, timezone }: RunTime, from: number, end: number): Generator<number> {
  const cron = new Cron(expression, { timezone: timezone ?? 'UTC', mode: '5-part' });
  let next = cron.nextRun(new Date(from));
  while (next !== null && next.getTime() < end) {
    yield next.getTime();
    next = cron.nextRun(new Date(slotOf(next.getTime()) + SLOT - 1));
  }
}

function slotOf(time: number): number {
  return time - (time % SLOT);
}

/** Whether a run that starts then meets the schedule; false for what was asked before. */
function judgeOf(schedule: Schedule): (start: number) => boolean {
  const seen = new Set<string>();
  const weekly = isWeekly(schedule);
  return (start) =>
    [start, start + RUN].some((time) => {
      const key = weekly ? weekTime(time, schedule) : String(slotOf(time));
      if (seen.has(key)) return false;
      seen.add(key);
      return isScheduledAt(schedule, time);
    });
}

/** Hours and days of the week only, which answer every week alike. */
function isWeekly({ entries }: Schedule): boolean {
  return entries.every((entry) => /^\S+ \S+ \* \* \S+$/.test(entry) || WEEKLY.test(entry));
}

const WEEKLY = /^(?:(?:after|and|at|before|between|day|every|on|weekday|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)s?[,\s]*)+$/i;

function weekTime(time: number, { timezone }: Schedule): string {
  const { weekday, hour, minute } = DateTime.fromMillis(slotOf(time), { zone: timezone ?? 'UTC' });
  return `${weekday} ${hour} ${minute}`;
}

function isScheduledAt({ entries, timezone }: Schedule, time: number): boolean {
  const clock = Settings.now;
  Settings.now = () => time;
  try {
    // without a timezone Renovate takes that of its machine, which is UTC in its images
    return isScheduledNow({ schedule: entries, timezone: timezone ?? 'UTC' }, 'schedule') as boolean;
  } finally {
    Settings.now = clock;
  }
}
