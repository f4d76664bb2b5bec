import { known } from '../../../../runner/preflight/check.ts';
import { pipelinesExist } from '../../../../runner/preflight/checks/pipelines-exist.ts';
import type { ProjectFacts } from '../../../../runner/preflight/facts.ts';
import { pipeline, project, projectFacts, refused, verdictOf } from '../made-up.ts';

const ON_MAIN = pipeline('push', 'main');

it.each<[string, Partial<ProjectFacts>, string]>([
  ['of merge requests', {}, 'ok: for merge requests, the last one success'],
  ['of merge requests, failed', { pipelines: known([ON_MAIN, pipeline('merge_request_event', 'refs/merge-requests/1/head', 'failed')]) }, 'ok: for merge requests, the last one failed'],
  ['of branches', { pipelines: known([ON_MAIN, pipeline('push', 'renovate/web-1.x')]) }, 'ok: for branches such as renovate/web-1.x, the last one success'],
  ['of another CI', { pipelines: known([pipeline('external', 'topic')]), hasCiConfig: known(false) }, 'ok: for branches such as topic, the last one success'],
  ['of the default branch only', { pipelines: known([ON_MAIN]) }, 'problem: the last ones are of pushes to main; none is of a merge request or of another branch'],
  ['of schedules and tags only', { pipelines: known([pipeline('schedule', 'main'), pipeline('push', 'v1.0.0')]) }, 'problem: the last ones are of schedule and push; none is of a merge request or of another branch'],
  ['none', { pipelines: known([]), hasCiConfig: known(false) }, 'problem: there is no .gitlab-ci.yml, and no pipeline'],
  ['none, by another name', { pipelines: known([]), hasCiConfig: known(false), project: project({ ciConfigPath: 'ci/main.yml' }) }, 'problem: there is no ci/main.yml, and no pipeline'],
  ['none, and nothing to merge', { pipelines: known([]), hasCiConfig: known(false), automerges: false }, 'warning: there is no .gitlab-ci.yml, and no pipeline'],
  ['none yet', { pipelines: known([]) }, 'warning: there is a CI configuration, but no pipeline has run yet'],
  ['none yet, configured elsewhere', { pipelines: known([]), hasCiConfig: known(null) }, 'warning: there is a CI configuration, but no pipeline has run yet'],
  ['switched off', { project: project({ pipelines: false }) }, 'problem: CI/CD is switched off'],
  ['not shown', { pipelines: refused() }, 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, fields, expected) => {
  expect(verdictOf(pipelinesExist, projectFacts(fields))).toBe(expected);
});
