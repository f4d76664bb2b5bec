import { ok, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const removeSourceBranch: Check<ProjectFacts> = {
  name: 'remove-source-branch',
  title: 'Merged branches go away',
  why: 'Renovate asks for it in each of its merge requests, whatever the project says; one that a person reopens or makes by hand follows the setting.',
  run({ project }) {
    return ok(project.removeSourceBranch ? 'the project removes them, and Renovate asks for it' : 'Renovate asks for it; by the project\'s setting others stay');
  },
};
