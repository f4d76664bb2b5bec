import { branchesOf, commit, fileAt, type Files } from '../git.ts';
import { listen, type Loopback } from '../loopback.ts';
import { addToken, addUser, newToken, tokenOf } from './accounts.ts';
import { alertAnswer, isAlertEndpoint } from './alert-endpoint.ts';
import { dashboardOf, tick } from './dashboard.ts';
import { gitAnswer } from './git-http.ts';
import { openPostman, type Delivery } from './hooks.ts';
import { afterPush, processAutoMerges } from './merging.ts';
import { finishJobs } from './pipelines.ts';
import { addProject, removeProject } from './projects.ts';
import { route } from './router.ts';
import { ROUTES } from './routes/index.ts';
import type { ProjectSpec, UserSpec } from './spec.ts';
import { newState, type AccessToken, type Project, type State } from './state.ts';

/** An emulated GitLab: REST v4 and git over HTTP on one port, real repositories, everything else in memory. */
export interface GitLab extends Pick<Loopback, 'origin' | 'requests' | 'fail'> {
  /** REST calls that are not emulated, `GET /projects/1/wikis`. */
  readonly unknown: readonly string[];
  /** Where RENOVATE_ENDPOINT points. */
  readonly endpoint: string;
  /** The bot's token; the maintainer's has all rights everywhere. */
  readonly token: string;
  readonly maintainerToken: string;
  add(project: ProjectSpec): void;
  /** Deleted: nobody finds it any more, git neither. */
  remove(path: string): void;
  /** One more account, a member of those projects that name it. */
  addUser(user: UserSpec): void;
  /** From now on the token is refused. */
  revoke(token: string): void;
  /** The last day of a token, `2026-01-31`; null: it has none. */
  expire(token: string, on: string | null): void;
  /** The state itself, to be asked about and, for settings, changed; of a deleted project as well. */
  project(path: string): Project;
  branches(path: string): readonly string[];
  /** A file of a branch, main when left out; null when there is none. */
  file(path: string, file: string, branch?: string): string | null;
  /** A person's commit, on main or on a branch that starts there; `at` in milliseconds since 1970, now when left out. */
  commit(path: string, files: Files, branch?: string, at?: number): void;
  /** Ends the running pipelines, of one branch or of all. */
  finishPipelines(path: string, result: 'success' | 'failed', branch?: string): void;
  /** The Dependency Dashboard's text; null when there is no open issue of that title. */
  dashboard(path: string): string | null;
  /** Ticks the dashboard's only unticked checkbox whose line matches. */
  tick(path: string, line: RegExp): void;
  /** What Alertmanager is given: address and authorization key. */
  alertEndpoint(path: string): { readonly url: string; readonly key: string };
  /** What webhooks were told, and what came back. */
  readonly deliveries: readonly Delivery[];
  /** When nothing more is under way to a webhook. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

export interface GitLabOptions {
  readonly users?: readonly UserSpec[];
}

export async function startGitLab(projects: readonly ProjectSpec[], folder: string, { users = [] }: GitLabOptions = {}): Promise<GitLab> {
  const state = newState(folder);
  const [token, maintainerToken] = [newToken('the-bot'), newToken('the-maintainer')];
  addToken(state, state.bot, token, ['api', 'write_repository']);
  addToken(state, state.maintainer, maintainerToken, ['api']);
  users.forEach((user) => addUser(state, user));
  projects.forEach((project) => addProject(state, project));
  const rest = route(state, ROUTES);
  const postman = openPostman();
  const loopback = await listen(async (request) => {
    const answer = request.url.pathname.startsWith('/api/v4/') ? rest(request) : isAlertEndpoint(request) ? alertAnswer(state, request) : await gitAnswer(state, request);
    postman.post(state.outbox, state.origin);
    return answer;
  });
  const { origin, requests, fail } = loopback;
  state.origin = origin;
  const find = (path: string): Project => projectAt(state, path);

  /** Something that was done here, whose events go out. */
  function act(deed: () => void): void {
    deed();
    postman.post(state.outbox, origin);
  }

  return {
    origin,
    requests,
    fail,
    unknown: state.unknown,
    endpoint: `${origin}/api/v4/`,
    token,
    maintainerToken,
    add: (project) => void addProject(state, project),
    remove: (path) => removeProject(state, find(path)),
    addUser: (user) => void addUser(state, user),
    revoke: (token) => void (knownToken(state, token).revoked = true),
    expire: (token, on) => void (knownToken(state, token).expiresAt = on),
    project: find,
    branches: (path) => [...branchesOf(find(path).repository).keys()],
    file: (path, file, branch = 'main') => fileAt(find(path).repository, `refs/heads/${branch}`, file),
    commit: (path, files, branch = 'main', at) =>
      act(() => {
        commit(find(path).repository, branch, files, 'Change by hand', at);
        afterPush(state, find(path), state.maintainer);
      }),
    finishPipelines: (path, result, branch) =>
      act(() => {
        finishJobs(find(path), result, branch);
        processAutoMerges(state, find(path));
      }),
    dashboard: (path) => dashboardOf(find(path))?.description ?? null,
    tick: (path, line) => act(() => tick(state, find(path), line)),
    alertEndpoint: (path) => ({ url: `${origin}/${path}/prometheus/alerts/notify.json`, key: find(path).settings.alertKey }),
    deliveries: postman.deliveries,
    delivered: () => postman.delivered(),
    close: async () => {
      await postman.close();
      await loopback.close();
    },
  };
}

function projectAt(state: State, path: string): Project {
  const project = [...state.projects, ...state.removed].find((candidate) => candidate.path === path);
  if (project === undefined) throw new Error(`no project ${path}`);
  return project;
}

function knownToken(state: State, value: string): AccessToken {
  const token = tokenOf(state, value);
  if (token === null) throw new Error('no such token');
  return token;
}
