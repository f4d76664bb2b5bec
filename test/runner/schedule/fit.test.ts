import type { Project } from '../../../runner/gitlab/schema.ts';
import { unmetSchedules, type UnmetSchedule } from '../../../runner/schedule/fit.ts';
import type { Account } from '../../../runner/setup.ts';
import { openScheduleFit } from '../../../src/index.ts';
import { openBuilt } from '../../src/cli/renovate.ts';
import { fakeGitLab, refusing } from '../fake-gitlab.ts';
import type { ScheduleConfig } from '../../../runner/config/schema.ts';

const reader = openScheduleFit(openBuilt);
afterAll(() => reader.close());

/** A Monday. */
const FROM = Date.UTC(2026, 0, 5);

function start(fields: Partial<ScheduleConfig> = {}): ScheduleConfig {
  return { description: 'Nightly', cron: '0 4 * * *', timezone: 'UTC', ref: null, active: true, variables: {}, ...fields };
}

async function judge(files: Readonly<Record<string, string>>, schedules: readonly ScheduleConfig[]): Promise<{ unmet: UnmetSchedule[]; notes: string[] }> {
  const notes: string[] = [];
  const gitlab = fakeGitLab({
    tree: async () => Object.keys(files).map((path) => ({ path, type: 'blob' })),
    file: async (_project, path) => files[path] ?? null,
  });
  const unmet = await unmetSchedules({ members: [{ project: { id: 1, path: 'team/shop' } as Project, account: { gitlab } as Account }], schedules, reader, from: FROM, note: (text) => void notes.push(text) });
  return { unmet, notes };
}

const NIGHT = JSON.stringify({ schedule: ['* 0-5 * * *'] });
const NOON = JSON.stringify({ schedule: ['* 12 * * *'] });

it.each<[string, Readonly<Record<string, string>>, readonly ScheduleConfig[], readonly string[]]>([
  ['met', { 'renovate.json': NIGHT }, [start()], []],
  ['never met', { 'renovate.json': NOON }, [start()], ['schedule']],
  ['met by the second', { 'renovate.json': NOON }, [start(), start({ cron: '5 12 * * 1' })], []],
  ['met only by one that is switched off', { 'renovate.json': NOON }, [start(), start({ cron: '5 12 * * 1', active: false })], ['schedule']],
  ['all switched off: nothing can be said', { 'renovate.json': NOON }, [start({ active: false })], []],
  ['in the timezone of the start', { 'renovate.json': NOON }, [start({ cron: '0 13 * * *', timezone: 'Europe/Berlin' })], []],
  ["in a timezone by GitLab's own name", { 'renovate.json': NOON }, [start({ cron: '0 13 * * *', timezone: 'Berlin' })], []],
  ['in the timezone of the config', { 'renovate.json': JSON.stringify({ timezone: 'Asia/Tokyo', schedule: ['* 12 * * *'] }) }, [start({ cron: '0 3 * * *' })], []],
  ['automerge, in a rule', { 'renovate.json': JSON.stringify({ packageRules: [{ matchUpdateTypes: ['patch'], automergeSchedule: ['on saturday'] }] }) }, [start({ cron: '0 4 * * 1-5' })], ['automergeSchedule']],
  ['JSON5', { 'renovate.json5': "{ schedule: ['* 12 * * *'], }" }, [start()], ['schedule']],
  ['the first by Renovate\'s order', { '.renovaterc': NIGHT, 'renovate.json': NOON }, [start()], ['schedule']],
  ['a preset of Renovate', { 'renovate.json': JSON.stringify({ extends: ['schedule:weekends'] }) }, [start({ cron: '0 4 * * 1' })], ['schedule']],
  ['a preset that nobody can read here', { 'renovate.json': JSON.stringify({ extends: ['local>team/presets'] }) }, [start()], []],
  ['no config at the root', { 'package.json': '{ "renovate": {} }', 'README.md': '' }, [start()], []],
])('%s', async (_name, files, schedules, expected) => {
  const { unmet, notes } = await judge(files, schedules);
  expect({ options: unmet.map(({ option }) => option), notes }).toEqual({ options: expected, notes: [] });
});

it('says where, when Renovate starts, and what follows', async () => {
  const { unmet } = await judge({ 'renovate.json': `{\n  "timezone": "Europe/Berlin",\n  "schedule": ["* 12 * * *"]\n}` }, [start({ cron: '0 4 * * 1,3' })]);
  expect(unmet).toEqual([
    {
      project: 'team/shop',
      file: 'renovate.json',
      line: 3,
      option: 'schedule',
      schedule: ['* 12 * * *'],
      timezone: 'Europe/Berlin',
      message: 'schedule ["* 12 * * *"] is never met: the pipelines start Mon 05:00, Wed 05:00, Mon 05:00, … in Europe/Berlin, so its updates are never proposed',
      remedy: 'Add a time within it to `schedules`, or widen it in the project.',
    },
  ]);
});

it('a config that is broken is a note', async () => {
  expect(await judge({ 'renovate.json': '{ "schedule": [' }, [start()])).toEqual({ unmet: [], notes: [expect.stringContaining('team/shop: whether its schedules are met is not known: renovate.json is not valid JSON')] });
});

it('so is a project that GitLab does not show', async () => {
  const notes: string[] = [];
  const account = { gitlab: fakeGitLab({ tree: refusing('gitlab-forbidden') }) } as Account;
  await unmetSchedules({ members: [{ project: { id: 1, path: 'team/shop' } as Project, account }], schedules: [start()], reader, from: FROM, note: (text) => void notes.push(text) });
  expect(notes).toEqual(['team/shop: whether its schedules are met is not known: gitlab-forbidden']);
});
