import { nextId, type Label, type Project, type State } from './state.ts';

export const LABEL_COLOR = '#6699cc';

export function addLabel(state: State, project: Project, name: string, color: string, description: string | null = null): Label {
  const label = { id: nextId(state), name, color, description };
  project.labels.push(label);
  return label;
}

/** A label that is set without being there is made. */
export function ensureLabels(state: State, project: Project, names: readonly string[]): void {
  names.filter((name) => !project.labels.some((label) => label.name === name)).forEach((name) => addLabel(state, project, name, LABEL_COLOR));
}
