import type { GitLab } from '../gitlab/port.ts';
import type { MergeRequest, Project } from '../gitlab/schema.ts';
import { REVERT_LABEL } from './labels.ts';
import { revertNote } from './notes.ts';
import { noteActions, type Action, type WayBack } from './plan.ts';
import { revertBranch, revertDescription, revertTitle } from './revert.ts';

/** Does what was planned, in its order. Each step may fail and be repeated: the next round plans what is left. */
export async function apply(project: Project, actions: readonly Action[], gitlab: GitLab, bot: string): Promise<void> {
  for (const action of actions) {
    const { on } = action;
    switch (action.kind) {
      case 'cancel-auto-merge':
        await gitlab.cancelAutoMerge(project.id, on.iid);
        break;
      case 'labels':
        await gitlab.setLabels(project.id, on, action);
        break;
      case 'relate':
        await gitlab.relateIssues(project.id, on.iid, action.to);
        break;
      case 'create-note':
        await gitlab.createNote(project.id, on, action.body);
        break;
      case 'edit-note':
        await gitlab.editNote(project.id, on, action.note, action.body);
        break;
      case 'revert':
        await openWayBack(project, action.revert, gitlab, bot);
        break;
    }
  }
}

/** The branch is found again by its name, the merge request by its label, the note by its marker: whatever a run was killed in, the next goes on from there. */
export async function openWayBack(project: Project, { incident, memory, startSha, files }: WayBack, gitlab: GitLab, bot: string): Promise<MergeRequest> {
  const title = revertTitle(memory);
  const source = revertBranch(incident);
  await gitlab.commitToNewBranch(project.id, { branch: source, startSha, message: `${title}\n\nBecause of ${project.path}#${incident.iid}.`, files });
  const request = await gitlab.createMergeRequest(project.id, { source, target: project.defaultBranch ?? 'main', title, description: revertDescription(memory, incident), labels: [REVERT_LABEL] });
  const on = { kind: 'issue', iid: incident.iid } as const;
  await apply(project, noteActions(on, 'revert', revertNote(request.webUrl, request.iid, title), await gitlab.notes(project.id, on), bot, 'put back'), gitlab, bot);
  return request;
}
