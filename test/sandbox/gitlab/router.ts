import { json, type Answer, type Request } from '../loopback.ts';
import { accessOf, userOf, type MergeRequest, type Project, type State, type User } from './state.ts';

/** Routes are a table of `GET /projects/:id/…` → handler; lists are paged here, for all of them. */
export type Input = Readonly<Record<string, unknown>>;

export interface Call {
  readonly state: State;
  readonly origin: string;
  readonly user: User;
  /** The decoded parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Query and JSON document together, as GitLab takes them. */
  readonly input: Input;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export type Handler = (call: Call) => Reply;
export type Routes = Readonly<Record<string, Handler>>;

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

export function refused(status: number, message: string): Reply {
  return { status, body: { message: status === 400 || status === 409 ? message : `${status} ${message}` } };
}

export const noContent: Reply = { status: 204, body: null };

/** A project by number or path, for its members only: others are told that there is none. */
export function inProject(handler: (call: Call, project: Project) => Reply, access = 20): Handler {
  return (call) => {
    const { state, user, params } = call;
    const project = state.projects.find(({ id, path }) => String(id) === params['id'] || path === params['id']);
    if (project === undefined || accessOf(state, project, user) === 0) return refused(404, 'Project Not Found');
    return accessOf(state, project, user) < access ? refused(403, 'Forbidden') : handler(call, project);
  };
}

export function onMergeRequest(handler: (call: Call, project: Project, mr: MergeRequest) => Reply, access = 20): Handler {
  return inProject((call, project) => {
    const mr = project.mergeRequests.find(({ iid }) => String(iid) === call.params['iid']);
    return mr === undefined ? refused(404, 'Not found') : handler(call, project, mr);
  }, access);
}

/** Writes need a Developer. */
export const DEVELOPER = 30;

export function route(state: State, routes: Routes): (request: Request, origin: string) => Answer {
  const table = Object.entries(routes).map(([line, handler]) => ({ ...compiled(line), handler }));
  return (request, origin) => {
    const user = userOf(state, tokenOf(request));
    if (user === null) return json(401, { message: '401 Unauthorized' });
    const path = request.url.pathname.replace(/^\/api\/v4\/*/, '/');
    for (const { method, pattern, handler } of table) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (match === null) continue;
      const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
      const input = { ...queryOf(request.url), ...documentOf(request.body) };
      return paged(handler({ state, origin, user, params, input }), input, request.url);
    }
    return json(404, { error: '404 Not Found' });
  };
}

function compiled(line: string): { method: string; pattern: RegExp } {
  const [method = '', path = ''] = line.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`) };
}

function tokenOf({ headers }: Request): string {
  const given = headers['private-token'] ?? headers.authorization?.replace(/^Bearer /, '') ?? '';
  return String(given);
}

/** `name[]=a&name[]=b` is a list. */
function queryOf({ searchParams }: URL): Input {
  return Object.fromEntries([...searchParams.keys()].map((key) => (key.endsWith('[]') ? [key.slice(0, -2), searchParams.getAll(key)] : [key, searchParams.get(key)])));
}

function documentOf(body: Buffer): Input {
  return body.length === 0 ? {} : (JSON.parse(body.toString()) as Input);
}

/** Offset pagination with a Link of the same origin (https://docs.gitlab.com/api/rest/#pagination). */
function paged({ status, body }: Reply, input: Input, url: URL): Answer {
  if (status === 204) return { status };
  if (!Array.isArray(body)) return json(status, body);
  const page = Math.max(1, Number(input['page'] ?? 1));
  const size = Math.min(100, Math.max(1, Number(input['per_page'] ?? 20)));
  const pages = Math.max(1, Math.ceil(body.length / size));
  const link = (number: number, rel: string): string => `<${pageUrl(url, number, size)}>; rel="${rel}"`;
  const links = [link(1, 'first'), link(pages, 'last'), ...(page > 1 ? [link(page - 1, 'prev')] : []), ...(page < pages ? [link(page + 1, 'next')] : [])];
  return json(status, body.slice((page - 1) * size, page * size), {
    link: links.join(', '),
    'x-page': String(page),
    'x-per-page': String(size),
    'x-total': String(body.length),
    'x-total-pages': String(pages),
    'x-next-page': page < pages ? String(page + 1) : '',
    'x-prev-page': page > 1 ? String(page - 1) : '',
  });
}

function pageUrl(url: URL, page: number, size: number): string {
  const other = new URL(url);
  other.searchParams.set('page', String(page));
  other.searchParams.set('per_page', String(size));
  return other.href;
}
