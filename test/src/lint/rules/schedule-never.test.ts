import { scheduleNever } from '../../../../src/lint/rules/schedule-never.ts';
import type { JudgedSchedule, Timetable } from '../../../../src/lint/rule.ts';
import { testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n "schedule": ["before 5am"],\n "automergeSchedule": ["before 5am"]\n}' };
const NOON = Date.UTC(2026, 0, 5, 11);
const DAY = 24 * 60 * 60 * 1000;

function schedule(overrides: Partial<JudgedSchedule> = {}): JudgedSchedule {
  return { option: 'schedule', entries: ['before 5am'], timezone: null, source: 'renovate.json', path: ['schedule'], met: false, ...overrides };
}

function timetable(schedules: readonly JudgedSchedule[], rest: Partial<Timetable> = {}): Timetable {
  return { crons: [{ expression: '0 11 * * *', timezone: null, origin: '--cron' }], next: [NOON, NOON + DAY], schedules, ...rest };
}

testRule(scheduleNever, {
  accept: [
    { name: 'nobody says when Renovate is started', documents },
    { name: 'a schedule that is met', documents, timetable: timetable([schedule({ met: true })]) },
    { name: 'no schedule', documents, timetable: timetable([]) },
  ],
  reject: [
    {
      name: 'starts outside the schedule',
      documents,
      timetable: timetable([schedule()]),
      findings: ['renovate.json:2:14 error schedule ["before 5am"] is never met: Renovate is started Mon 2026-01-05 11:00, Tue 2026-01-06 11:00, … in UTC (0 11 * * * of --cron), so these updates are never proposed'],
      remedies: ['such as ["* 11 * * *"]. Without a "timezone" schedules are in UTC.'],
    },
    {
      name: 'the same in the time of the schedule',
      documents,
      timetable: timetable([schedule({ timezone: 'Europe/Berlin' })], { crons: [{ expression: '0 12 * * *', timezone: 'Europe/Berlin', origin: 'runner.json5' }] }),
      findings: ['renovate.json:2:14 error schedule ["before 5am"] is never met: Renovate is started Mon 2026-01-05 12:00, Tue 2026-01-06 12:00, … in Europe/Berlin (0 12 * * * Europe/Berlin of runner.json5), so these updates are never proposed'],
      remedies: ['such as ["* 12 * * *"].'],
    },
    {
      name: 'a schedule for automerge',
      documents,
      timetable: timetable([schedule({ option: 'automergeSchedule', path: ['automergeSchedule'] }), schedule({ met: true })]),
      findings: ['renovate.json:3:23 error automergeSchedule ["before 5am"] is never met: Renovate is started Mon 2026-01-05 11:00, Tue 2026-01-06 11:00, … in UTC (0 11 * * * of --cron), so nothing is ever merged by itself'],
      remedies: ['Start Renovate within the schedule'],
    },
    {
      name: 'mildly where a preset is missing',
      documents,
      missing: [{ reference: 'local>a/b', message: 'x' }],
      timetable: timetable([schedule()]),
      findings: ['renovate.json:2:14 info schedule ["before 5am"] is never met: Renovate is started Mon 2026-01-05 11:00, Tue 2026-01-06 11:00, … in UTC (0 11 * * * of --cron), so these updates are never proposed'],
      remedies: ['Start Renovate within the schedule'],
    },
  ],
});
