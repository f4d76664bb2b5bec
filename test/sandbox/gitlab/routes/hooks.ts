import { MAINTAINER } from '../accounts.ts';
import { optionalFlag, textOf, type Input } from '../input.ts';
import { HOOK_EVENTS, presentHook } from '../present/project.ts';
import { created, inProject, invalid, noContent, ok, refused, type Call, type Handler, type Reply, type Routes } from '../router.ts';
import { nextId, now, type Hook, type Project } from '../state.ts';

export const hookRoutes: Routes = {
  'GET /projects/:id/hooks': inProject((_call, project) => ok(project.hooks.map((hook) => presentHook(project, hook))), MAINTAINER),
  'POST /projects/:id/hooks': inProject(create, MAINTAINER),
  'GET /projects/:id/hooks/:hook': onHook((_call, project, hook) => ok(presentHook(project, hook))),
  'PUT /projects/:id/hooks/:hook': onHook(edit),
  'DELETE /projects/:id/hooks/:hook': onHook((_call, { hooks }, hook) => {
    hooks.splice(hooks.indexOf(hook), 1);
    return noContent;
  }),
};

function onHook(handler: (call: Call, project: Project, hook: Hook) => Reply): Handler {
  return inProject((call, project) => {
    const hook = project.hooks.find(({ id }) => String(id) === call.params['hook']);
    return hook === undefined ? refused(404, 'Not found') : handler(call, project, hook);
  }, MAINTAINER);
}

/** Pushes are told when nothing is said. */
const DEFAULT_EVENTS: readonly string[] = ['push_events'];

function eventsOf(input: Input, before: ReadonlySet<string>): Set<string> {
  return new Set(HOOK_EVENTS.filter((event) => optionalFlag(input, event) ?? before.has(event)));
}

function isAddress(url: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(url)?.protocol ?? '');
}

function create({ state, input }: Call, project: Project): Reply {
  const url = textOf(input, 'url');
  if (url === null) return invalid('url is missing');
  if (!isAddress(url)) return { status: 422, body: { error: 'Invalid url given' } };
  const hook: Hook = {
    id: nextId(state),
    createdAt: now(),
    url,
    name: textOf(input, 'name'),
    token: textOf(input, 'token'),
    events: eventsOf(input, new Set(DEFAULT_EVENTS)),
    sslVerification: optionalFlag(input, 'enable_ssl_verification') ?? true,
    branchFilter: textOf(input, 'push_events_branch_filter'),
    alertStatus: 'executable',
  };
  project.hooks.push(hook);
  return created(presentHook(project, hook));
}

function edit({ input }: Call, project: Project, hook: Hook): Reply {
  const url = textOf(input, 'url') ?? hook.url;
  if (!isAddress(url)) return { status: 422, body: { error: 'Invalid url given' } };
  Object.assign(hook, {
    url,
    name: textOf(input, 'name') ?? hook.name,
    token: textOf(input, 'token') ?? hook.token,
    events: eventsOf(input, hook.events),
    sslVerification: optionalFlag(input, 'enable_ssl_verification') ?? hook.sslVerification,
    branchFilter: textOf(input, 'push_events_branch_filter') ?? hook.branchFilter,
  });
  return ok(presentHook(project, hook));
}
