import { textOf } from '../input.ts';
import { addLabel, LABEL_COLOR } from '../labels.ts';
import { presentLabel } from '../present/project.ts';
import { created, inProject, invalid, noContent, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import type { Label, Project } from '../state.ts';

export const labelRoutes: Routes = {
  'GET /projects/:id/labels': inProject(({ input }, { labels }) => ok(labels.filter(({ name }) => name.toLowerCase().includes(textOf(input, 'search')?.toLowerCase() ?? '')).map(presentLabel))),
  'POST /projects/:id/labels': inProject(create),
  'GET /projects/:id/labels/:label': onLabel((_call, _project, label) => ok(presentLabel(label))),
  'PUT /projects/:id/labels/:label': onLabel(edit),
  'DELETE /projects/:id/labels/:label': onLabel((_call, project, label) => {
    project.labels.splice(project.labels.indexOf(label), 1);
    return noContent;
  }),
};

/** By id or by name. */
function onLabel(handler: (call: Call, project: Project, label: Label) => Reply): Handler {
  return inProject((call, project) => {
    const label = project.labels.find(({ id, name }) => String(id) === call.params['label'] || name === call.params['label']);
    return label === undefined ? refused(404, 'Label Not Found') : handler(call, project, label);
  });
}

function edit({ input }: Call, project: Project, label: Label): Reply {
  const next = { ...label, name: textOf(input, 'new_name') ?? label.name, color: textOf(input, 'color') ?? label.color, description: textOf(input, 'description') ?? label.description };
  project.labels.splice(project.labels.indexOf(label), 1, next);
  return ok(presentLabel(next));
}

function create({ state, input }: Call, project: Project): Reply {
  const name = textOf(input, 'name');
  if (name === null) return invalid('name is missing');
  if (project.labels.some((label) => label.name === name)) return refused(409, 'Label already exists');
  return created(presentLabel(addLabel(state, project, name, textOf(input, 'color') ?? LABEL_COLOR, textOf(input, 'description'))));
}
