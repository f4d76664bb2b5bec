import { due, startsOf, type Starts } from '../../../runner/serve/cron.ts';
import { failureOf } from './support/failures.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function at(time: string): number {
  return Date.parse(`2026-${time}Z`);
}

function starts(crons: string | readonly string[], timezone = 'UTC'): Starts {
  return startsOf([crons].flat(), timezone, at('01-01T00:00'));
}

/** `03-02T04:00` */
function clock(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().slice(5, 16);
}

describe('when the next start comes', () => {
  it.each<[string, string | readonly string[], string, string, readonly string[]]>([
    ['every hour', '0 * * * *', 'UTC', '03-02T04:00', ['03-02T05:00', '03-02T06:00']],
    ['the earliest of several', ['0 8 * * *', '30 4 * * *'], 'UTC', '03-02T04:00', ['03-02T04:30', '03-02T08:00', '03-03T04:30']],
    ['days of the week', '0 4 * * 1-5', 'UTC', '03-06T04:00', ['03-09T04:00']],
    ['in a zone', '0 4 * * *', 'Europe/Berlin', '03-02T00:00', ['03-02T03:00', '03-03T03:00']],
    ['of no whole hours', '0 4 * * *', 'Asia/Kolkata', '03-02T00:00', ['03-02T22:30']],
    ['a month away', '0 4 1 * *', 'UTC', '03-02T00:00', ['04-01T04:00']],
  ])('%s', (_name, crons, zone, after, expected) => {
    const { next } = starts(crons, zone);
    expect(expected.reduce<readonly (string | null)[]>((found) => [...found, clock(next(found.length === 0 ? at(after) : at(found.at(-1)!)))], [])).toEqual(expected);
  });

  it('never, without any', () => {
    expect(starts([]).next(at('03-02T04:00'))).toBeNull();
  });
});

interface Step {
  readonly now: string;
  readonly reason: 'start' | 'cron' | null;
}

describe('what is due, look after look', () => {
  it.each<[string, string, string | null, readonly Step[]]>([
    ['a new database', '0 4 * * *', null, [{ now: '03-02T10:00', reason: 'start' }, { now: '03-02T10:01', reason: null }]],
    ['a start comes', '0 4 * * *', '03-01T04:00', [{ now: '03-02T03:59', reason: null }, { now: '03-02T04:00', reason: 'cron' }, { now: '03-02T04:01', reason: null }]],
    ['looked at late', '0 4 * * *', '03-01T04:00', [{ now: '03-02T04:17', reason: 'cron' }, { now: '03-02T04:18', reason: null }, { now: '03-03T03:59', reason: null }, { now: '03-03T04:00', reason: 'cron' }]],
    ['down for a week: once', '0 * * * *', '03-02T04:00', [{ now: '03-09T04:30', reason: 'cron' }, { now: '03-09T04:31', reason: null }, { now: '03-09T05:00', reason: 'cron' }]],
    ['the clock jumps over several starts: once', '*/10 * * * *', '03-02T04:00', [{ now: '03-02T04:05', reason: null }, { now: '03-02T05:05', reason: 'cron' }, { now: '03-02T05:06', reason: null }, { now: '03-02T05:10', reason: 'cron' }]],
    ['the clock goes back over a start: not again', '0 * * * *', '03-02T03:00', [{ now: '03-02T04:00', reason: 'cron' }, { now: '03-02T03:58', reason: null }, { now: '03-02T04:00', reason: null }, { now: '03-02T04:02', reason: null }, { now: '03-02T05:00', reason: 'cron' }]],
    ['the clock was wrong by days: no silence until then', '0 * * * *', '03-02T03:00', [{ now: '03-05T04:00', reason: 'cron' }, { now: '03-02T03:30', reason: null }, { now: '03-02T03:59', reason: null }, { now: '03-02T04:00', reason: 'cron' }]],
  ])('%s', (_name, cron, last, steps) => {
    const all = starts(cron);
    let state = last === null ? null : at(last);
    const said = steps.map(({ now }) => {
      const verdict = due(all, state, at(now));
      state = verdict.last;
      return verdict.reason;
    });
    expect(said).toEqual(steps.map(({ reason }) => reason));
  });
});

/** Looks twice a minute, as the service does, and tells in UTC when something was due. */
function watched(cron: string, from: string, until: string): string[] {
  const all = starts(cron, 'Europe/Berlin');
  const found: string[] = [];
  let last: number | null = at(from);
  for (let now = at(from); now < at(until); now += 30 * SECOND) {
    const verdict = due(all, last, now);
    last = verdict.last;
    if (verdict.reason !== null) found.push(clock(now)!.slice(6));
  }
  return found;
}

describe('the nights when the clocks change, Europe/Berlin', () => {
  it.each<[string, string, readonly string[]]>([
    ['a time that is left out comes once, behind the gap', '30 2 * * *', ['01:30']],
    ['every hour', '0 * * * *', ['23:00', '00:00', '01:00', '02:00', '03:00']],
    ['every twenty minutes', '*/20 0-3 * * *', ['23:00', '23:20', '23:40', '00:00', '00:20', '00:40', '01:00', '01:20', '01:40']],
    ['a time after it', '0 5 * * *', ['03:00']],
  ])('spring: %s', (_name, cron, expected) => {
    expect(watched(cron, '03-28T22:30', '03-29T03:30')).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['a time that comes twice starts once', '30 2 * * *', ['00:30']],
    ['at the full hour as well', '0 2 * * *', ['00:00']],
    ['every hour is every hour', '0 * * * *', ['23:00', '00:00', '01:00', '02:00', '03:00']],
    ['every thirty minutes', '*/30 * * * *', ['23:00', '23:30', '00:00', '00:30', '01:00', '01:30', '02:00', '02:30', '03:00']],
    ['a time after it', '0 4 * * *', ['03:00']],
  ])('autumn: %s', (_name, cron, expected) => {
    expect(watched(cron, '10-24T22:30', '10-25T03:30')).toEqual(expected);
  });
});

/** Days on which clocks change. */
it.each<[string, readonly string[]]>([
  ['Europe/Berlin', ['03-29', '10-25']],
  ['America/St_Johns', ['03-08', '11-01']],
  ['Australia/Lord_Howe', ['04-04', '10-03']],
  ['Africa/Casablanca', ['02-15', '03-22']],
  ['America/Santiago', ['04-05', '09-06']],
])('the next start lies ahead at any time: %s', (zone, days) => {
  const looks = days.flatMap((day) => Array.from({ length: 60 }, (_, index) => at(`${day}T00:03`) + index * 23 * MINUTE));
  const all = ['0 * * * *', '*/15 1-3 * * *', '30 2 * * *', '0 0 * * 0'].map((cron) => starts(cron, zone));
  expect(looks.filter((now) => all.some(({ next }) => (next(now) ?? 0) <= now)).map(clock)).toEqual([]);
});

it.each<[string, readonly string[], string, string, string]>([
  ['an hour that is none', ['0 25 * * *'], 'UTC', 'serve.cron: "0 25 * * *": Invalid value for hour: 25', 'Five fields'],
  ['no cron at all', ['0 4 * * *', 'a b c d e'], 'UTC', 'serve.cron: "a b c d e"', 'Five fields'],
  ['a day that never comes', ['0 0 31 2 *'], 'UTC', 'serve.cron: "0 0 31 2 *" never comes', 'not in its month'],
  ['a zone that is none', ['0 4 * * *'], 'Europe/Berln', 'there is no timezone Europe/Berln', 'Did you mean Europe/Berlin?'],
])('refuses %s', (_name, crons, zone, message, remedy) => {
  expect(failureOf(() => startsOf(crons, zone, 0))).toMatchObject({ code: 'runner-config', message: expect.stringContaining(message) as string, remedy: expect.stringContaining(remedy) as string });
});
