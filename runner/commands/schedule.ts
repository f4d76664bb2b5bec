import { fail, FailureError } from '../../src/base/failure.ts';
import { oneLine } from '../../src/base/text.ts';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import type { UnmetSchedule } from '../schedule/fit.ts';
import type { Setup } from '../setup.ts';
import { CONNECTION_OPTIONS, DRY_RUN_OPTION } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const schedule: Command<RunnerContext> = {
  name: 'schedule',
  question: 'Make the GitLab pipeline schedules what the configuration says.',
  details:
    'Creates, changes and deletes the pipeline schedules of `scheduleProject` until they are those of `schedules`. Its own it knows by the variable RENOVATE_ARGOCD_SCHEDULE; others it never touches. It also looks into the Renovate config of every selected project for a `schedule` or `automergeSchedule` that falls between all starts.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [
    ...CONNECTION_OPTIONS,
    { name: 'check', value: null, description: 'only say what differs, and exit with 1 when something does' },
    DRY_RUN_OPTION,
    { name: 'no-projects', value: null, description: "do not look into the projects' Renovate configs" },
  ],
  exits: [{ code: 0, meaning: 'the schedules are as configured' }, { code: 1, meaning: 'with --check: they are not, or the schedule of a project is never met' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const { io, style } = context;
    const [{ setup }, { desiredSchedules }, { changes, planSchedules }, { readSchedules, scheduleProject }, { applyPlan, variablesRefusal }, { scheduleJson, scheduleTable }] = await Promise.all([
      import('../setup.ts'),
      import('../schedule/desired.ts'),
      import('../schedule/plan.ts'),
      import('../schedule/read.ts'),
      import('../schedule/apply.ts'),
      import('../schedule/report.ts'),
    ]);
    const ready = setup(args, context);
    const path = ready.config.scheduleProject ?? io.env['CI_PROJECT_PATH'] ?? null;
    if (path === null) return fail({ code: 'runner-config', message: 'no project is named whose pipelines are scheduled', remedy: 'Write `scheduleProject` in runner.json5, or RENOVATE_ARGOCD_SCHEDULE_PROJECT; in GitLab CI it is the project of the job.' });
    // faults of the configuration are said before anything is asked
    desiredSchedules(ready.config.schedules, '');
    context.step(`asking ${ready.endpoint} for the schedules of ${path}`);
    const { gitlab, project, defaultBranch } = await scheduleProject(ready.accounts, path);
    const user = await gitlab.user();
    const plan = planSchedules({ desired: desiredSchedules(ready.config.schedules, defaultBranch), existing: await readSchedules(gitlab, project.id), user });
    const [hidden] = plan.hidden;
    if (hidden !== undefined) {
      return fail({ code: 'gitlab-forbidden', message: `the schedule ${JSON.stringify(hidden.description)} (#${hidden.id}) of ${project.path} does not show its variables to @${user.username}, so nobody can tell whether it is one of ours`, remedy: "Make the token's user a Maintainer of the project, or delete that schedule." });
    }
    const all = changes(plan);
    const applied = !args.given('check') && !args.given('dry-run');
    const refusal = variablesRefusal(project, user.admin, all);
    if (refusal !== null && applied) return fail(refusal);
    if (refusal !== null) context.note(`${refusal.message}. ${refusal.remedy}`);
    const unmet = args.given('no-projects') ? null : await unmetOf(ready, context);
    if (applied) {
      let made = 0;
      try {
        await applyPlan(gitlab, project.id, plan, ({ kind, reason }) => {
          made += 1;
          context.step(oneLine(`${kind}: ${reason}`));
        });
      } catch (error) {
        context.note(`${made} of ${all.length} changes are made; the next run goes on from there`);
        throw error;
      }
    }
    const report = { endpoint: ready.endpoint, project: project.path, user: user.username, applied, schedules: plan.schedules, foreign: plan.foreign, unmet };
    const differs = all.length > 0 || (unmet !== null && unmet.length > 0);
    return { text: args.format === 'json' ? scheduleJson(report) : scheduleTable(report, style), exit: args.given('check') && differs ? 1 : 0 };
  },
};

/** Null when no project is selected, or nothing is scheduled: then there is nothing to compare. */
async function unmetOf(ready: Setup, context: RunnerContext): Promise<readonly UnmetSchedule[] | null> {
  const selects = ready.accounts.some(({ selection: { projects, groups, topics } }) => projects.length + groups.length + topics.length > 0);
  if (!selects || ready.config.schedules.every(({ active }) => !active)) return null;
  const [{ planOf }, { unmetSchedules }, { openScheduleFit }] = await Promise.all([import('../run.ts'), import('../schedule/fit.ts'), import('../../src/index.ts')]);
  context.step("looking into the projects' Renovate configs");
  const reader = openScheduleFit();
  try {
    const { members } = await planOf(ready);
    return await unmetSchedules({ members, schedules: ready.config.schedules, reader, from: context.io.now(), note: context.note });
  } catch (error) {
    // the schedules themselves must not wait for it
    if (!(error instanceof FailureError) || error.failure.code === 'interrupted') throw error;
    context.note(`whether the schedules of the projects are met is not known: ${error.failure.message}`);
    return null;
  } finally {
    await reader.close();
  }
}
