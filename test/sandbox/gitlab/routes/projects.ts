import { presentProject } from '../present.ts';
import { flagOf, listOf, textOf } from '../input.ts';
import { created, inProject, ok, type Call, type Routes } from '../router.ts';
import { accessOf, nextId, type Project } from '../state.ts';

export const projectRoutes: Routes = {
  'GET /projects': (call) => ok(visible(call).map((project) => presentProject(project, call.origin))),
  'GET /groups/:id/projects': (call) => ok(visible(call).filter(({ path }) => inGroup(call, path)).map((project) => presentProject(project, call.origin))),
  'GET /projects/:id': inProject((call, project) => ok({ ...presentProject(project, call.origin), permissions: { project_access: { access_level: accessOf(call.state, project, call.user) }, group_access: null } })),
  'GET /projects/:id/labels': inProject((_call, project) => ok(project.labels)),
  'POST /projects/:id/labels': inProject(({ state, input }, project) => {
    const label = { id: nextId(state), name: textOf(input, 'name') ?? '', color: textOf(input, 'color') ?? '#6699cc' };
    project.labels.push(label);
    return created(label);
  }, 20),
  'GET /projects/:id/protected_branches': inProject((_call, project) => ok([protectedMain(project)])),
  'GET /projects/:id/protected_branches/:name': inProject((_call, project) => ok(protectedMain(project))),
};

/** Projects without the caller are not listed, whatever `membership` says. */
function visible({ state, user, input }: Call): Project[] {
  const least = Math.max(1, Number(input['min_access_level'] ?? 1));
  const topics = listOf(input, 'topic') ?? [];
  const archived = textOf(input, 'archived');
  return state.projects.filter(
    (project) =>
      accessOf(state, project, user) >= least &&
      topics.every((topic) => project.settings.topics.includes(topic)) &&
      (archived === null || project.settings.archived === flagOf(input, 'archived')) &&
      project.path.includes(textOf(input, 'search') ?? ''),
  );
}

function inGroup({ params, input }: Call, path: string): boolean {
  const group = path.split('/').slice(0, -1).join('/');
  return group === params['id'] || (flagOf(input, 'include_subgroups') && group.startsWith(`${params['id']}/`));
}

function protectedMain({ settings }: Project): unknown {
  const level = (access: number): unknown[] => [{ access_level: access }];
  return { id: 1, name: 'main', push_access_levels: level(settings.pushAccess), merge_access_levels: level(settings.mergeAccess), allow_force_push: false };
}
