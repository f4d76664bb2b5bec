import { fail } from '../../src/base/failure.ts';
import type { RunnerContext } from '../context.ts';
import type { Setup } from '../setup.ts';
import { withProject } from './check.ts';
import { REVERT_LABEL } from './labels.ts';
import { revertNote } from './notes.ts';
import { noteActions } from './plan.ts';
import { changedTogether, planRevert, revertBranch, revertDescription, revertTitle, type RefusalCode, type Undone } from './revert.ts';
import { apply, judge } from './round.ts';

export interface RevertOutcome {
  /** Null when nothing was, or would be, done. */
  readonly mergeRequest: { readonly iid: number; readonly url: string } | null;
  readonly title: string | null;
  readonly versions: readonly Undone[];
  readonly refusal: { readonly code: RefusalCode; readonly reason: string } | null;
}

/**
 * Opens the merge request that puts an incident's application back, and says so on the incident. The steps are found again in GitLab, so that a run that was killed in between is made good by the next: the branch by its
 * name, the merge request by what its description remembers, the note by its marker.
 */
export function undo(setup: Setup, path: string, iid: number, write: boolean, context: Pick<RunnerContext, 'io' | 'world'>): Promise<RevertOutcome> {
  return withProject(setup, path, context, async (project, { gitlab }, look) => {
    const { username } = await gitlab.user();
    const [incidents, earlier, investigation] = await Promise.all([gitlab.incidents(project.id, { state: 'all' }), gitlab.labelledRequests(project.id, username, REVERT_LABEL), look()]);
    const incident = incidents.find((one) => one.iid === iid);
    if (incident === undefined) return fail({ code: 'gitlab-missing', message: `there is no incident #${iid} in ${path}`, remedy: 'See `renovate-argocd-runner incidents` for those that are open.' });
    const judged = await judge({ ...incident, open: true }, investigation);
    const texts = new Map<string, string>();
    for (const { file } of changedTogether(judged.accusation)) texts.set(file, await investigation.text(file).catch(() => ''));
    const plan = planRevert({ judged, pins: investigation.pins, earlier, text: (file) => texts.get(file) ?? '' });
    if (!plan.possible) return { mergeRequest: null, title: null, versions: [], refusal: { code: plan.code, reason: plan.reason } };
    const title = revertTitle(plan.memory);
    const { versions } = plan.memory;
    if (!write) return { mergeRequest: null, title, versions, refusal: null };
    const source = revertBranch(incident);
    await gitlab.commitToNewBranch(project.id, { branch: source, startSha: investigation.head, message: `${title}\n\nBecause of ${path}#${iid}.`, files: plan.files });
    const request = await gitlab.createMergeRequest(project.id, { source, target: project.defaultBranch ?? 'main', title, description: revertDescription(plan.memory, incident), labels: [REVERT_LABEL] });
    const on = { kind: 'issue', iid } as const;
    await apply(project, noteActions(on, 'revert', revertNote(request.webUrl, request.iid, title), await gitlab.notes(project.id, on), username, 'revert'), gitlab);
    return { mergeRequest: { iid: request.iid, url: request.webUrl }, title, versions, refusal: null };
  });
}
