import { releaseAgeInvalid } from '../../../../src/lint/rules/release-age-invalid.ts';
import { findingsOf, testRule } from '../harness.ts';

function waiting(minimumReleaseAge: string | null): Record<string, string> {
  return { 'renovate.json': JSON.stringify({ minimumReleaseAge }) };
}

const unreadable = 'is no duration that Renovate can read: it waits for nothing, without a word';
const noUnit = 'has a number without a unit, which Renovate takes for milliseconds';

testRule(releaseAgeInvalid, {
  accept: [
    { name: 'days', documents: waiting('3 days') },
    { name: 'weeks and days', documents: waiting('2 weeks 3 days') },
    { name: 'a month', documents: waiting('1 month') },
    { name: 'short units', documents: waiting('1w 2d 3h') },
    { name: 'nothing', documents: waiting(null) },
    { name: 'a bare zero', documents: waiting('0') },
    { name: 'the placeholder of a preset', documents: waiting('{{arg0}} days') },
    { name: 'when its status check is set, and how that is called', documents: { 'renovate.json': '{ "statusCheckWhen": { "minimumReleaseAge": "never" }, "statusCheckNames": { "minimumReleaseAge": "age" } }' } },
    { name: 'another type, which Renovate\'s validation reports', documents: { 'renovate.json': '{ "minimumReleaseAge": 3 }' } },
  ],
  reject: [
    {
      name: 'a misspelt unit',
      documents: waiting('3 dayz'),
      findings: [`renovate.json:1:23 error minimumReleaseAge "3 dayz" ${unreadable}`],
      remedies: ['Write numbers with units'],
    },
    {
      name: 'a bare number',
      documents: waiting('3'),
      findings: [`renovate.json:1:23 error minimumReleaseAge "3" ${noUnit}`],
      remedies: ['Write the unit: "3 days", say.'],
    },
    {
      name: 'a bare number after a duration',
      documents: waiting('2 weeks 3'),
      findings: [`renovate.json:1:23 error minimumReleaseAge "2 weeks 3" ${noUnit}`],
      remedies: ['after each number'],
    },
    {
      name: 'words, and nothing at all',
      documents: { 'renovate.json': '{ "minimumReleaseAge": "three days",\n  "packageRules": [{ "minimumReleaseAge": "" }] }' },
      findings: [`renovate.json:1:25 error minimumReleaseAge "three days" ${unreadable}`, `renovate.json:2:44 error minimumReleaseAge "" ${unreadable}`],
      remedies: ['Write numbers with units', 'Write numbers with units'],
    },
    {
      name: 'one in a preset',
      documents: { 'renovate.json': '{}', 'shared.json': '{ "major": { "minimumReleaseAge": "1 fortnight" } }' },
      findings: [`shared.json:1:36 error minimumReleaseAge "1 fortnight" ${unreadable}`],
      remedies: ['null switches it off'],
    },
  ],
});

const SPELLINGS = ['3 days', '3days', '3 d', '3 D', '3 DAYS', '2 WEEKS 3 DAYS', '2 Weeks 3 Days', '1 month', '2 months', '2M', '2m', '1.5 days', '1.5 months', '.5 days', '3', '0', '0 days', '', ' ', '-1 day', '1 year', '1 y 2 w', '3 dayz', 'P3D', '3 days, 2 hours', '3 days and 2 hours', '1  day', '1 quarter', '10 msecs', '1e3 days'];

it('reads durations as Renovate does', async () => {
  const { init } = (await import('renovate/dist/logger/index.js' as string)) as { init(): Promise<void> };
  await init();
  const { toMs } = (await import('renovate/dist/util/pretty-time.js' as string)) as { toMs(time: string): number | null };

  const unread = SPELLINGS.filter((age) => findingsOf(releaseAgeInvalid, { name: age, documents: waiting(age) }).some(({ data }) => data['fault'] === 'unreadable'));

  expect(unread).toEqual(SPELLINGS.filter((age) => toMs(age) === null));
});
