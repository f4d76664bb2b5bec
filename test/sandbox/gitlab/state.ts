import type { Alert, AccessToken, Hook, Issue, Label, MergeRequest, Pipeline, Schedule, Status, User } from './records.ts';
import type { ProjectSpec } from './spec.ts';

export type * from './records.ts';

type Settings = { -readonly [Key in keyof Omit<ProjectSpec, 'path' | 'files' | 'tags' | 'empty'>]-?: Exclude<ProjectSpec[Key], undefined> };

export interface Project {
  readonly id: number;
  readonly path: string;
  readonly createdAt: string;
  /** The bare repository. */
  repository: string;
  /** Branches and their commits when GitLab last looked: what differs was pushed since. */
  heads: ReadonlyMap<string, string>;
  /** Changeable: an administrator changes settings as well. */
  settings: Settings;
  readonly mergeRequests: MergeRequest[];
  readonly issues: Issue[];
  readonly alerts: Alert[];
  readonly labels: Label[];
  readonly pipelines: Pipeline[];
  readonly statuses: Status[];
  readonly schedules: Schedule[];
  readonly hooks: Hook[];
}

/** Between two issues, of one project or of two. */
export interface IssueLink {
  readonly id: number;
  readonly type: string;
  readonly createdAt: string;
  readonly source: { readonly project: Project; readonly issue: Issue };
  readonly target: { readonly project: Project; readonly issue: Issue };
}

/** What a webhook is to be told, written down at the time of the event. */
export interface Message {
  readonly project: string;
  readonly hook: Hook;
  /** `Push Hook` */
  readonly event: string;
  readonly body: string;
}

export interface State {
  readonly root: string;
  /** Known once the port is. */
  origin: string;
  /** The last id given: one row for all kinds. */
  lastId: number;
  readonly bot: User;
  readonly maintainer: User;
  /** Who opens and closes incidents. */
  readonly alertBot: User;
  readonly users: User[];
  readonly tokens: AccessToken[];
  readonly projects: Project[];
  /** Those that were deleted. */
  readonly removed: Project[];
  readonly links: IssueLink[];
  readonly outbox: Message[];
  /** Calls that no route is there for. */
  readonly unknown: string[];
}

export function newState(root: string): State {
  const bot: User = { id: 1, username: 'renovate-bot', name: 'Renovate Bot', email: 'renovate-bot@example.org', bot: false };
  const maintainer: User = { id: 2, username: 'maintainer', name: 'Mara Maintainer', email: 'maintainer@example.org', bot: false };
  const alertBot: User = { id: 3, username: 'alert-bot', name: 'GitLab Alert Bot', email: 'alert-bot@example.org', bot: true };
  return { root, origin: '', lastId: 100, bot, maintainer, alertBot, users: [bot, maintainer, alertBot], tokens: [], projects: [], removed: [], links: [], outbox: [], unknown: [] };
}

export function nextId(state: State): number {
  state.lastId += 1;
  return state.lastId;
}

export function now(): string {
  return new Date().toISOString();
}
