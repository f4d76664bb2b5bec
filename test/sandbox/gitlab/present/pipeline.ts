import { commitIn } from '../../git-read.ts';
import { pipelineState } from '../pipelines.ts';
import { nextRun } from '../cron.ts';
import type { Pipeline, Project, Schedule, Status, Variable } from '../state.ts';
import { presentCommit } from './repository.ts';
import { presentUser, type Fields } from './user.ts';

export function presentPipeline(project: Project, pipeline: Pipeline, origin: string): Fields {
  const { id, iid, sha, ref, source, createdAt } = pipeline;
  return { id, iid, project_id: project.id, sha, ref, status: pipelineState(project, pipeline), source, created_at: createdAt, updated_at: createdAt, web_url: `${origin}/${project.path}/-/pipelines/${id}` };
}

export function presentPipelineInFull(project: Project, pipeline: Pipeline, origin: string): Fields {
  const done = !['running', 'pending'].includes(pipelineState(project, pipeline));
  return {
    ...presentPipeline(project, pipeline, origin),
    before_sha: '0'.repeat(40),
    tag: false,
    yaml_errors: null,
    user: presentUser(pipeline.user),
    started_at: pipeline.createdAt,
    finished_at: done ? pipeline.createdAt : null,
    committed_at: null,
    duration: done ? 1 : null,
    queued_duration: 0,
    coverage: null,
    name: null,
  };
}

export function presentJob(project: Project, { id, name, state, pipeline, createdAt }: Status, origin: string): Fields {
  const commit = commitIn(project.repository, pipeline.sha);
  return {
    id,
    status: state,
    stage: 'test',
    name,
    ref: pipeline.ref,
    tag: false,
    coverage: null,
    allow_failure: false,
    created_at: createdAt,
    started_at: createdAt,
    finished_at: state === 'running' ? null : createdAt,
    erased_at: null,
    duration: state === 'running' ? null : 1,
    queued_duration: 0,
    user: presentUser(pipeline.user),
    commit: commit === null ? null : presentCommit(project, commit, origin),
    pipeline: presentPipeline(project, pipeline, origin),
    failure_reason: state === 'failed' ? 'script_failure' : null,
    web_url: `${origin}/${project.path}/-/jobs/${id}`,
    artifacts: [],
    tag_list: [],
  };
}

export function presentStatus({ id, pipeline, name, state, description, targetUrl, author, createdAt }: Status): Fields {
  return { id, sha: pipeline.sha, ref: pipeline.ref, status: state, name, target_url: targetUrl, description, created_at: createdAt, started_at: null, finished_at: null, allow_failure: false, coverage: null, pipeline_id: pipeline.id, author: presentUser(author) };
}

export function presentVariable({ key, value, type }: Variable): Fields {
  return { variable_type: type, key, value, raw: false };
}

export function presentSchedule(schedule: Schedule): Fields {
  const { id, description, ref, cron, timezone, active, createdAt, updatedAt, owner } = schedule;
  return { id, description, ref, cron, cron_timezone: timezone, next_run_at: nextRun(cron, timezone), active, created_at: createdAt, updated_at: updatedAt, owner: presentUser(owner) };
}

/** Variables are for the owner and Maintainers; the field is absent for others. */
export function presentScheduleInFull(project: Project, schedule: Schedule, origin: string, withVariables: boolean): Fields {
  const last = schedule.pipelines.at(-1);
  return { ...presentSchedule(schedule), last_pipeline: last === undefined ? null : presentPipeline(project, last, origin), ...(withVariables ? { variables: schedule.variables.map(presentVariable) } : {}) };
}
