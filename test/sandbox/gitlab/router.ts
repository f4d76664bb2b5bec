import { json, type Answer, type Request } from '../loopback.ts';
import { accessOf, isActive, isExpired, tokenOf } from './accounts.ts';
import { inputOf, type Input } from './input.ts';
import { paged } from './pages.ts';
import { findProject } from './projects.ts';
import { isWithin } from './scopes.ts';
import type { AccessToken, MergeRequest, Project, State, User } from './state.ts';

/** Routes are a table of `GET /projects/:id/…` → handler; lists are paged here, for all of them. */
export interface Call {
  readonly state: State;
  readonly origin: string;
  readonly user: User;
  readonly token: AccessToken;
  /** The decoded parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Query and document together, as GitLab takes them. */
  readonly input: Input;
}

export interface Reply {
  readonly status: number;
  /** JSON, or bytes as they are. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
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

/** What GitLab says of a parameter, before it looks at anything else. */
export function invalid(error: string): Reply {
  return { status: 400, body: { error } };
}

/** What it says of a record that cannot be saved: field → reasons. */
export function unsavable(message: Readonly<Record<string, readonly string[]>>): Reply {
  return { status: 400, body: { message } };
}

export const noContent: Reply = { status: 204, body: null };

/** A project by number or path, for its members only: others are told that there is none. */
export function inProject(handler: (call: Call, project: Project) => Reply, access = 20): Handler {
  return (call) => {
    const { state, user, params } = call;
    const project = findProject(state, params['id'] ?? '');
    if (project === null || accessOf(state, project, user) === 0) return refused(404, 'Project Not Found');
    return accessOf(state, project, user) < access ? refused(403, 'Forbidden') : handler(call, project);
  };
}

export function onMergeRequest(handler: (call: Call, project: Project, mr: MergeRequest) => Reply, access = 20): Handler {
  return inProject((call, project) => {
    if (project.settings.mergeRequestsOff) return refused(403, 'Forbidden');
    const mr = project.mergeRequests.find(({ iid }) => String(iid) === call.params['iid']);
    return mr === undefined ? refused(404, 'Not found') : handler(call, project, mr);
  }, access);
}

export function route(state: State, routes: Routes): (request: Request) => Answer {
  const table = Object.entries(routes).map(([line, handler]) => ({ line, ...compiled(line), handler }));
  return (request) => {
    const token = tokenOf(state, tokenIn(request));
    if (token === null || !isActive(token)) return json(401, refusalOf(token));
    const path = request.url.pathname.replace(/^\/api\/v4\/*/, '/');
    for (const { line, method, pattern, handler } of table) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (match === null) continue;
      if (!isWithin(token.scopes, line)) return json(403, { error: 'insufficient_scope', error_description: 'The request requires higher privileges than provided by the access token.', scope: 'api read_api' });
      const params = paramsOf(match);
      const input = inputOf(request);
      if (params === null || input === null) return json(400, { error: 'The request cannot be read.' });
      return answerOf(handler({ state, origin: state.origin, user: token.user, token, params, input }), input, request);
    }
    state.unknown.push(`${request.method} ${path}`);
    return json(404, { error: '404 Not Found' });
  };
}

function refusalOf(token: AccessToken | null): Readonly<Record<string, string>> {
  if (token === null) return { message: '401 Unauthorized' };
  const description = isExpired(token) ? 'Token is expired. You can either do re-authorization or token refresh.' : 'Token was revoked. You have to re-authorize from the user.';
  return { error: 'invalid_token', error_description: description };
}

/** A dot in a parameter belongs to it; a slash does not, it comes encoded. */
function compiled(line: string): { method: string; pattern: RegExp } {
  const [method = '', path = ''] = line.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`) };
}

function paramsOf({ groups = {} }: RegExpExecArray): Readonly<Record<string, string>> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return null;
  }
}

function tokenIn({ headers }: Request): string {
  return String(headers['private-token'] ?? headers.authorization?.replace(/^Bearer /i, '') ?? '');
}

function answerOf({ status, body, headers = {} }: Reply, input: Input, { url }: Request): Answer {
  if (status === 204) return { status };
  if (Buffer.isBuffer(body)) return { status, headers, body };
  if (Array.isArray(body)) return paged(body, input, url);
  return json(status, body, headers);
}
