import { nextId, type MergeRequest, type Pipeline, type Project, type State, type Status, type User } from './state.ts';

/** The one job of every pipeline. */
const JOB = 'check';

/** What a push starts, unless the project has no CI. */
export function startPipeline(state: State, project: Project, ref: string, sha: string): void {
  const { ci } = project.settings;
  if (ci === 'none') return;
  const pipeline = addPipeline(state, project, { sha, ref, source: 'push' });
  project.statuses.push({ id: nextId(state), pipeline, name: JOB, author: state.bot, state: ci, description: null, targetUrl: null });
}

function addPipeline(state: State, project: Project, data: Omit<Pipeline, 'id'>): Pipeline {
  const pipeline = { id: nextId(state), ...data };
  project.pipelines.push(pipeline);
  return pipeline;
}

export function pipelineOf(project: Project, sha: string): Pipeline | null {
  return project.pipelines.findLast((pipeline) => pipeline.sha === sha) ?? null;
}

export function headPipeline(project: Project, { sha }: MergeRequest): Pipeline | null {
  return pipelineOf(project, sha);
}

/** GitLab's composite status, for the states that occur here. */
export function pipelineState(project: Project, pipeline: Pipeline): string {
  const states = project.statuses.filter((status) => status.pipeline === pipeline).map(({ state }) => state);
  if (states.every((state) => state === 'success')) return 'success';
  if (states.every((state) => state === 'pending')) return 'pending';
  if (states.some((state) => state === 'pending' || state === 'running')) return 'running';
  return states.includes('failed') ? 'failed' : 'canceled';
}

export function isActive(state: string): boolean {
  return state === 'running' || state === 'pending';
}

export interface StatusReport {
  readonly name: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly pipelineId: number | null;
}

/**
 * A status from outside joins the commit's pipeline. Without one it makes a pipeline of its own (source `external`), which then counts like any
 * other: a project without CI has a green pipeline as soon as somebody reports success.
 */
export function reportStatus(state: State, project: Project, ref: string, sha: string, author: User, report: StatusReport): Status {
  const named = project.pipelines.find(({ id }) => id === report.pipelineId);
  const pipeline = named ?? pipelineOf(project, sha) ?? addPipeline(state, project, { sha, ref, source: 'external' });
  const known = project.statuses.find((status) => status.pipeline === pipeline && status.name === report.name);
  const status = known ?? { id: nextId(state), pipeline, name: report.name, author, state: '', description: null, targetUrl: null };
  Object.assign(status, { state: report.state, description: report.description, targetUrl: report.targetUrl });
  if (known === undefined) project.statuses.push(status);
  return status;
}

/** Ends the jobs that run. */
export function finishJobs(project: Project, result: 'success' | 'failed', ref?: string): void {
  const running = project.statuses.filter(({ name, state, pipeline }) => name === JOB && state === 'running' && (ref === undefined || pipeline.ref === ref));
  running.forEach((status) => void (status.state = result));
}
