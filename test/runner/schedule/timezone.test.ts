import { ianaZone, isSameZone } from '../../../runner/schedule/timezone.ts';

it.each<[string, string, boolean]>([
  ['UTC', 'Etc/UTC', true],
  ['UTC', 'UTC', true],
  ['Europe/Berlin', 'Berlin', true],
  ['Europe/Berlin', 'europe/berlin', true],
  ['Europe/Berlin', 'Europe/Paris', false],
  ['Europe/Kyiv', 'Europe/Kiev', true],
  ['Europe/Kyiv', 'Kyiv', true],
  ['America/New_York', 'Eastern Time (US & Canada)', true],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires', true],
  ['America/Los_Angeles', 'US/Pacific', true],
  ['Asia/Kolkata', 'Mumbai', true],
  ['Asia/Kolkata', 'Asia/Calcutta', true],
  ['Europe/Zurich', 'Bern', true],
  ['Europe/London', 'UTC', false],
  ['Mars/Base', 'Mars/Base', true],
  ['Mars/Base', 'UTC', false],
])('%s and %s are one: %s', (a, b, expected) => {
  expect(isSameZone(a, b)).toBe(expected);
  expect(isSameZone(b, a)).toBe(expected);
});

it.each<[string, string | null]>([
  ['Berlin', 'Europe/Berlin'],
  ['Hawaii', 'Pacific/Honolulu'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['Mars', null],
  ['', null],
])('%j is %j', (name, expected) => {
  expect(ianaZone(name)).toBe(expected);
});
