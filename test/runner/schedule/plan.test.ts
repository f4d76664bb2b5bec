import type { PipelineSchedule } from '../../../runner/gitlab/schema.ts';
import { keyOf, MARKER, type DesiredSchedule } from '../../../runner/schedule/desired.ts';
import { changes, isSameRef, planSchedules } from '../../../runner/schedule/plan.ts';
import { ALICE, BOT, have, unmarked, want } from './schedules.ts';

/** `+`, `7`: the schedule, then what is done and why. */
function told(desired: readonly DesiredSchedule[], existing: readonly PipelineSchedule[]): string[] {
  const { schedules } = planSchedules({ desired, existing, user: BOT });
  return schedules.flatMap(({ id, actions }) => actions.map(({ kind, reason }) => `${id ?? '+'} ${kind}: ${reason}`));
}

const MARKS = 'set-variable: marks it as ours';
const TAKES = "take-ownership: it belongs to @alice, and GitLab lets only the owner change it; from then on it runs as @renovate-bot";

it.each<[string, readonly DesiredSchedule[], readonly PipelineSchedule[], readonly string[]]>([
  ['nothing wanted, nothing there', [], [], []],
  ['as it should be', [want()], [have()], ['7 unchanged: as configured']],
  ['a new one', [want()], [], ['+ create: 0 4 * * * Europe/Berlin on main', `+ ${MARKS}`]],
  ['a new one, switched off, with variables', [want({ active: false, variables: { SCOPE: 'all' } })], [], ['+ create: 0 4 * * * Europe/Berlin on main, switched off', `+ ${MARKS}`, '+ set-variable: SCOPE = "all"']],
  ['another cron', [want({ cron: '0 5 * * *' })], [have()], ['7 edit: cron "0 4 * * *" → "0 5 * * *"']],
  ['the same cron in other spaces', [want()], [have({ cron: ' 0  4 * * * ' })], ['7 unchanged: as configured']],
  ['another branch and timezone', [want({ ref: 'refs/heads/next', timezone: 'UTC' })], [have()], ['7 edit: timezone "Europe/Berlin" → "UTC"; ref "refs/heads/main" → "refs/heads/next"']],
  ['the branch by its short name', [want()], [have({ ref: 'main' })], ['7 unchanged: as configured']],
  ["a timezone by its name in GitLab's form", [want()], [have({ timezone: 'Berlin' })], ['7 unchanged: as configured']],
  ['switched off by hand', [want()], [have({ active: false })], ['7 edit: off → on']],
  ['to be switched off', [want({ active: false })], [have()], ['7 edit: on → off']],
  ['renamed by hand: the marker knows it', [want()], [have({ description: 'My nightly', variables: { [MARKER]: keyOf('Nightly') } })], ['7 edit: description "My nightly" → "Nightly"']],
  ['renamed in the configuration: another schedule', [want({ description: 'Daily' })], [have()], ['+ create: 0 4 * * * Europe/Berlin on main', `+ ${MARKS}`, '7 delete: the configuration has it no more']],
  ['not in the configuration any more', [], [have()], ['7 delete: the configuration has it no more']],
  ["somebody else's, not wanted any more: no takeover for that", [], [have({ owner: ALICE })], ['7 delete: the configuration has it no more']],
  ["somebody else's, as it should be: it stays with her", [want()], [have({ owner: ALICE })], ['7 unchanged: as configured; it runs as @alice']],
  ["somebody else's, to be changed", [want({ cron: '0 5 * * *' })], [have({ owner: ALICE })], [`7 ${TAKES}`, '7 edit: cron "0 4 * * *" → "0 5 * * *"']],
  ["somebody else's, with a variable to be set", [want({ variables: { A: '1' } })], [have({ owner: ALICE })], [`7 ${TAKES}`, '7 set-variable: A = "1"']],
  ['of nobody, because the user is gone', [want({ cron: '0 5 * * *' })], [have({ owner: null })], [`7 ${TAKES.replace('@alice', 'nobody')}`, '7 edit: cron "0 4 * * *" → "0 5 * * *"']],
  ['variables: one new, one other, one too many', [want({ variables: { A: '1', B: '2' } })], [have({ variables: { B: '3', C: '4' } })], ['7 set-variable: A = "1"', '7 set-variable: B "3" → "2"', '7 delete-variable: C is not in the configuration']],
  ['a secret somebody put there is not said', [want({ variables: { API_TOKEN: 'x' } })], [have({ variables: { API_TOKEN: 'hidden' } })], ['7 set-variable: API_TOKEN … → …']],
  ['nor what looks like one', [want({ variables: { A: 'x' } })], [have({ variables: { A: 'glpat-0123456789abcdefghij' } })], ['7 set-variable: A … → "x"']],
  ['twice: the bot keeps its own', [want()], [have({ id: 3, owner: ALICE }), have({ id: 8 })], ['8 unchanged: as configured', '3 delete: it is there twice: #8 stays']],
  ['twice: the older stays', [want()], [have({ id: 8 }), have({ id: 3 })], ['3 unchanged: as configured', '8 delete: it is there twice: #3 stays']],
  ['interrupted before the marker', [want()], [unmarked()], [`7 ${MARKS}`]],
  ['interrupted, then given variables by hand that are wanted', [want({ variables: { A: '1', B: '2' } })], [unmarked({ variables: { A: '1' } })], [`7 ${MARKS}`, '7 set-variable: B = "2"']],
])('%s', (_name, desired, existing, expected) => {
  expect(told(desired, existing)).toEqual(expected);
});

it.each<[string, PipelineSchedule]>([
  ['of somebody else', unmarked({ owner: ALICE })],
  ['at another time', unmarked({ cron: '0 5 * * *' })],
  ['of another branch', unmarked({ ref: 'refs/heads/next' })],
  ['with a variable that nobody wants', unmarked({ variables: { X: '1' } })],
])('a schedule of the same name %s is foreign: reported, and ours is made besides it', (_name, schedule) => {
  const plan = planSchedules({ desired: [want()], existing: [schedule], user: BOT });
  expect(plan.foreign).toEqual([{ id: 7, description: 'Nightly', owner: schedule.owner?.username, cron: schedule.cron, key: keyOf('Nightly') }]);
  expect(plan.schedules).toMatchObject([{ id: null }]);
});

it.each<[string, readonly PipelineSchedule[], { foreign: number; hidden: number[] }]>([
  ['hidden variables, same name: whose it is nobody knows', [unmarked({ owner: ALICE, variablesShown: false })], { foreign: 0, hidden: [7] }],
  ['hidden variables, other name', [unmarked({ description: 'Deploy', owner: ALICE, variablesShown: false })], { foreign: 0, hidden: [] }],
  ['hidden variables, but ours is known', [unmarked({ owner: ALICE, variablesShown: false }), have({ id: 9 })], { foreign: 0, hidden: [] }],
  ['foreign and other name', [unmarked({ description: 'Deploy', owner: ALICE })], { foreign: 0, hidden: [] }],
])('%s', (_name, existing, expected) => {
  const { foreign, hidden } = planSchedules({ desired: [want()], existing, user: BOT });
  expect({ foreign: foreign.length, hidden: hidden.map(({ id }) => id) }).toEqual(expected);
});

it('deletions come last, and what is unchanged is no change', () => {
  const plan = planSchedules({ desired: [want(), want({ description: 'Hourly' })], existing: [have({ id: 1, description: 'Old' }), have()], user: BOT });
  expect(plan.schedules.map(({ description }) => description)).toEqual(['Nightly', 'Hourly', 'Old']);
  expect(changes(plan).map(({ kind }) => kind)).toEqual(['create', 'set-variable', 'delete']);
});

it.each<[string, string, boolean]>([
  ['main', 'refs/heads/main', true],
  ['v1', 'refs/tags/v1', true],
  ['refs/heads/v1', 'refs/tags/v1', false],
  ['refs/heads/main', 'refs/heads/main', true],
  ['main', 'refs/heads/next', false],
  ['heads/main', 'refs/heads/heads/main', true],
])('%s and %s are one: %s', (a, b, expected) => {
  expect(isSameRef(a, b)).toBe(expected);
});
