import { fail, FailureError, type Failure } from '../../src/base/failure.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { Project } from '../gitlab/schema.ts';
import type { Action, Plan, SchedulePlan } from './plan.ts';

/**
 * Carries a plan out, one request after the other. It may end anywhere: the next plan has what is missing. The marker follows right on the creation, and a schedule without it is found again by
 * what it is.
 * @throws FailureError what GitLab refuses
 */
export async function applyPlan(gitlab: GitLab, project: number, { schedules }: Pick<Plan, 'schedules'>, done: (action: Action) => void): Promise<void> {
  for (const schedule of schedules) {
    let { id } = schedule;
    for (const action of schedule.actions) {
      id = await carryOut(gitlab, project, id, schedule, action);
      if (action.kind !== 'unchanged') done(action);
    }
  }
}

/** Gives the schedule's id. */
async function carryOut(gitlab: GitLab, project: number, id: number | null, { input }: SchedulePlan, action: Action): Promise<number> {
  if (action.kind === 'create') return (await gitlab.createSchedule(project, input!)).id;
  const schedule = id!;
  if (action.kind === 'take-ownership') await gitlab.takeOwnership(project, schedule);
  else if (action.kind === 'edit') await gitlab.editSchedule(project, schedule, input!);
  else if (action.kind === 'delete') await gitlab.deleteSchedule(project, schedule);
  else if (action.kind === 'set-variable') await explained(gitlab.setScheduleVariable(project, schedule, action.name, action.value, action.exists));
  else if (action.kind === 'delete-variable') await explained(gitlab.deleteScheduleVariable(project, schedule, action.name));
  return schedule;
}

const ROLE_REMEDY = 'Allow the role of the token\'s user in the project: Settings > CI/CD > Variables > Minimum role to use pipeline variables.';

/** Who may not give pipelines variables may not give them to schedules either (`authorize! :set_pipeline_variables`, lib/api/ci/pipeline_schedules.rb). */
async function explained(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'gitlab-forbidden') fail({ ...error.failure, remedy: ROLE_REMEDY });
    throw error;
  }
}

const ROLES: Readonly<Record<string, number>> = { developer: 30, maintainer: 40, owner: 50, no_one_allowed: Infinity };

/**
 * Why GitLab will refuse variables, null when it should not. Known before anything is written: without variables there is no marker, and without it no schedule of ours. New groups on gitlab.com
 * begin with "no one".
 */
export function variablesRefusal({ path, accessLevel, pipelineVariablesRole: role }: Pick<Project, 'path' | 'accessLevel' | 'pipelineVariablesRole'>, admin: boolean, actions: readonly Action[]): Failure | null {
  const least = ROLES[role ?? ''] ?? 0;
  const level = admin && least <= 50 ? 50 : (accessLevel ?? 50);
  if (level >= least || !actions.some(({ kind }) => kind === 'set-variable' || kind === 'delete-variable')) return null;
  return { code: 'gitlab-forbidden', message: `${path} lets ${role === 'no_one_allowed' ? 'nobody' : `no role below ${role}`} set variables of pipelines, which includes those of schedules`, remedy: ROLE_REMEDY };
}
