import { nextId, now, type MergeRequest, type Pipeline, type Project, type State, type Status, type User, type Variable } from './state.ts';

/** The one job of every pipeline. */
const JOB = 'check';

/** What a push starts, unless the project has no CI. */
export function startPipeline(state: State, project: Project, branch: string, sha: string, user: User): void {
  const mr = project.mergeRequests.find(({ source, state: now }) => source === branch && now === 'opened');
  const forRequests = project.settings.ciSource === 'merge_request_event';
  if (forRequests && mr !== undefined) startFor(state, project, mr, user);
  else if (!forRequests || branch === 'main') start(state, project, { sha, ref: branch, branch, source: 'push', user, variables: [] });
}

/** What opening a merge request starts, where pipelines are for merge requests. */
export function startRequestPipeline(state: State, project: Project, mr: MergeRequest, user: User): Pipeline | null {
  return project.settings.ciSource === 'merge_request_event' ? startFor(state, project, mr, user) : null;
}

function startFor(state: State, project: Project, { iid, source, sha }: MergeRequest, user: User): Pipeline | null {
  return start(state, project, { sha, ref: `refs/merge-requests/${iid}/head`, branch: source, source: 'merge_request_event', user, variables: [] });
}

/** Null where the project has no CI. */
export function startScheduled(state: State, project: Project, branch: string, sha: string, user: User, variables: readonly Variable[]): Pipeline | null {
  return start(state, project, { sha, ref: branch, branch, source: 'schedule', user, variables });
}

function start(state: State, project: Project, data: Omit<Pipeline, 'id' | 'iid' | 'createdAt'>): Pipeline | null {
  const { ci, pipelinesOff } = project.settings;
  if (ci === 'none' || pipelinesOff) return null;
  const pipeline = addPipeline(state, project, data);
  project.statuses.push({ id: nextId(state), pipeline, name: JOB, author: data.user, createdAt: now(), state: ci, description: null, targetUrl: null });
  return pipeline;
}

function addPipeline(state: State, project: Project, data: Omit<Pipeline, 'id' | 'iid' | 'createdAt'>): Pipeline {
  const pipeline = { id: nextId(state), iid: project.pipelines.length + 1, createdAt: now(), ...data };
  project.pipelines.push(pipeline);
  return pipeline;
}

export function pipelineOf(project: Project, sha: string): Pipeline | null {
  return project.pipelines.findLast((pipeline) => pipeline.sha === sha) ?? null;
}

export function headPipeline(project: Project, { sha }: MergeRequest): Pipeline | null {
  return pipelineOf(project, sha);
}

export function statusesOf(project: Project, pipeline: Pipeline): Status[] {
  return project.statuses.filter((status) => status.pipeline === pipeline);
}

/** Without what was reported from outside. */
export function jobsOf(project: Project, pipeline: Pipeline): Status[] {
  return statusesOf(project, pipeline).filter(({ name }) => name === JOB);
}

/** GitLab's composite status, for the states that occur here. */
export function pipelineState(project: Project, pipeline: Pipeline): string {
  const states = statusesOf(project, pipeline).map(({ state }) => state);
  if (states.length > 0 && states.every((state) => state === 'skipped')) return 'skipped';
  if (states.every((state) => state === 'success' || state === 'skipped')) return 'success';
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
  const pipeline = named ?? pipelineOf(project, sha) ?? addPipeline(state, project, { sha, ref, branch: ref, source: 'external', user: author, variables: [] });
  const known = project.statuses.find((status) => status.pipeline === pipeline && status.name === report.name);
  const status = known ?? { id: nextId(state), pipeline, name: report.name, author, createdAt: now(), state: '', description: null, targetUrl: null };
  Object.assign(status, { state: report.state, description: report.description, targetUrl: report.targetUrl });
  if (known === undefined) project.statuses.push(status);
  return status;
}

/** Ends the jobs that run. */
export function finishJobs(project: Project, result: 'success' | 'failed', branch?: string): void {
  const running = project.statuses.filter(({ name, state, pipeline }) => name === JOB && state === 'running' && (branch === undefined || pipeline.branch === branch));
  running.forEach((status) => void (status.state = result));
}
