import { someOf, type Draft, type JudgedSchedule, type Model, type Rule, type Timetable } from '../rule.ts';

export const scheduleNever: Rule = {
  name: 'schedule-never',
  severity: 'error',
  summary: 'A schedule is met by none of the times at which Renovate is started',
  fixable: false,
  check: (model) => (model.timetable === null ? [] : model.timetable.schedules.filter(({ met }) => !met).map((schedule) => draftOf(model, model.timetable!, schedule))),
};

function draftOf({ missing }: Model, { crons, next }: Timetable, { option, entries, timezone, source, path }: JudgedSchedule): Draft {
  const zone = timezone ?? 'UTC';
  const runs = next.map((time) => inWords(time, zone));
  const origins = [...new Set(crons.map(({ expression, timezone: own, origin }) => `${expression}${own === null ? '' : ` ${own}`} of ${origin}`))];
  return {
    severity: missing.length > 0 ? 'info' : 'error',
    message: `${option} ${JSON.stringify(entries)} is never met: Renovate is started ${runs.join(', ')}, … in ${zone} (${someOf(origins)}), so ${CONSEQUENCE[option]}`,
    remedy: `Start Renovate within the schedule, or write one that a start meets, such as ["* ${hourOf(next[0]!, zone)} * * *"].${timezone === null ? ' Without a "timezone" schedules are in UTC.' : ''}`,
    target: { kind: 'config', source, path },
    data: { option, schedule: entries, timezone, next: next.map((time) => new Date(time).toISOString()) },
  };
}

const CONSEQUENCE = {
  schedule: 'these updates are never proposed',
  automergeSchedule: 'nothing is ever merged by itself',
} as const;

/** `Mon 2026-01-05 13:00`. */
function inWords(time: number, timeZone: string): string {
  const parts = partsOf(time, timeZone);
  return `${parts['weekday']} ${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}`;
}

function hourOf(time: number, timeZone: string): number {
  return Number(partsOf(time, timeZone)['hour']);
}

function partsOf(time: number, timeZone: string): Readonly<Record<string, string>> {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
}
