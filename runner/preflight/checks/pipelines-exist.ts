import type { Pipeline } from '../../gitlab/schema.ts';
import { ok, problem, warning, whenKnown, type Check, type Judgement } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const pipelinesExist: Check<ProjectFacts> = {
  name: 'pipelines-exist',
  title: 'Merge requests have a pipeline',
  // Renovate's branch status without any check is yellow, and PUT …/merge answers 405 (both measured with 44.121.2)
  why: 'Automerge waits for a pipeline. Without one Renovate never merges; and where nothing is checked, nothing is known of the new version.',
  run(facts) {
    const { project, pipelines, hasCiConfig, automerges } = facts;
    const bad = automerges ? problem : warning;
    if (!project.pipelines) return bad('CI/CD is switched off', 'Switch it on: Settings > General > Visibility, project features, permissions > CI/CD.');
    return whenKnown(pipelines, 'Build > Pipelines', (all) => {
      const seen = whatRan(all, project.defaultBranch);
      if (seen !== null) return ok(seen);
      const none = hasCiConfig.known && hasCiConfig.value === false;
      if (none) return bad(`there is no ${project.ciConfigPath ?? '.gitlab-ci.yml'}, and no pipeline`, ADD);
      return all.length === 0 ? warning('there is a CI configuration, but no pipeline has run yet', `Open a merge request and see whether it gets a pipeline. ${RULES}`) : onlyElsewhere(all, bad, project.defaultBranch);
    });
  },
};

const ADD = 'Add a .gitlab-ci.yml with a job that checks the change, for merge requests (`rules: - if: $CI_PIPELINE_SOURCE == "merge_request_event"`): `renovate-argocd check` is one that always makes sense.';
const RULES = 'Its `workflow:rules` must let pipelines of merge requests (merge_request_event) or of branches through.';

/** The best evidence among the last pipelines; null when none was for a change that is to be merged. */
function whatRan(pipelines: readonly Pipeline[], defaultBranch: string | null): string | null {
  const ofRequest = pipelines.find(({ source }) => source === 'merge_request_event');
  if (ofRequest !== undefined) return `for merge requests, the last one ${ofRequest.status}`;
  const ofBranch = pipelines.find(({ source, ref }) => BRANCH_SOURCES.has(source) && ref !== null && ref !== defaultBranch && !VERSION.test(ref));
  return ofBranch === undefined ? null : `for branches such as ${ofBranch.ref}, the last one ${ofBranch.status}`;
}

/** `external`: commit statuses of another CI. */
const BRANCH_SOURCES = new Set(['push', 'external', 'external_pull_request_event']);

/** A tag; the list does not tell it from a branch. */
const VERSION = /^v?\d+\.\d/;

function onlyElsewhere(pipelines: readonly Pipeline[], bad: (found: string, remedy: string) => Judgement, defaultBranch: string | null): Judgement {
  const sources = [...new Set(pipelines.map(({ source, ref }) => (ref === defaultBranch && source === 'push' ? `pushes to ${ref}` : source)))];
  return bad(`the last ones are of ${sources.join(' and ')}; none is of a merge request or of another branch`, RULES);
}
