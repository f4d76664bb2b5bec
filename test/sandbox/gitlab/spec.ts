import type { Files } from '../git.ts';

/** What a test says of a project or an account; everything but the path has a default. */
export type CiResult = 'success' | 'failed' | 'running' | 'skipped';

export type FeatureAccess = 'enabled' | 'private' | 'disabled';

export interface ProjectSpec {
  /** group/name; GitLab takes letters, digits and _.- here. */
  readonly path: string;
  readonly files?: Files;
  readonly tags?: readonly string[];
  /** No commit at all; `files` and `tags` do not count then. */
  readonly empty?: boolean;
  /** What people read: any text. The last part of the path when left out. */
  readonly name?: string;
  readonly description?: string;
  /** What a pipeline comes to that starts with a push; `none`: no pipeline is created. `success` when left out. */
  readonly ci?: CiResult | 'none';
  /** `merge_request_event`: branches have pipelines only while a merge request is open, as .gitlab-ci.yml's `workflow` can say; main has those of pushes. */
  readonly ciSource?: 'push' | 'merge_request_event';
  /** The project setting "Pipelines must succeed", and whether skipped ones count as well. */
  readonly pipelinesMustSucceed?: boolean;
  readonly skippedPipelinesCount?: boolean;
  readonly discussionsMustBeResolved?: boolean;
  readonly mergeMethod?: 'merge' | 'rebase_merge' | 'ff';
  readonly squashOption?: 'never' | 'always' | 'default_on' | 'default_off';
  readonly mergeTrains?: boolean;
  /** What a new merge request does with its branch when it does not say so itself. */
  readonly removeSourceBranch?: boolean;
  readonly ciConfigPath?: string | null;
  /** One rule for everybody; `approvalRules` are further ones. */
  readonly approvalsRequired?: number;
  readonly approvalRules?: readonly ApprovalRuleSpec[];
  /** The bot's role: 10 Guest, 20 Reporter, 30 Developer, 40 Maintainer (when left out), 0 no member. */
  readonly botAccess?: number;
  /** The roles of other accounts, by username. */
  readonly members?: Readonly<Record<string, number>>;
  /** Groups that the project is shared with. */
  readonly sharedWith?: readonly string[];
  /** Who may push to and merge into the protected branch main; Maintainers when left out, 0 nobody. */
  readonly pushAccess?: number;
  readonly mergeAccess?: number;
  /** Usernames that may besides. */
  readonly pushUsers?: readonly string[];
  readonly mergeUsers?: readonly string[];
  /** false: main is a branch like any other. */
  readonly mainProtected?: boolean;
  readonly archived?: boolean;
  readonly topics?: readonly string[];
  /** The project that it is a fork of; true: of one that nobody here may see. */
  readonly fork?: boolean | string;
  /** Since when: `2026-01-31`. */
  readonly pendingDeletion?: string | null;
  readonly mergeRequestsOff?: boolean;
  readonly issuesOff?: boolean;
  readonly repositoryOff?: boolean;
  readonly pipelinesOff?: boolean;
  readonly monitorOff?: boolean;
  readonly autoDevops?: boolean;
  /** Who may give pipelines and schedules variables: "Minimum role to use pipeline variables". */
  readonly variablesRole?: 'no_one_allowed' | 'developer' | 'maintainer' | 'owner';
  readonly statusChecksMustPass?: boolean;
  readonly jiraIssueNeeded?: boolean;
  /** false: git over ssh is not offered. */
  readonly sshUrl?: boolean;
  /** The authorization key of the alert endpoint; made up when left out. */
  readonly alertKey?: string;
  /** Settings > Monitor > Alerts > Alert settings. */
  readonly createIncidents?: boolean;
  readonly autoCloseIncidents?: boolean;
}

export interface ApprovalRuleSpec {
  readonly name: string;
  readonly required: number;
  /** Usernames. */
  readonly approvers?: readonly string[];
  /** Whether there are approvers that the reader may not see. */
  readonly hiddenApprovers?: boolean;
  /** Protected branches that it is for; all when left out. */
  readonly branches?: readonly string[];
}

export interface UserSpec {
  readonly username: string;
  readonly token: string;
  readonly name?: string;
  /** The token's; api when left out. */
  readonly scopes?: readonly string[];
  /** `2026-01-31`: from that day on the token is refused. */
  readonly expiresAt?: string | null;
  /** Whether the account belongs to a project's or group's access token. */
  readonly bot?: boolean;
}
