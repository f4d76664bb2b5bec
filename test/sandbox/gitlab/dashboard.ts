import { editIssue } from './issues.ts';
import type { Issue, Project, State } from './state.ts';

/** Renovate's dashboard as a person sees and uses it. */
const DASHBOARD = 'Dependency Dashboard';

export function dashboardOf(project: Project): Issue | null {
  return project.issues.find(({ title, state }) => title === DASHBOARD && state === 'opened') ?? null;
}

/** Ticks the only unticked checkbox whose line matches. */
export function tick(state: State, project: Project, line: RegExp): void {
  const issue = dashboardOf(project);
  const lines = issue?.description.split('\n') ?? [];
  const found = lines.filter((text) => text.trim().startsWith('- [ ]') && line.test(text));
  if (issue === null || found.length !== 1) throw new Error(`${found.length} checkboxes of ${project.path} match ${line}`);
  editIssue(state, project, issue, state.maintainer, { description: lines.map((text) => (text === found[0] ? text.replace('[ ]', '[x]') : text)).join('\n') });
}
