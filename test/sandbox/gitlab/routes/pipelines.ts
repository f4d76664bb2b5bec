import { textOf } from '../input.ts';
import { jobsOf, pipelineState } from '../pipelines.ts';
import { presentJob, presentPipeline, presentPipelineInFull, presentVariable } from '../present/pipeline.ts';
import { inProject, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import type { Pipeline, Project } from '../state.ts';

export const pipelineRoutes: Routes = {
  'GET /projects/:id/pipelines': inProject(list),
  'GET /projects/:id/pipelines/latest': inProject(({ input, origin }, project) => {
    const ref = textOf(input, 'ref') ?? 'main';
    const pipeline = project.pipelines.findLast((candidate) => candidate.ref === ref);
    return pipeline === undefined ? refused(403, 'Forbidden') : ok(presentPipelineInFull(project, pipeline, origin));
  }),
  'GET /projects/:id/pipelines/:pipeline': onPipeline(({ origin }, project, pipeline) => ok(presentPipelineInFull(project, pipeline, origin))),
  'GET /projects/:id/pipelines/:pipeline/jobs': onPipeline(({ origin }, project, pipeline) => ok(jobsOf(project, pipeline).map((job) => presentJob(project, job, origin)))),
  'GET /projects/:id/pipelines/:pipeline/variables': onPipeline((_call, _project, { variables }) => ok(variables.map(presentVariable))),
};

function onPipeline(handler: (call: Call, project: Project, pipeline: Pipeline) => Reply): Handler {
  return inProject((call, project) => {
    const pipeline = project.pipelines.find(({ id }) => String(id) === call.params['pipeline']);
    return pipeline === undefined ? refused(404, 'Not found') : handler(call, project, pipeline);
  });
}

/** The newest first. */
function list({ origin, input }: Call, project: Project): Reply {
  const fits = (key: string, value: string): boolean => [null, value].includes(textOf(input, key));
  const after = textOf(input, 'updated_after') ?? textOf(input, 'created_after');
  const wanted = project.pipelines.filter(
    (pipeline) =>
      fits('sha', pipeline.sha) && fits('ref', pipeline.ref) && fits('source', pipeline.source) && fits('username', pipeline.user.username) && fits('status', pipelineState(project, pipeline)) && (after === null || Date.parse(pipeline.createdAt) >= Date.parse(after)),
  );
  const shown = wanted.map((pipeline) => presentPipeline(project, pipeline, origin));
  return ok(textOf(input, 'sort') === 'asc' ? shown : shown.reverse());
}
