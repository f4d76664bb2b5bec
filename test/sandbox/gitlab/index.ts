import { branchesOf, commit, fileAt, serveGit, type Files } from '../git.ts';
import { listen, text, type Answer, type Loopback, type Request } from '../loopback.ts';
import { afterPush, processAutoMerges } from './merging.ts';
import { finishJobs } from './pipelines.ts';
import { route } from './router.ts';
import { issueRoutes } from './routes/issues.ts';
import { mergeRequestRoutes } from './routes/merge-requests.ts';
import { projectRoutes } from './routes/projects.ts';
import { repositoryRoutes } from './routes/repository.ts';
import { userRoutes } from './routes/users.ts';
import { accessOf, addProject, newState, now, userOf, type Project, type ProjectSpec, type State } from './state.ts';

/** An emulated GitLab: REST v4 and git over HTTP on one port, real repositories, everything else in memory. */
export interface GitLab extends Pick<Loopback, 'origin' | 'requests' | 'fail' | 'close'> {
  /** Where RENOVATE_ENDPOINT points. */
  readonly endpoint: string;
  /** The bot's token; the maintainer's has all rights everywhere. */
  readonly token: string;
  readonly maintainerToken: string;
  add(project: ProjectSpec): void;
  /** The state itself, to be asked about and, for settings, changed. */
  project(path: string): Project;
  branches(path: string): readonly string[];
  /** A file of a branch, main when left out; null when there is none. */
  file(path: string, file: string, branch?: string): string | null;
  /** A person's commit, on main or on a branch that starts there. */
  commit(path: string, files: Files, branch?: string): void;
  /** Ends the running pipelines, of one branch or of all. */
  finishPipelines(path: string, result: 'success' | 'failed', branch?: string): void;
  /** The Dependency Dashboard's text; null when there is no open issue of that title. */
  dashboard(path: string): string | null;
  /** Ticks the dashboard's only unticked checkbox whose line matches. */
  tick(path: string, line: RegExp): void;
}

const ROUTES = { ...userRoutes, ...projectRoutes, ...repositoryRoutes, ...mergeRequestRoutes, ...issueRoutes };

const DASHBOARD = 'Dependency Dashboard';

export async function startGitLab(projects: readonly ProjectSpec[], folder: string): Promise<GitLab> {
  const state = newState(folder);
  projects.forEach((project) => addProject(state, project));
  const rest = route(state, ROUTES);
  const loopback = await listen(async (request) => (request.url.pathname.startsWith('/api/v4/') ? rest(request, loopback.origin) : gitAnswer(state, request)));
  const find = (path: string): Project => projectAt(state, path);
  const { origin, requests, fail, close } = loopback;
  return {
    origin,
    requests,
    fail,
    close,
    endpoint: `${origin}/api/v4/`,
    token: state.bot.token,
    maintainerToken: state.maintainer.token,
    add: (project) => void addProject(state, project),
    project: find,
    branches: (path) => [...branchesOf(find(path).repository).keys()],
    file: (path, file, branch = 'main') => fileAt(find(path).repository, `refs/heads/${branch}`, file),
    commit: (path, files, branch = 'main') => pushed(state, find(path), files, branch),
    finishPipelines: (path, result, branch) => {
      finishJobs(find(path), result, branch);
      processAutoMerges(state, find(path));
    },
    dashboard: (path) => dashboardOf(find(path))?.description ?? null,
    tick: (path, line) => tick(find(path), line),
  };
}

function projectAt(state: State, path: string): Project {
  const project = state.projects.find((candidate) => candidate.path === path);
  if (project === undefined) throw new Error(`no project ${path}`);
  return project;
}

function pushed(state: State, project: Project, files: Files, branch: string): void {
  const before = branchesOf(project.repository);
  commit(project.repository, branch, files, 'Change by hand');
  afterPush(state, project, before, state.maintainer);
}

function dashboardOf(project: Project): Project['issues'][number] | undefined {
  return project.issues.find(({ title, state }) => title === DASHBOARD && state === 'opened');
}

function tick(project: Project, line: RegExp): void {
  const issue = dashboardOf(project);
  const lines = issue?.description.split('\n') ?? [];
  const found = lines.filter((text) => text.trim().startsWith('- [ ]') && line.test(text));
  if (issue === undefined || found.length !== 1) throw new Error(`${found.length} checkboxes of ${project.path} match ${line}`);
  issue.description = lines.map((text) => (text === found[0] ? text.replace('[ ]', '[x]') : text)).join('\n');
  issue.updatedAt = now();
}

/** git over HTTP: members only, main by role. Hidden refs refuse a push ("deny updating a hidden ref"), which spares a hook. */
async function gitAnswer(state: State, request: Request): Promise<Answer> {
  const path = decodeURIComponent(request.url.pathname);
  const project = state.projects.find((candidate) => path.startsWith(`/${candidate.path}.git/`));
  const user = userOf(state, passwordOf(request));
  if (user === null) return { ...text(401, 'HTTP Basic: Access denied'), headers: { 'www-authenticate': 'Basic realm="GitLab"' } };
  const access = project === undefined ? 0 : accessOf(state, project, user);
  if (project === undefined || access === 0) return text(404, 'The project you were looking for could not be found');
  const writes = `${path}${request.url.search}`.endsWith('git-receive-pack');
  if (writes && access < 30) return text(403, 'You are not allowed to push code to this project');
  const hidden: Files = access < project.settings.pushAccess ? { 'receive.hideRefs': 'refs/heads/main' } : {};
  const before = branchesOf(project.repository);
  const answer = await serveGit(state.root, path, request, hidden);
  if (writes && request.method === 'POST') afterPush(state, project, before, user);
  return answer;
}

function passwordOf({ headers }: Request): string {
  const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString().split(':').slice(1).join(':');
}
