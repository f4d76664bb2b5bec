import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRepository, type Files } from '../git.ts';

/** What the emulated GitLab remembers. Plain data, changed in place by the routes. */
export type CiResult = 'success' | 'failed' | 'running';

export interface ProjectSpec {
  /** group/name */
  readonly path: string;
  readonly files: Files;
  readonly tags?: readonly string[];
  /** What a pipeline comes to that starts with a push; `none`: no pipeline is created. `success` when left out. */
  readonly ci?: CiResult | 'none';
  /** The project setting "Pipelines must succeed". */
  readonly pipelinesMustSucceed?: boolean;
  readonly mergeMethod?: 'merge' | 'rebase_merge' | 'ff';
  readonly approvalsRequired?: number;
  /** The bot's role: 20 Reporter, 30 Developer, 40 Maintainer (when left out), 0 no member. */
  readonly botAccess?: number;
  /** Who may push to and merge into the protected branch main; Maintainers when left out. */
  readonly pushAccess?: number;
  readonly mergeAccess?: number;
  readonly archived?: boolean;
  readonly topics?: readonly string[];
}

export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
}

export interface Note {
  readonly id: number;
  readonly author: User;
  readonly createdAt: string;
  body: string;
}

export interface Issue {
  readonly iid: number;
  readonly author: User;
  readonly createdAt: string;
  readonly notes: Note[];
  title: string;
  description: string;
  labels: string[];
  state: 'opened' | 'closed';
  confidential: boolean;
  updatedAt: string;
}

export interface ApprovalRule {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  approvalsRequired: number;
}

export interface MergeRequest {
  readonly iid: number;
  readonly author: User;
  readonly createdAt: string;
  readonly source: string;
  readonly notes: Note[];
  readonly approvedBy: User[];
  readonly approvalRules: ApprovalRule[];
  target: string;
  title: string;
  description: string;
  labels: string[];
  assignees: User[];
  reviewers: User[];
  state: 'opened' | 'merged' | 'closed';
  /** Head of the source branch, kept when that is gone. */
  sha: string;
  removeSource: boolean;
  autoMerge: { readonly sha: string; readonly user: User; readonly removeSource: boolean } | null;
  mergeCommit: string | null;
  mergedBy: User | null;
  mergedAt: string | null;
  updatedAt: string;
}

export interface Pipeline {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly source: 'push' | 'external';
}

/** A job of a pipeline or a status from outside: both are commit statuses. */
export interface Status {
  readonly id: number;
  readonly pipeline: Pipeline;
  readonly name: string;
  readonly author: User;
  state: string;
  description: string | null;
  targetUrl: string | null;
}

export interface Project {
  readonly id: number;
  readonly path: string;
  /** The bare repository. */
  readonly repository: string;
  /** Changeable: an administrator changes settings as well. */
  settings: Required<Omit<ProjectSpec, 'path' | 'files' | 'tags'>>;
  readonly mergeRequests: MergeRequest[];
  readonly issues: Issue[];
  readonly labels: { readonly id: number; readonly name: string; readonly color: string }[];
  readonly pipelines: Pipeline[];
  readonly statuses: Status[];
}

export interface State {
  readonly root: string;
  /** The last id given: one row for all kinds. */
  lastId: number;
  readonly bot: User;
  readonly maintainer: User;
  readonly projects: Project[];
}

export function newState(root: string): State {
  return {
    root,
    lastId: 100,
    bot: { id: 1, username: 'renovate-bot', name: 'Renovate Bot', email: 'renovate-bot@example.org', token: 'sandbox-token-of-the-bot' },
    maintainer: { id: 2, username: 'maintainer', name: 'Mara Maintainer', email: 'maintainer@example.org', token: 'sandbox-token-of-the-maintainer' },
    projects: [],
  };
}

const DEFAULTS: Project['settings'] = {
  ci: 'success',
  pipelinesMustSucceed: false,
  mergeMethod: 'merge',
  approvalsRequired: 0,
  botAccess: 40,
  pushAccess: 40,
  mergeAccess: 40,
  archived: false,
  topics: [],
};

export function addProject(state: State, { path, files, tags = [], ...settings }: ProjectSpec): Project {
  const repository = join(state.root, `${path}.git`);
  if (existsSync(repository)) throw new Error(`two projects ${path}`);
  mkdirSync(dirname(repository), { recursive: true });
  createRepository(repository, files, tags);
  const project = { id: nextId(state), path, repository, settings: { ...DEFAULTS, ...settings }, mergeRequests: [], issues: [], labels: [], pipelines: [], statuses: [] };
  state.projects.push(project);
  return project;
}

export function nextId(state: State): number {
  state.lastId += 1;
  return state.lastId;
}

export function now(): string {
  return new Date().toISOString();
}

export function userOf(state: State, token: string): User | null {
  return [state.bot, state.maintainer].find((user) => user.token === token) ?? null;
}

export function accessOf(state: State, project: Project, user: User): number {
  return user === state.bot ? project.settings.botAccess : 50;
}
