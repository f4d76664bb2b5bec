import type { Renovate, RunTime, Schedule } from '../../../src/renovate/types.ts';
import { openBuilt } from './harness.ts';

let renovate: Renovate;

beforeAll(() => {
  renovate = openBuilt();
});
afterAll(() => renovate.close());

const from = Date.UTC(2026, 0, 1);
const cron = (expression: string, timezone: string | null = null): RunTime => ({ expression, timezone });
const schedule = (entry: string, timezone: string | null = null): Schedule => ({ entries: [entry], timezone });

it.each<[string, RunTime[], Schedule, boolean]>([
  ['in the night', [cron('0 4 * * *')], schedule('before 5am'), true],
  ['at noon', [cron('0 12 * * *')], schedule('before 5am'), false],
  ['one of two', [cron('0 12 * * *'), cron('0 4 * * *')], schedule('before 5am'), true],
  ['as the schedule ends', [cron('0 6 * * 1')], schedule('before 6am on monday'), false],
  ['a run that lasts until it begins', [cron('50 21 * * *')], schedule('after 10pm'), true],
  ['a run that does not', [cron('40 21 * * *')], schedule('after 10pm'), false],
  ['another day', [cron('0 4 * * 2-5')], schedule('before 6am on monday'), false],
  ['the first of a month', [cron('0 4 * * *')], schedule('monthly'), true],
  ['a month that the starts leave out', [cron('0 4 * 2 *')], schedule('* * 1 3 *'), false],
  ['frequent starts', [cron('*/5 * * * *')], schedule('before 5am'), true],
  ['frequent starts in office hours', [cron('*/5 9-17 * * *')], schedule('before 5am'), false],
  ['frequent starts, of which nobody knows', [cron('*/5 * * * *')], schedule('* * 1 8 *'), true],
  ['the time of the schedule', [cron('0 5 * * *')], schedule('before 6am', 'America/New_York'), true],
  ['the same in UTC', [cron('0 6 * * *')], schedule('before 6am'), false],
  ['the time of the start', [cron('0 4 * * *', 'Asia/Tokyo')], schedule('before 6am'), false],
  ['only in winter', [cron('30 3 * * *')], schedule('before 5am', 'Europe/Berlin'), true],
  ['cron as schedule', [cron('0 4 * * *')], schedule('* 0-4 * * *'), true],
  ['what Renovate cannot read, and then ignores', [cron('0 12 * * *')], schedule('in the night'), true],
])('%s', async (_name, crons, wanted, met) => {
  await expect(renovate.schedules({ crons, schedules: [wanted], from })).resolves.toMatchObject({ met: [met] });
});

it('the first starts of each cron, or why there are none', async () => {
  const { crons } = await renovate.schedules({ crons: [cron('0 4 1 * *'), cron('61 4 * * *'), cron('0 4 30 2 *'), cron('0 4 * * *', 'Europe/Nowhere')], schedules: [], from });
  expect(crons).toEqual([
    { ok: true, next: [Date.UTC(2026, 0, 1, 4), Date.UTC(2026, 1, 1, 4), Date.UTC(2026, 2, 1, 4)] },
    { ok: false, reason: 'Invalid value for minute: 61' },
    { ok: false, reason: 'it never comes' },
    { ok: false, reason: expect.stringContaining('Europe/Nowhere') },
  ]);
});
