import { fail } from '../../src/base/failure.ts';
import type { RunnerContext } from '../context.ts';
import type { Setup } from '../setup.ts';
import { apply, openWayBack } from './apply.ts';
import { wayBack } from './answers.ts';
import { withProject } from './check.ts';
import { judge } from './judged.ts';
import { REVERT_LABEL } from './labels.ts';
import type { Undone } from './memory.ts';
import { revertNote } from './notes.ts';
import { noteActions } from './plan.ts';
import { revertBranch, revertTitle, type RefusalCode } from './revert.ts';

export interface RevertOutcome {
  /** Null when nothing was, or would be, done. */
  readonly mergeRequest: { readonly iid: number; readonly url: string } | null;
  readonly title: string | null;
  readonly versions: readonly Undone[];
  readonly refusal: { readonly code: RefusalCode | 'switched-off'; readonly reason: string } | null;
}

/** Opens the merge request that puts an incident's application back, and says so on the incident: what a round does when it is due, at once. */
export function undo(setup: Setup, path: string, iid: number, write: boolean, context: Pick<RunnerContext, 'io' | 'world'>): Promise<RevertOutcome> {
  const refused = (code: RefusalCode | 'switched-off', reason: string): RevertOutcome => ({ mergeRequest: null, title: null, versions: [], refusal: { code, reason } });
  if (setup.config.revert.mode === 'off') return Promise.resolve(refused('switched-off', 'the configuration says "revert": { "mode": "off" }'));
  return withProject(setup, path, context, async (project, { gitlab }, look) => {
    const { username } = await gitlab.user();
    const [incidents, earlier, investigation] = await Promise.all([gitlab.incidents(project.id, { state: 'all' }), gitlab.labelledRequests(project.id, username, REVERT_LABEL), look()]);
    const incident = incidents.find((one) => one.iid === iid);
    if (incident === undefined) return fail({ code: 'gitlab-missing', message: `there is no incident #${iid} in ${path}`, remedy: 'See `renovate-argocd-runner incidents` for those that are open.' });
    const plan = await wayBack(await judge({ ...incident, open: true }, investigation), investigation, earlier);
    if (!plan.possible) {
      const { earlier: found } = plan;
      const on = { kind: 'issue', iid } as const;
      // a run that was killed after it had opened the merge request has not said so
      if (write && found?.state === 'opened') await apply(project, noteActions(on, 'revert', revertNote(found.webUrl, found.iid, found.title), await gitlab.notes(project.id, on), username, 'put back'), gitlab, username);
      return refused(plan.code, plan.reason);
    }
    // without its label it is not among `earlier`
    const [standing] = await gitlab.requestsFrom(project.id, revertBranch(incident));
    if (standing !== undefined) return refused('done-before', `!${standing.iid} was opened for this incident before`);
    const { memory, files } = plan;
    const done = { title: revertTitle(memory), versions: memory.versions, refusal: null };
    if (!write) return { ...done, mergeRequest: null };
    const request = await openWayBack(project, { incident, memory, startSha: investigation.head, files }, gitlab, username);
    return { ...done, mergeRequest: { iid: request.iid, url: request.webUrl } };
  });
}
