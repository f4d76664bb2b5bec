import { fail } from '../../src/base/failure.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { PipelineSchedule, Project } from '../gitlab/schema.ts';
import { inParallel } from '../parallel.ts';
import type { Account } from '../setup.ts';

export interface ScheduleProject {
  readonly gitlab: GitLab;
  readonly project: Project;
  readonly defaultBranch: string;
}

/** The project, with the first account that sees it. @throws FailureError `gitlab-missing` */
export async function scheduleProject(accounts: readonly Account[], path: string): Promise<ScheduleProject> {
  for (const { gitlab } of accounts) {
    const project = await gitlab.project(path);
    if (project === null) continue;
    const { defaultBranch } = project;
    if (defaultBranch === null) return fail({ code: 'gitlab-missing', message: `${path} has no commit yet, so nothing can be scheduled there`, remedy: 'Commit its .gitlab-ci.yml first.' });
    return { gitlab, project, defaultBranch };
  }
  return fail({ code: 'gitlab-missing', message: `there is no project ${path}, or the token may not see it`, remedy: 'Write the project whose pipelines start Renovate as `scheduleProject`, and make the token\'s user a Developer or Maintainer of it.' });
}

const AT_ONCE = 5;

/** Each alone: only then GitLab shows the variables. */
export async function readSchedules(gitlab: GitLab, project: number): Promise<PipelineSchedule[]> {
  const listed = await gitlab.schedules(project);
  const full = await inParallel(listed, AT_ONCE, ({ id }) => gitlab.schedule(project, id));
  // one may have been deleted in the meantime
  return full.filter((schedule) => schedule !== null);
}
