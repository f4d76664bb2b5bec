import type { Check } from '../check.ts';
import type { ProjectFacts, TokenFacts } from '../facts.ts';
import { alertIntegration } from './alert-integration.ts';
import { approvals } from './approvals.ts';
import { botAccount } from './bot-account.ts';
import { discussionsResolved } from './discussions-resolved.ts';
import { gitlabVersion } from './gitlab-version.ts';
import { issuesEnabled } from './issues-enabled.ts';
import { mergeChecks } from './merge-checks.ts';
import { mergeMethod } from './merge-method.ts';
import { mergeRequests } from './merge-requests.ts';
import { pipelinesExist } from './pipelines-exist.ts';
import { pipelinesMustSucceed } from './pipelines-must-succeed.ts';
import { projectList } from './project-list.ts';
import { projectReadable } from './project-readable.ts';
import { protectedBranch } from './protected-branch.ts';
import { removeSourceBranch } from './remove-source-branch.ts';
import { role } from './role.ts';
import { skippedPipelines } from './skipped-pipelines.ts';
import { squashOption } from './squash-option.ts';
import { tokenExpiry } from './token-expiry.ts';
import { tokenScopes } from './token-scopes.ts';
import { tokenValid } from './token-valid.ts';
import { webhook } from './webhook.ts';

/** In the order in which they are reported. */
export const tokenChecks: readonly Check<TokenFacts>[] = [tokenValid, tokenScopes, tokenExpiry, botAccount, gitlabVersion, projectList];

/** What can be said of a project that could not be read. */
export const accessChecks = [projectReadable] as const;

export const projectChecks: readonly Check<ProjectFacts>[] = [
  role,
  mergeRequests,
  pipelinesMustSucceed,
  pipelinesExist,
  skippedPipelines,
  protectedBranch,
  approvals,
  mergeChecks,
  discussionsResolved,
  mergeMethod,
  squashOption,
  removeSourceBranch,
  issuesEnabled,
  webhook,
  alertIntegration,
];
