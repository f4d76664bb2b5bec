import type { Collaboration } from './collaboration.ts';
import type { ApprovalRule, Approvals, Branch, Hook, Label, Incident, MergeRequest, Pipeline, PipelineSchedule, Project, ProtectedBranch, TokenSelf, TreeEntry, User } from './schema.ts';

export interface MergeRequestQuery {
  readonly state: 'opened' | 'merged' | 'closed' | 'all';
  readonly author: string;
  /** ISO 8601; only those that changed since. */
  readonly updatedAfter?: string;
}

export interface ScheduleInput {
  readonly description: string;
  readonly ref: string;
  readonly cron: string;
  readonly timezone: string;
  readonly active: boolean;
}

/**
 * GitLab as the runner needs it. Every method throws a FailureError (`gitlab-…`) when GitLab refuses, is not there, or answers what nobody can read; where it says null, a 404 is an
 * answer. `project` is a path or an id.
 */
export interface GitLab extends Collaboration {
  /** `https://gitlab.example.com/api/v4/` */
  readonly endpoint: string;
  user(): Promise<User>;
  version(): Promise<string>;
  /** Null when the token is of a kind that cannot look at itself. */
  token(): Promise<TokenSelf | null>;
  project(project: string | number): Promise<Project | null>;
  /** With subgroups; null when there is no such group for this token. */
  groupProjects(group: string): Promise<readonly Project[] | null>;
  /** Those that the token is a member of; with a topic, of those. */
  memberProjects(topic: string | null): Promise<readonly Project[]>;
  /** Null when the folder or the branch does not exist. */
  tree(project: number, folder: string): Promise<readonly TreeEntry[] | null>;
  file(project: number, path: string, ref: string): Promise<string | null>;
  mergeRequests(project: number, query: MergeRequestQuery): Promise<readonly MergeRequest[]>;
  mergeRequest(project: number, iid: number): Promise<MergeRequest | null>;
  approvals(project: number, iid: number): Promise<Approvals | null>;
  approvalRules(project: number): Promise<readonly ApprovalRule[] | null>;
  /** The newest first. */
  pipelines(project: number, query: { readonly source?: string; readonly ref?: string }): Promise<readonly Pipeline[]>;
  branch(project: number, name: string): Promise<Branch | null>;
  protectedBranches(project: number): Promise<readonly ProtectedBranch[]>;
  /** Null when the token may not see them. */
  hooks(project: number): Promise<readonly Hook[] | null>;
  /** The newest incident, open or closed; null when there never was one. */
  latestIncident(project: number): Promise<Incident | null>;
  schedules(project: number | string): Promise<readonly PipelineSchedule[]>;
  /** With its variables, as far as the token's user owns it. */
  schedule(project: number | string, id: number): Promise<PipelineSchedule | null>;
  createSchedule(project: number | string, input: ScheduleInput): Promise<PipelineSchedule>;
  editSchedule(project: number | string, id: number, input: ScheduleInput): Promise<void>;
  deleteSchedule(project: number | string, id: number): Promise<void>;
  takeOwnership(project: number | string, id: number): Promise<void>;
  setScheduleVariable(project: number | string, id: number, key: string, value: string, exists: boolean): Promise<void>;
  deleteScheduleVariable(project: number | string, id: number, key: string): Promise<void>;
  /** Null when one of that name is there already. */
  createLabel(project: number, name: string, description: string): Promise<Label | null>;
  label(project: number, name: string): Promise<Label | null>;
  /** False when it is gone. */
  describeLabel(project: number, id: number, description: string): Promise<boolean>;
  /** No matter when it is gone. */
  deleteLabel(project: number, id: number): Promise<void>;
}
