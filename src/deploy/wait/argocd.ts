import * as z from 'zod/mini';
import { fail } from '../../base/failure.ts';
import { oneLine } from '../../base/text.ts';
import { repositoryKey } from '../address.ts';
import type { Get } from './http.ts';
import type { Look } from './look.ts';

/** What has to stand in the cluster. */
export interface Expected {
  readonly name: string;
  readonly argocdNamespace: string;
  readonly repository: string;
  readonly revision: string;
  /** The commit that a branch has to be at; null for a tag or a commit, which cannot move. */
  readonly commit: string | null;
}

const Source = z.object({ repoURL: z.optional(z.string()), targetRevision: z.optional(z.string()) });
const Sources = { source: z.optional(Source), sources: z.optional(z.array(Source)) };

/** Argo CD 2.5 to 3.1, `v1alpha1.Application`: only what is looked at. */
const Application = z.object({
  spec: z.object(Sources),
  status: z.optional(
    z.object({
      sync: z.optional(z.object({ status: z.optional(z.string()), revision: z.optional(z.string()), revisions: z.optional(z.array(z.string())), comparedTo: z.optional(z.object(Sources)) })),
      health: z.optional(z.object({ status: z.optional(z.string()), message: z.optional(z.string()) })),
      conditions: z.optional(z.nullable(z.array(z.object({ type: z.string(), message: z.optional(z.string()) })))),
      operationState: z.optional(z.object({ phase: z.string(), message: z.optional(z.string()), syncResult: z.optional(z.object({ revision: z.optional(z.string()), revisions: z.optional(z.array(z.string())), ...Sources })) })),
    }),
  ),
});

type ApplicationState = z.infer<typeof Application>;

/** Looks at the Application through Argo CD's API, and lets Argo CD look at git now instead of within its three minutes. */
export function argocdLook(get: Get, expected: Expected, parent: string | null): () => Promise<Look> {
  let asked = false;
  return async () => {
    if (parent !== null && !asked) await get(pathOf(parent, expected.argocdNamespace));
    asked = true;
    const answer = await get(pathOf(expected.name, expected.argocdNamespace));
    if (typeof answer === 'string') return { kind: 'unanswered', text: `Argo CD gives ${answer}` };
    if (answer.status === 401) return fail({ code: 'argocd-unauthorised', message: 'Argo CD does not take the token', remedy: 'Check ARGOCD_AUTH_TOKEN: `argocd account generate-token`. The deployment itself is in git.' });
    // it says 403 of what does not exist, so that nobody finds out what does
    if (answer.status === 403 || answer.status === 404) return { kind: 'pending', text: `Argo CD has no Application ${expected.name} yet, or the token may not see it (${answer.status})` };
    const read = Application.safeParse(answer.document);
    if (answer.status !== 200 || !read.success) return { kind: 'unanswered', text: `Argo CD answers with ${answer.status}${answer.status === 200 ? ' and something that is no Application' : ''}` };
    return judge(read.data, expected);
  };
}

function pathOf(name: string, namespace: string): string {
  return `/api/v1/applications/${encodeURIComponent(name)}?appNamespace=${encodeURIComponent(namespace)}&refresh=normal`;
}

/** Pure: what one state of the Application says. */
export function judge({ spec, status }: ApplicationState, expected: Expected): Look {
  const { revision, commit } = expected;
  if (!has(spec, expected)) return { kind: 'pending', text: `the Application does not have ${revision} yet` };
  const operation = status?.operationState;
  const tried = operation?.syncResult;
  if (operation !== undefined && tried !== undefined && /^(?:Failed|Error)$/.test(operation.phase) && has(tried, expected) && isAt(tried, commit)) {
    return { kind: 'failed', text: `the sync of ${revision} failed: ${said(operation.message)}` };
  }
  const sync = status?.sync;
  const health = status?.health?.status ?? 'Unknown';
  const now = `${sync?.status ?? 'Unknown'}, ${health}`;
  const condition = status?.conditions?.find(({ type }) => type.endsWith('Error'));
  if (sync?.status !== 'Synced' || !has(sync.comparedTo ?? {}, expected)) return { kind: 'pending', text: `${now}${condition === undefined ? '' : `; ${condition.type}: ${said(condition.message)}`}` };
  if (!isAt(sync, commit)) return { kind: 'pending', text: `${now}, but ${revision} at ${sync.revision?.slice(0, 12) ?? 'another commit'}` };
  if (operation?.phase === 'Running') return { kind: 'pending', text: `${now}, and syncing` };
  if (health === 'Healthy') return { kind: 'healthy', text: `${now} at ${revision}` };
  return { kind: health === 'Degraded' ? 'degraded' : 'pending', text: `${now} at ${revision}${status?.health?.message === undefined ? '' : `: ${said(status.health.message)}`}` };
}

function has({ source, sources }: Pick<ApplicationState['spec'], 'source' | 'sources'>, { repository, revision }: Expected): boolean {
  const key = repositoryKey(repository);
  return [...(source === undefined ? [] : [source]), ...(sources ?? [])].some(({ repoURL, targetRevision }) => targetRevision === revision && repositoryKey(repoURL ?? '') === key);
}

function isAt({ revision, revisions }: { readonly revision?: string | undefined; readonly revisions?: readonly string[] | undefined }, commit: string | null): boolean {
  return commit === null || revision === commit || revisions?.includes(commit) === true;
}

function said(message: string | undefined): string {
  return oneLine(message ?? 'without a reason').slice(0, 500);
}
