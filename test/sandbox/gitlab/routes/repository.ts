import { branchesOf, fileAt, git } from '../../git.ts';
import { textOf } from '../input.ts';
import { afterPush, commitExists, processAutoMerges } from '../merging.ts';
import { pipelineOf, reportStatus } from '../pipelines.ts';
import { presentPipeline, presentStatus } from '../present.ts';
import { created, DEVELOPER, inProject, noContent, ok, refused, type Call, type Reply, type Routes } from '../router.ts';
import type { Project } from '../state.ts';

export const repositoryRoutes: Routes = {
  'GET /projects/:id/repository/files/:path': inProject(file),
  'GET /projects/:id/repository/branches': inProject(({ input }, project) => {
    const search = textOf(input, 'search') ?? '';
    return ok([...branchesOf(project.repository)].filter(([name]) => name.includes(search)).map(([name, sha]) => branch(name, sha)));
  }),
  'GET /projects/:id/repository/branches/:branch': inProject(({ params }, project) => {
    const sha = branchesOf(project.repository).get(params['branch'] ?? '');
    return sha === undefined ? refused(404, 'Branch Not Found') : ok(branch(params['branch'] ?? '', sha));
  }),
  'DELETE /projects/:id/repository/branches/:branch': inProject(deleteBranch, DEVELOPER),
  'GET /projects/:id/repository/commits/:sha': inProject(({ params, origin }, project) => {
    const sha = params['sha'] ?? '';
    const pipeline = pipelineOf(project, sha);
    return commitExists(project, sha) ? ok({ id: sha, short_id: sha.slice(0, 8), last_pipeline: pipeline === null ? null : presentPipeline(project, pipeline, origin) }) : refused(404, 'Commit Not Found');
  }),
  'GET /projects/:id/repository/commits/:sha/statuses': inProject(({ params }, project) => {
    const sha = params['sha'] ?? '';
    if (!commitExists(project, sha)) return refused(404, 'Commit Not Found');
    return ok(project.statuses.filter(({ pipeline }) => pipeline.sha === sha).map(presentStatus));
  }),
  'POST /projects/:id/statuses/:sha': inProject(postStatus, DEVELOPER),
  'GET /projects/:id/pipelines': inProject(({ origin, input }, project) => {
    const wanted = project.pipelines.filter(({ sha, ref }) => [null, sha].includes(textOf(input, 'sha')) && [null, ref].includes(textOf(input, 'ref')));
    return ok(wanted.map((pipeline) => presentPipeline(project, pipeline, origin)).reverse());
  }),
};

function file({ params, input }: Call, project: Project): Reply {
  const ref = textOf(input, 'ref') ?? 'HEAD';
  const path = params['path'] ?? '';
  const content = fileAt(project.repository, ref, path);
  if (content === null) return refused(404, 'File Not Found');
  return ok({ file_name: path.split('/').at(-1), file_path: path, size: Buffer.byteLength(content), encoding: 'base64', ref, content: Buffer.from(content).toString('base64') });
}

function branch(name: string, sha: string): unknown {
  return { name, commit: { id: sha, short_id: sha.slice(0, 8) }, protected: name === 'main', default: name === 'main', merged: false };
}

function deleteBranch({ state, params, user }: Call, project: Project): Reply {
  const name = params['branch'] ?? '';
  const before = branchesOf(project.repository);
  if (!before.has(name)) return refused(404, 'Branch Not Found');
  if (name === 'main') return refused(403, 'Forbidden');
  git(project.repository, ['update-ref', '-d', `refs/heads/${name}`]);
  afterPush(state, project, before, user);
  return noContent;
}

function postStatus({ state, params, input, user }: Call, project: Project): Reply {
  const sha = params['sha'] ?? '';
  const [ref] = [...branchesOf(project.repository)].find(([, head]) => head === sha) ?? [];
  if (!commitExists(project, sha) || ref === undefined) return refused(404, 'Commit Not Found');
  const report = {
    name: textOf(input, 'name') ?? textOf(input, 'context') ?? 'default',
    state: textOf(input, 'state') ?? 'pending',
    description: textOf(input, 'description'),
    targetUrl: textOf(input, 'target_url'),
    pipelineId: input['pipeline_id'] === undefined ? null : Number(input['pipeline_id']),
  };
  const status = reportStatus(state, project, textOf(input, 'ref') ?? ref, sha, user, report);
  processAutoMerges(state, project);
  return created(presentStatus(status));
}
