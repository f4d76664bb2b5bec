/** What the emulated GitLab remembers of each thing. Plain data, changed in place by the routes. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly bot: boolean;
}

export interface AccessToken {
  readonly id: number;
  readonly value: string;
  readonly user: User;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  expiresAt: string | null;
  revoked: boolean;
}

export interface Note {
  readonly id: number;
  readonly author: User;
  readonly createdAt: string;
  /** Written by GitLab itself. */
  readonly system: boolean;
  /** Notes of one thread have it in common. */
  readonly discussion: string;
  /** Null: it is no thread that waits for somebody. */
  resolved: boolean | null;
  body: string;
  updatedAt: string;
}

export interface StateEvent {
  readonly id: number;
  readonly user: User;
  readonly createdAt: string;
  readonly state: 'closed' | 'reopened';
}

export interface Issue {
  readonly iid: number;
  readonly author: User;
  readonly createdAt: string;
  readonly type: 'issue' | 'incident';
  readonly severity: string;
  readonly notes: Note[];
  readonly stateEvents: StateEvent[];
  title: string;
  description: string;
  labels: string[];
  assignees: User[];
  state: 'opened' | 'closed';
  closedAt: string | null;
  closedBy: User | null;
  confidential: boolean;
  updatedAt: string;
}

export interface Alert {
  readonly id: number;
  readonly iid: number;
  readonly fingerprint: string;
  readonly title: string;
  readonly severity: string;
  readonly startedAt: string;
  /** As it came. */
  readonly payload: unknown;
  status: 'triggered' | 'resolved';
  endedAt: string | null;
  events: number;
  /** Its incident. */
  issueIid: number | null;
}

export interface ApprovalRule {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** Usernames; empty in a rule for everybody. */
  readonly approvers: readonly string[];
  readonly hiddenApprovers: boolean;
  readonly branches: readonly string[];
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
  /** Where the branch began, when its head or the target was last set: the diff's other end. */
  base: string;
  removeSource: boolean;
  autoMerge: { readonly sha: string; readonly user: User; readonly removeSource: boolean } | null;
  mergeCommit: string | null;
  mergedBy: User | null;
  mergedAt: string | null;
  closedBy: User | null;
  closedAt: string | null;
  updatedAt: string;
}

export interface Pipeline {
  readonly id: number;
  readonly iid: number;
  readonly sha: string;
  /** refs/merge-requests/1/head where `source` is merge_request_event. */
  readonly ref: string;
  readonly branch: string;
  readonly source: 'push' | 'external' | 'schedule' | 'merge_request_event';
  readonly user: User;
  readonly createdAt: string;
  readonly variables: readonly Variable[];
}

/** A job of a pipeline or a status from outside: both are commit statuses. */
export interface Status {
  readonly id: number;
  readonly pipeline: Pipeline;
  readonly name: string;
  readonly author: User;
  readonly createdAt: string;
  state: string;
  description: string | null;
  targetUrl: string | null;
}

export interface Variable {
  readonly key: string;
  value: string;
  type: string;
}

export interface Schedule {
  readonly id: number;
  readonly createdAt: string;
  readonly variables: Variable[];
  readonly pipelines: Pipeline[];
  description: string;
  ref: string;
  cron: string;
  timezone: string;
  active: boolean;
  owner: User;
  updatedAt: string;
}

export interface Hook {
  readonly id: number;
  readonly createdAt: string;
  url: string;
  name: string | null;
  /** Sent with every delivery, never answered. */
  token: string | null;
  /** `push_events` and its like that are on. */
  events: Set<string>;
  sslVerification: boolean;
  branchFilter: string | null;
  /** GitLab gives up on receivers that fail: `executable`, `temporarily_disabled`, `disabled`. */
  alertStatus: string;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}
