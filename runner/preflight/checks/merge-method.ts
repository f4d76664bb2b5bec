import { ok, warning, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const mergeMethod: Check<ProjectFacts> = {
  name: 'merge-method',
  title: 'How merging goes on',
  // modules/platform/gitlab/index.js, 44.121.2: getBranchForceRebase, isBranchMergeQueueEnabled, tryPrAutomerge
  why: 'Without merge commits every merge makes all other branches stale, and Renovate rebases them in its next run: about one merge for each project and run. Merge trains spare that, from GitLab 17.11 on.',
  run({ project, version }) {
    if (project.mergeTrains) {
      if (version !== null && isOlder(version, 17, 11)) return warning(`merge trains are on, but Renovate can use them only from GitLab 17.11 on, and this is ${version}: it merges past them`, 'Upgrade GitLab, or switch merge trains off: Settings > Merge requests > Merge options.');
      return ok('merge trains: Renovate puts its merge requests on the train; they need pipelines of merge requests, and `automergeType: branch` opens merge requests instead');
    }
    return ok(METHODS[project.mergeMethod] ?? project.mergeMethod);
  },
};

const METHODS: Readonly<Record<string, string>> = {
  merge: 'merge commits: several can be merged in one run',
  rebase_merge: 'semi-linear history: branches are kept rebased, so mostly one is merged in a run',
  ff: 'fast-forward: branches are kept rebased, so mostly one is merged in a run',
};

function isOlder(version: string, major: number, minor: number): boolean {
  const [, a = '0', b = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(a) < major || (Number(a) === major && Number(b) < minor);
}
