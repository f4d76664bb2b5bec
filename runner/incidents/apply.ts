import { FailureError } from '../../src/base/failure.ts';
import type { GitLab } from '../gitlab/port.ts';
import type { MergeRequest, Project } from '../gitlab/schema.ts';
import { REVERT_LABEL } from './labels.ts';
import { revertNote } from './notes.ts';
import { noteActions, ownNote, type Action, type WayBack } from './plan.ts';
import { revertBranch, revertDescription, revertTitle } from './revert.ts';

/**
 * Does what was planned, in its order. What cannot be done on one issue or merge request ends what is left for that one, because each step stands on those before it, and nothing else: the next round plans what is left.
 * @throws FailureError the first, when all others are done
 */
export async function apply(project: Project, actions: readonly Action[], gitlab: GitLab, bot: string): Promise<void> {
  const failures = new Map<string, FailureError>();
  for (const action of actions) {
    const on = `${action.on.kind} ${action.on.iid}`;
    if (failures.has(on)) continue;
    try {
      await take(project, action, gitlab, bot);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      failures.set(on, error);
    }
  }
  for (const failure of failures.values()) throw failure;
}

async function take(project: Project, action: Action, gitlab: GitLab, bot: string): Promise<void> {
  const { on } = action;
  switch (action.kind) {
    case 'cancel-auto-merge':
      await gitlab.cancelAutoMerge(project.id, on.iid);
      break;
    case 'run-pipeline':
      await gitlab.runPipeline(project.id, on.iid);
      break;
    case 'labels':
      await gitlab.setLabels(project.id, on, action);
      break;
    case 'relate':
      await gitlab.relateIssues(project.id, on.iid, action.to);
      break;
    case 'create-note':
      // another run may have written it since this was planned
      if (ownNote(await gitlab.notes(project.id, on), action.note, bot) === undefined) await gitlab.createNote(project.id, on, action.body);
      break;
    case 'edit-note':
      await gitlab.editNote(project.id, on, action.note, action.body);
      break;
    case 'revert':
      await openWayBack(project, action.revert, gitlab, bot);
      break;
  }
}

/** The branch is found again by its name, the merge request by its label, the note by its marker: whatever a run was killed in, the next goes on from there. */
export async function openWayBack(project: Project, { incident, memory, startSha, files }: WayBack, gitlab: GitLab, bot: string): Promise<MergeRequest> {
  const title = revertTitle(memory);
  const source = revertBranch(incident);
  await gitlab.commitToNewBranch(project.id, { branch: source, startSha, message: `${title}\n\nBecause of ${project.path}#${incident.iid}.`, files });
  const [standing] = await gitlab.requestsFrom(project.id, source);
  const request = standing ?? await gitlab.createMergeRequest(project.id, { source, target: project.defaultBranch ?? 'main', title, description: revertDescription(memory, incident), labels: [REVERT_LABEL] });
  const on = { kind: 'issue', iid: incident.iid } as const;
  await apply(project, noteActions(on, 'revert', revertNote(request.webUrl, request.iid, title), await gitlab.notes(project.id, on), bot, 'put back'), gitlab, bot);
  return request;
}
