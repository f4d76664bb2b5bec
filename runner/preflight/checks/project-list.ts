import { ok, warning, whenKnown, type Check } from '../check.ts';
import type { TokenFacts } from '../facts.ts';

export const projectList: Check<TokenFacts> = {
  name: 'project-list',
  title: 'The selection finds projects',
  why: 'What is not found is not run.',
  run({ projects }) {
    return whenKnown(projects, '`plan` says it in full', (count) => (count === 0 ? warning('no project would be run', 'Name projects, groups or topics; `plan` says why each one is skipped.') : ok(`${count} ${count === 1 ? 'project' : 'projects'}`)));
  },
};
