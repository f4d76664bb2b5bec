import * as z from 'zod/mini';
import { fail } from '../../base/failure.ts';
import { oneLine } from '../../base/text.ts';
import type { Get } from './http.ts';
import type { Look } from './look.ts';

const Result = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ metric: z.object({ sync_status: z.optional(z.string()), health_status: z.optional(z.string()) }) })) }),
});

export interface PrometheusOptions {
  readonly name: string;
  /** For so long a state has to stay when nothing was seen to move. */
  readonly settleMs: number;
  now(): number;
}

/**
 * Looks at `argocd_app_info`. The metric has no revision (Argo CD 3.1), so it cannot tell the state before from the state after: believed is what was seen on its
 * way there, or what stays for longer than Argo CD takes to look at git.
 */
export function prometheusLook(get: Get, { name, settleMs, now }: PrometheusOptions): () => Promise<Look> {
  /** Since when the state has been what it is, and whether it was seen to be on its way. */
  let since: { readonly state: string; readonly at: number } | null = null;
  let moved = false;
  return async () => {
    // a name has nothing in it that PromQL would take for its own
    const answer = await get(`/api/v1/query?query=${encodeURIComponent(`argocd_app_info{name="${name}"}`)}`);
    if (typeof answer === 'string') return { kind: 'unanswered', text: `Prometheus gives ${answer}` };
    if (answer.status === 401 || answer.status === 403) return fail({ code: 'argocd-unauthorised', message: `Prometheus answers with ${answer.status}`, remedy: 'Set PROMETHEUS_TOKEN to a bearer token that may query it. The deployment itself is in git.' });
    const read = Result.safeParse(answer.document);
    if (answer.status !== 200 || !read.success) return { kind: 'unanswered', text: `Prometheus answers with ${answer.status}${answer.status === 200 ? ' and something that is no result' : ''}` };
    const rows = read.data.data.result.map(({ metric }) => ({ sync: oneLine(metric.sync_status ?? 'Unknown'), health: oneLine(metric.health_status ?? 'Unknown') }));
    const worst = rows.find(({ sync, health }) => sync !== 'Synced' || health !== 'Healthy') ?? rows[0];
    const state = worst === undefined ? `Prometheus knows no Application ${name} yet` : `${worst.sync}, ${worst.health}`;
    if (since?.state !== state) since = { state, at: now() };
    const isEnd = worst?.sync === 'Synced' && (worst.health === 'Healthy' || worst.health === 'Degraded');
    if (!isEnd) moved = true;
    const kind = worst?.health === 'Healthy' ? 'healthy' : 'degraded';
    if (isEnd && (moved || now() - since.at >= settleMs)) return { kind, text: state };
    return { kind: 'pending', text: isEnd ? `${state}, perhaps still from before` : state };
  };
}
