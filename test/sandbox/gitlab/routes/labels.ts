import { textOf } from '../input.ts';
import { addLabel, LABEL_COLOR } from '../labels.ts';
import { presentLabel } from '../present/project.ts';
import { created, inProject, invalid, ok, refused, type Call, type Reply, type Routes } from '../router.ts';
import type { Project } from '../state.ts';

export const labelRoutes: Routes = {
  'GET /projects/:id/labels': inProject(({ input }, { labels }) => ok(labels.filter(({ name }) => name.toLowerCase().includes(textOf(input, 'search')?.toLowerCase() ?? '')).map(presentLabel))),
  'POST /projects/:id/labels': inProject(create),
};

function create({ state, input }: Call, project: Project): Reply {
  const name = textOf(input, 'name');
  if (name === null) return invalid('name is missing');
  if (project.labels.some((label) => label.name === name)) return refused(409, 'Label already exists');
  return created(presentLabel(addLabel(state, project, name, textOf(input, 'color') ?? LABEL_COLOR, textOf(input, 'description'))));
}
