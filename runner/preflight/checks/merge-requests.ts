import { ok, problem, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const mergeRequests: Check<ProjectFacts> = {
  name: 'merge-requests',
  title: 'Merge requests are switched on',
  why: 'Renovate proposes every update as a merge request, and stops where there are none.',
  run({ project }) {
    return project.mergeRequests ? ok('switched on') : problem('switched off', 'Switch on Repository and Merge requests: Settings > General > Visibility, project features, permissions.');
  },
};
