import { ok, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const discussionsResolved: Check<ProjectFacts> = {
  name: 'discussions-resolved',
  title: 'What open threads do',
  why: 'With "All threads must be resolved" a single comment holds an automerge: good for people who want to stop one, a surprise where another bot opens threads.',
  run({ project }) {
    return ok(project.discussionsMustBeResolved ? 'an open thread holds the merge, also of another bot' : 'open threads do not hold a merge');
  },
};
