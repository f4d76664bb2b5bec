import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { branchesOf, createRepository } from '../git.ts';
import type { ProjectSpec } from './spec.ts';
import { nextId, now, type ApprovalRule, type Project, type State } from './state.ts';

const DEFAULTS: Omit<Project['settings'], 'name' | 'alertKey'> = {
  description: '',
  ci: 'success',
  ciSource: 'push',
  pipelinesMustSucceed: false,
  skippedPipelinesCount: false,
  discussionsMustBeResolved: false,
  mergeMethod: 'merge',
  squashOption: 'default_off',
  mergeTrains: false,
  removeSourceBranch: true,
  ciConfigPath: null,
  approvalsRequired: 0,
  approvalRules: [],
  botAccess: 40,
  members: {},
  sharedWith: [],
  pushAccess: 40,
  mergeAccess: 40,
  pushUsers: [],
  mergeUsers: [],
  mainProtected: true,
  archived: false,
  topics: [],
  fork: false,
  pendingDeletion: null,
  mergeRequestsOff: false,
  issuesOff: false,
  repositoryOff: false,
  pipelinesOff: false,
  monitorOff: false,
  autoDevops: false,
  variablesRole: 'developer',
  statusChecksMustPass: false,
  jiraIssueNeeded: false,
  sshUrl: true,
  createIncidents: true,
  autoCloseIncidents: true,
};

export function addProject(state: State, { path, files = {}, tags = [], empty = false, ...settings }: ProjectSpec): Project {
  if (!/^[\w.-]+(?:\/[\w.-]+)+$/.test(path)) throw new Error(`no path of a project: ${path}`);
  const repository = join(state.root, `${path}.git`);
  if (existsSync(repository)) throw new Error(`two projects ${path}`);
  mkdirSync(dirname(repository), { recursive: true });
  createRepository(repository, empty ? null : files, empty ? [] : tags);
  const id = nextId(state);
  const project: Project = {
    id,
    path,
    createdAt: now(),
    repository,
    heads: branchesOf(repository),
    settings: { ...DEFAULTS, name: lastPart(path), alertKey: `alert-key-of-project-${id}`, ...settings },
    mergeRequests: [],
    issues: [],
    alerts: [],
    labels: [],
    pipelines: [],
    statuses: [],
    schedules: [],
    hooks: [],
  };
  state.projects.push(project);
  return project;
}

/** It stays to be looked at by tests; nobody else finds it. */
export function removeProject(state: State, project: Project): void {
  state.projects.splice(state.projects.indexOf(project), 1);
  state.removed.push(project);
  const folder = `${project.repository}.removed-${project.id}`;
  renameSync(project.repository, folder);
  project.repository = folder;
}

/** By number or path. */
export function findProject(state: State, which: string): Project | null {
  return state.projects.find(({ id, path }) => String(id) === which || path === which) ?? null;
}

export function groupOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

export function lastPart(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** The project's own; a merge request starts with copies of them. */
export function approvalRulesOf({ id, settings: { approvalsRequired, approvalRules } }: Project): ApprovalRule[] {
  const everybody: ApprovalRule[] = approvalsRequired === 0 ? [] : [{ id: id * 100, name: 'All Members', type: 'any_approver', approvalsRequired, approvers: [], hiddenApprovers: false, branches: [] }];
  return [...everybody, ...approvalRules.map(({ name, required, approvers = [], hiddenApprovers = false, branches = [] }, index) => ({ id: id * 100 + index + 1, name, type: 'regular', approvalsRequired: required, approvers, hiddenApprovers, branches }))];
}
