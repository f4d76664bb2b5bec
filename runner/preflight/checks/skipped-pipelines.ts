import { ok, warning, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const skippedPipelines: Check<ProjectFacts> = {
  name: 'skipped-pipelines',
  title: 'A skipped pipeline is no successful one',
  why: 'A commit message with [skip ci], or rules that leave no job, would let an update in that nothing has checked.',
  run({ project }) {
    if (!project.skippedPipelinesCount) return ok('skipped pipelines do not count');
    return warning('"Skipped pipelines are considered successful" is on', 'Switch it off: Settings > Merge requests > Merge checks.');
  },
};
