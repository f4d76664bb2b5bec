import { ok, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const squashOption: Check<ProjectFacts> = {
  name: 'squash-option',
  title: 'Whether commits are squashed',
  why: 'Renovate takes the project\'s setting for its merge requests; `automergeStrategy` has no effect on GitLab.',
  run({ project }) {
    return ok(OPTIONS[project.squashOption] ?? project.squashOption);
  },
};

const OPTIONS: Readonly<Record<string, string>> = {
  never: 'never squashed',
  always: 'always squashed',
  default_on: 'squashed by default, so Renovate\'s are too',
  default_off: 'not squashed by default, so Renovate\'s are not',
};
