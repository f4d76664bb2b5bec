import type { GitLab } from '../../../runner/gitlab/port.ts';
import type { PipelineSchedule } from '../../../runner/gitlab/schema.ts';
import { applyPlan, variablesRefusal } from '../../../runner/schedule/apply.ts';
import { MARKER, type DesiredSchedule } from '../../../runner/schedule/desired.ts';
import { changes, planSchedules, type Action } from '../../../runner/schedule/plan.ts';
import { fakeGitLab, refusing } from '../fake-gitlab.ts';
import { ALICE, BOT, have, unmarked, want } from './schedules.ts';

/** The schedules of a project, in memory. After `writes` requests nobody is there any more. */
function project(existing: readonly PipelineSchedule[]): { readonly state: Map<number, PipelineSchedule>; open(writes: number): GitLab } {
  const state = new Map(existing.map((schedule) => [schedule.id, schedule]));
  let last = 100;
  function open(writes: number): GitLab {
    let left = writes;
    async function write(id: number, change: (schedule: PipelineSchedule) => PipelineSchedule): Promise<void> {
      if (left === 0) throw new Error('killed');
      left -= 1;
      state.set(id, change(state.get(id)!));
    }
    return fakeGitLab({
      createSchedule: async (_project, input) => {
        const id = (last += 1);
        await write(id, () => unmarked({ id, ...input }));
        return state.get(id)!;
      },
      editSchedule: (_project, id, input) => write(id, (schedule) => ({ ...schedule, ...input })),
      takeOwnership: (_project, id) => write(id, (schedule) => ({ ...schedule, owner: BOT })),
      setScheduleVariable: (_project, id, name, value) => write(id, (schedule) => ({ ...schedule, variables: { ...schedule.variables, [name]: value } })),
      deleteScheduleVariable: (_project, id, name) => write(id, ({ variables: { [name]: _gone, ...variables }, ...schedule }) => ({ ...schedule, variables })),
      deleteSchedule: async (_project, id) => {
        await write(id, (schedule) => schedule);
        state.delete(id);
      },
    });
  }
  return { state, open };
}

const DESIRED: readonly DesiredSchedule[] = [want({ cron: '0 5 * * *', variables: { A: '1', B: '2' } }), want({ description: 'Hourly', cron: '30 * * * *', variables: { SCOPE: 'all' } })];
const EXISTING: readonly PipelineSchedule[] = [have({ owner: ALICE, variables: { B: '3', C: '4' } }), have({ id: 5, description: 'Old' }), unmarked({ id: 6, description: 'Deploy', owner: ALICE })];

async function run(gitlab: GitLab, state: ReadonlyMap<number, PipelineSchedule>): Promise<Action[]> {
  const done: Action[] = [];
  await applyPlan(gitlab, 1, planSchedules({ desired: DESIRED, existing: [...state.values()], user: BOT }), (action) => void done.push(action));
  return done;
}

function withoutIds(state: ReadonlyMap<number, PipelineSchedule>): unknown[] {
  return [...state.values()].map(({ id: _id, ...schedule }) => schedule).sort((a, b) => (a.description < b.description ? -1 : 1));
}

it('makes them so; a second time there is nothing to do', async () => {
  const { state, open } = project(EXISTING);
  expect((await run(open(Infinity), state)).map(({ kind }) => kind)).toEqual(['take-ownership', 'edit', 'set-variable', 'set-variable', 'delete-variable', 'create', 'set-variable', 'set-variable', 'delete']);
  expect(withoutIds(state)).toMatchObject([
    { description: 'Deploy', owner: ALICE },
    { description: 'Hourly', cron: '30 * * * *', owner: BOT, variables: { SCOPE: 'all', [MARKER]: expect.stringContaining('hourly') as string } },
    { description: 'Nightly', cron: '0 5 * * *', owner: BOT, variables: { A: '1', B: '2', [MARKER]: expect.stringContaining('nightly') as string } },
  ]);
  expect(await run(open(0), state)).toEqual([]);
});

it.each(Array.from({ length: 9 }, (_, writes) => writes))('killed after %i requests, the next run completes it', async (writes) => {
  const whole = project(EXISTING);
  await run(whole.open(Infinity), whole.state);
  const broken = project(EXISTING);
  await expect(run(broken.open(writes), broken.state)).rejects.toThrow('killed');
  await run(broken.open(Infinity), broken.state);
  expect(withoutIds(broken.state)).toEqual(withoutIds(whole.state));
  expect(changes(planSchedules({ desired: DESIRED, existing: [...broken.state.values()], user: BOT }))).toEqual([]);
});

it('a refused variable names the setting', async () => {
  const gitlab = fakeGitLab({ createSchedule: async () => unmarked(), setScheduleVariable: refusing('gitlab-forbidden') });
  await expect(run(gitlab, new Map())).rejects.toMatchObject({ failure: { code: 'gitlab-forbidden', remedy: expect.stringContaining('Minimum role to use pipeline variables') as string } });
});

const SETS: Action = { kind: 'set-variable', name: 'A', value: '1', exists: false, reason: '' };
const DELETES: Action = { kind: 'delete', reason: '' };

it.each<[string | null, number | null, boolean, Action, string | null]>([
  [null, 30, false, SETS, null],
  ['developer', 30, false, SETS, null],
  ['maintainer', 30, false, SETS, 'lets no role below maintainer'],
  ['maintainer', null, false, SETS, null],
  ['owner', 40, false, SETS, 'lets no role below owner'],
  ['owner', 0, true, SETS, null],
  ['no_one_allowed', 50, false, SETS, 'lets nobody'],
  ['no_one_allowed', 50, true, SETS, 'lets nobody'],
  ['no_one_allowed', 50, false, DELETES, null],
])('variables from %s on, role %s, administrator %s', (pipelineVariablesRole, accessLevel, admin, action, expected) => {
  const refusal = variablesRefusal({ path: 'platform/runner', pipelineVariablesRole, accessLevel }, admin, [action]);
  expect(refusal?.message ?? null).toEqual(expected === null ? null : expect.stringContaining(expected));
});
