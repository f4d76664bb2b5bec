import { ok, warning, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

export const issuesEnabled: Check<ProjectFacts> = {
  name: 'issues-enabled',
  title: 'Issues are switched on',
  why: 'The Dependency Dashboard is an issue, and so is an incident: without them nobody can approve a major update with a tick, and no incident holds an update back.',
  run({ project }) {
    return project.issues ? ok('switched on') : warning('switched off', 'Switch them on: Settings > General > Visibility, project features, permissions > Issues.');
  },
};
