import { ok, problem, warning, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const pipelinesMustSucceed: Check<ProjectFacts> = {
  name: 'pipelines-must-succeed',
  title: 'GitLab merges only after a successful pipeline',
  // modules/platform/gitlab/index.js, 44.121.2: tryPrAutomerge takes a failed pipeline for a ready one and sends no commit
  why: 'Renovate asks GitLab to merge when the pipeline has failed too, and after a push of somebody else. Only this setting keeps a broken version out.',
  run({ project, automerges }) {
    if (project.pipelinesMustSucceed) return ok('"Pipelines must succeed" is on');
    const remedy = 'Switch it on: Settings > Merge requests > Merge checks > Pipelines must succeed.';
    return automerges ? problem('"Pipelines must succeed" is off, so automerge can merge a failed pipeline', remedy) : warning('"Pipelines must succeed" is off; by the Renovate config nothing is merged automatically yet', remedy);
  },
};
