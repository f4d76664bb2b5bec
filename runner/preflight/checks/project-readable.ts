import type { Project } from '../../gitlab/schema.ts';
import { ok, problem, whenKnown, type Check, type Fact } from '../check.ts';

export const projectReadable: Check<Fact<Pick<Project, 'path'> | null>> = {
  name: 'project-readable',
  title: 'The token sees the project',
  why: 'Renovate cannot work in a project that it does not see.',
  run(project) {
    return whenKnown(project, 'try again, or see what the message says', (value) => (value === null ? problem('there is no such project or group for this token', "Correct the path, or make the token's user a member of it.") : ok('seen')));
  },
};
