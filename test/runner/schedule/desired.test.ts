import type { ScheduleConfig } from '../../../runner/config/schema.ts';
import { desiredSchedules, keyOf, MARKER } from '../../../runner/schedule/desired.ts';
import { FailureError } from '../../../src/base/failure.ts';

function config(fields: Partial<ScheduleConfig> = {}): ScheduleConfig {
  return { description: 'Nightly', cron: '0  4 * * *', timezone: 'Europe/Berlin', ref: null, active: true, variables: {}, ...fields };
}

it('the default branch, and a cron with single spaces', () => {
  expect(desiredSchedules([config(), config({ description: 'Of a tag', ref: 'v1' })], 'trunk')).toMatchObject([
    { key: keyOf('Nightly'), cron: '0 4 * * *', ref: 'refs/heads/trunk' },
    { key: keyOf('Of a tag'), ref: 'v1' },
  ]);
});

it.each<[string, string]>([
  ['Renovate, every night', 'renovate-every-night-'],
  ['$CI_TOKEN ${x}', 'ci-token-x-'],
  ['夜間', ''],
])('the key of %j is a word that no pipeline expands', (description, start) => {
  expect(keyOf(description)).toMatch(new RegExp(`^${start}[0-9a-f]{8}$`));
});

it('descriptions that look alike have keys of their own', () => {
  expect(new Set(['a b', 'a  b', 'A b', 'a-b'].map(keyOf)).size).toBe(4);
});

it.each<[string, readonly ScheduleConfig[], string, string]>([
  ['two of one description', [config(), config({ cron: '0 5 * * *' })], 'is there twice', 'identifies'],
  ['no timezone', [config({ timezone: 'Europe/Berlim' })], 'there is no timezone Europe/Berlim', 'Did you mean Europe/Berlin?'],
  ['nothing like a timezone', [config({ timezone: 'Mars' })], 'there is no timezone Mars', 'IANA'],
  ['the marker', [config({ variables: { [MARKER]: 'x' } })], 'is taken', 'sets it itself'],
  ['a token', [config({ variables: { A: 'x', B: 'glpat-0123456789abcdefghij' } })], 'the variable B holds a token', 'masked'],
])('%s: a fault of the configuration', (_name, schedules, message, remedy) => {
  const failure = failureOf(() => desiredSchedules(schedules, 'main'));
  expect(failure).toMatchObject({ code: 'runner-config', message: expect.stringContaining(message) as string, remedy: expect.stringContaining(remedy) as string });
  expect(JSON.stringify(failure)).not.toContain('glpat-');
});

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as FailureError).failure;
  }
}
