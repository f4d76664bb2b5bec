import { ask, branchesOf, git, tip } from '../../git.ts';
import { commitIn, resolve } from '../../git-read.ts';
import { DEVELOPER, mayPush } from '../accounts.ts';
import { textOf } from '../input.ts';
import { afterPush } from '../merging.ts';
import { presentBranch } from '../present/repository.ts';
import { created, inProject, invalid, noContent, ok, refused, type Call, type Reply, type Routes } from '../router.ts';
import type { Project } from '../state.ts';

export const branchRoutes: Routes = {
  'GET /projects/:id/repository/branches': inProject((call, project) => {
    const search = textOf(call.input, 'search') ?? '';
    return ok([...branchesOf(project.repository)].filter(([name]) => name.includes(search)).map(([name, sha]) => shown(call, project, name, sha)));
  }),
  'POST /projects/:id/repository/branches': inProject(create, DEVELOPER),
  'GET /projects/:id/repository/branches/:branch': inProject((call, project) => one(call, project, ok)),
  'HEAD /projects/:id/repository/branches/:branch': inProject((call, project) => one(call, project, () => noContent)),
  'DELETE /projects/:id/repository/branches/:branch': inProject(remove, DEVELOPER),
};

function shown({ state, user, origin }: Call, project: Project, name: string, sha: string): unknown {
  return presentBranch(project, name, commitIn(project.repository, sha)!, origin, mayPush(state, project, name, user));
}

function one(call: Call, project: Project, show: (branch: unknown) => Reply): Reply {
  const name = call.params['branch'] ?? '';
  const sha = tip(project.repository, name);
  return sha === null ? refused(404, 'Branch Not Found') : show(shown(call, project, name, sha));
}

function create(call: Call, project: Project): Reply {
  const { repository } = project;
  const name = textOf(call.input, 'branch');
  const ref = textOf(call.input, 'ref');
  if (name === null || ref === null) return invalid(`${name === null ? 'branch' : 'ref'} is missing`);
  if (!isBranchName(repository, name)) return refused(400, 'Branch name is invalid');
  if (tip(repository, name) !== null) return refused(400, 'Branch already exists');
  const sha = resolve(repository, ref);
  if (sha === null) return refused(400, `Invalid reference name: ${ref}`);
  git(repository, ['update-ref', `refs/heads/${name}`, sha]);
  afterPush(call.state, project, call.user);
  return created(shown(call, project, name, sha));
}

export function isBranchName(repository: string, name: string): boolean {
  return !name.startsWith('-') && ask(repository, ['check-ref-format', `refs/heads/${name}`]) !== null;
}

function remove({ state, params, user }: Call, project: Project): Reply {
  const name = params['branch'] ?? '';
  if (tip(project.repository, name) === null) return refused(404, 'Branch Not Found');
  if (name === 'main') return refused(403, 'Forbidden');
  git(project.repository, ['update-ref', '-d', `refs/heads/${name}`]);
  afterPush(state, project, user);
  return noContent;
}
