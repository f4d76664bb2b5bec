import { branchesOf } from '../../git.ts';
import { commitIn, differencesIn, differences, log, mergeBase, resolve, type Commit } from '../../git-read.ts';
import { DEVELOPER } from '../accounts.ts';
import { flagOf, textOf } from '../input.ts';
import { processAutoMerges } from '../merging.ts';
import { reportStatus } from '../pipelines.ts';
import { presentCommitInFull } from '../present/commit.ts';
import { presentMergeRequest } from '../present/merge-request.ts';
import { presentStatus } from '../present/pipeline.ts';
import { presentCommit, presentDifference } from '../present/repository.ts';
import { created, inProject, invalid, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import type { Project } from '../state.ts';
import { writeCommit } from './write-commit.ts';

export const commitRoutes: Routes = {
  'GET /projects/:id/repository/commits': inProject(list),
  'POST /projects/:id/repository/commits': inProject(writeCommit, DEVELOPER),
  'GET /projects/:id/repository/commits/:sha': onCommit((call, project, commit) => ok(presentCommitInFull(project, commit, call.origin))),
  'GET /projects/:id/repository/commits/:sha/diff': onCommit((_call, project, commit) => ok(differencesIn(project.repository, commit).map(presentDifference))),
  'GET /projects/:id/repository/commits/:sha/merge_requests': onCommit((call, project, commit) => ok(requestsOf(project, commit).map((mr) => presentMergeRequest(project, mr, call.origin)))),
  'GET /projects/:id/repository/commits/:sha/statuses': onCommit((_call, project, { sha }) => ok(project.statuses.filter(({ pipeline }) => pipeline.sha === sha).map(presentStatus))),
  'POST /projects/:id/statuses/:sha': inProject(postStatus, DEVELOPER),
  'GET /projects/:id/repository/compare': inProject(compare),
};

/** By hash or by the name of a branch or tag. */
function onCommit(handler: (call: Call, project: Project, commit: Commit) => Reply): Handler {
  return inProject((call, project) => {
    const sha = resolve(project.repository, call.params['sha'] ?? '');
    const commit = sha === null ? null : commitIn(project.repository, sha);
    return commit === null ? refused(404, 'Commit Not Found') : handler(call, project, commit);
  });
}

/** Of a branch that is not there: none. */
function list({ input, origin }: Call, project: Project): Reply {
  const sha = resolve(project.repository, textOf(input, 'ref_name') ?? 'main');
  if (sha === null && !flagOf(input, 'all')) return ok([]);
  const since = textOf(input, 'since');
  const until = textOf(input, 'until');
  const path = textOf(input, 'path');
  const author = textOf(input, 'author');
  const options = [
    ...(flagOf(input, 'all') ? ['--branches'] : [sha!]),
    ...(since === null ? [] : [`--since=${seconds(since)}`]),
    ...(until === null ? [] : [`--until=${seconds(until)}`]),
    ...(author === null ? [] : ['--fixed-strings', `--author=${author}`]),
    ...(flagOf(input, 'first_parent') ? ['--first-parent'] : []),
  ];
  return ok(log(project.repository, options, path === null ? [] : [path]).map((commit) => presentCommit(project, commit, origin)));
}

/** git reads few of the forms that GitLab takes. */
function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** Those that brought it: as one of theirs, or as the merge itself. */
function requestsOf(project: Project, { sha }: Commit): Project['mergeRequests'] {
  return project.mergeRequests.filter((mr) => mr.mergeCommit === sha || log(project.repository, [`${mr.base}..${mr.sha}`]).some((commit) => commit.sha === sha));
}

function compare({ input, origin }: Call, project: Project): Reply {
  const from = textOf(input, 'from');
  const to = textOf(input, 'to');
  if (from === null || to === null) return invalid(`${from === null ? 'from' : 'to'} is missing`);
  const { repository } = project;
  const start = resolve(repository, from);
  const end = resolve(repository, to);
  if (start === null || end === null) return refused(404, 'Ref Not Found');
  const base = flagOf(input, 'straight') ? start : mergeBase(repository, start, end);
  const commits = log(repository, ['--reverse', `${start}..${end}`]).map((commit) => presentCommit(project, commit, origin));
  return ok({
    commit: commits.at(-1) ?? null,
    commits,
    diffs: differences(repository, base, end).map(presentDifference),
    compare_timeout: false,
    compare_same_ref: start === end,
    web_url: `${origin}/${project.path}/-/compare/${start}...${end}`,
  });
}

function postStatus({ state, params, input, user }: Call, project: Project): Reply {
  const sha = resolve(project.repository, params['sha'] ?? '') ?? '';
  const [branch] = [...branchesOf(project.repository)].find(([, head]) => head === sha) ?? [];
  if (branch === undefined) return refused(404, 'Commit Not Found');
  const wanted = textOf(input, 'state');
  if (wanted === null) return invalid('state is missing, state does not have a valid value');
  const report = {
    name: textOf(input, 'name') ?? textOf(input, 'context') ?? 'default',
    state: wanted,
    description: textOf(input, 'description'),
    targetUrl: textOf(input, 'target_url'),
    pipelineId: input['pipeline_id'] === undefined ? null : Number(input['pipeline_id']),
  };
  const status = reportStatus(state, project, textOf(input, 'ref') ?? branch, sha, user, report);
  processAutoMerges(state, project);
  return created(presentStatus(status));
}
