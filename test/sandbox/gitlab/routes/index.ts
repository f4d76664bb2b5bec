import type { Routes } from '../router.ts';
import { approvalRoutes } from './approvals.ts';
import { branchRoutes } from './branches.ts';
import { commitRoutes } from './commits.ts';
import { discussionRoutes } from './discussions.ts';
import { fileRoutes } from './files.ts';
import { hookRoutes } from './hooks.ts';
import { issueLinkRoutes } from './issue-links.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { mergeRequestRoutes } from './merge-requests.ts';
import { pipelineRoutes } from './pipelines.ts';
import { projectRoutes } from './projects.ts';
import { scheduleRoutes } from './schedules.ts';
import { userRoutes } from './users.ts';

/** All that is emulated of REST v4. The first line that fits answers. */
export const ROUTES: Routes = {
  ...userRoutes,
  ...projectRoutes,
  ...fileRoutes,
  ...branchRoutes,
  ...commitRoutes,
  ...pipelineRoutes,
  ...scheduleRoutes,
  ...mergeRequestRoutes,
  ...approvalRoutes,
  ...discussionRoutes,
  ...issueRoutes,
  ...issueLinkRoutes,
  ...labelRoutes,
  ...hookRoutes,
};
