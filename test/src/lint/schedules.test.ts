import { writtenSchedules } from '../../../src/lint/schedules.ts';
import { SOURCE_KEY, type JsonObject } from '../../../src/renovate/types.ts';

const early = ['before 5am'];
const tagged = (rule: JsonObject): JsonObject => ({ ...rule, [SOURCE_KEY]: { source: 'renovate.json', index: 0 } });

/** Each schedule as `option path timezone`. */
function found(value: JsonObject, resolved: JsonObject = value): string[] {
  return writtenSchedules([{ source: 'renovate.json', value }], resolved).map(({ option, path, timezone }) => `${option} ${path.join('.')} ${timezone}`);
}

it.each<[string, JsonObject, JsonObject | undefined, string[]]>([
  ['the top level', { schedule: early, timezone: 'Europe/Berlin' }, undefined, ['schedule schedule Europe/Berlin']],
  ['a string', { schedule: 'before 5am' }, { schedule: early }, ['schedule schedule null']],
  ['a rule, a block in it and a block', { packageRules: [{ schedule: early, patch: { automergeSchedule: early } }], major: { schedule: early } }, undefined, ['schedule packageRules.0.schedule null', 'schedule major.schedule null', 'automergeSchedule packageRules.0.patch.automergeSchedule null']],
  ['a timezone of a rule', { timezone: 'Europe/Berlin', packageRules: [{ schedule: early, timezone: 'Asia/Tokyo' }] }, undefined, ['schedule packageRules.0.schedule Asia/Tokyo']],
  ['a timezone of a preset', { extends: [':timezone(Asia/Tokyo)'], schedule: early }, { schedule: early, timezone: 'Asia/Tokyo' }, ['schedule schedule Asia/Tokyo']],
  ['a built-in preset', { extends: ['config:recommended', 'schedule:weekly'] }, { schedule: early }, ['schedule extends.1 null']],
  ['another preset', { extends: ['local>a/b'] }, { schedule: early }, ['schedule extends null']],
  ['a preset in a rule', { packageRules: [{ extends: ['schedule:weekly'], matchPackageNames: ['a'] }] }, { packageRules: [tagged({ schedule: early, matchPackageNames: ['a'] })] }, ['schedule packageRules.0.extends.0 null']],
  ['any time', { schedule: ['at any time'], automergeSchedule: [] }, undefined, []],
  ['a rule that switches off', { packageRules: [{ enabled: false, schedule: early }] }, undefined, []],
  ['a placeholder', { schedule: ['{{arg0}}'] }, undefined, []],
  ['a preset for everything that the config overrides', { extends: ['schedule:weekly'], schedule: ['at any time'] }, undefined, []],
])('%s', (_name, value, resolved, expected) => {
  expect(found(value, resolved)).toEqual(expected);
});
