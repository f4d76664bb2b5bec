/** One look at how far the cluster is. */
export type Look =
  /** Not yet; `text` says what is missing, for people. */
  | { readonly kind: 'pending'; readonly text: string }
  | { readonly kind: 'healthy'; readonly text: string }
  /** Synced at the revision, and ill. */
  | { readonly kind: 'degraded'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string }
  /** No answer that says anything. */
  | { readonly kind: 'unanswered'; readonly text: string };

export interface Waited {
  readonly kind: 'healthy' | 'degraded' | 'failed' | 'timeout' | 'unanswered';
  readonly text: string;
  readonly seconds: number;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly intervalMs: number;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  step(text: string): void;
}

/**
 * Looks again and again until it is decided. One bad look decides nothing: what was just applied may be ill for as long as Argo CD needs to look at it once more.
 * `unanswered` is only what never answered at all.
 */
export async function follow(look: () => Promise<Look>, { timeoutMs, intervalMs, now, sleep, step }: WaitOptions): Promise<Waited> {
  const start = now();
  const seconds = (): number => Math.round((now() - start) / 1000);
  let answered: string | null = null;
  let degraded = 0;
  for (;;) {
    const seen = await look();
    if (seen.kind === 'healthy' || seen.kind === 'failed') return { ...seen, seconds: seconds() };
    degraded = seen.kind === 'degraded' ? degraded + 1 : 0;
    if (seen.kind === 'degraded' && degraded > 1) return { kind: 'degraded', text: seen.text, seconds: seconds() };
    if (seen.kind !== 'unanswered') answered = seen.text;
    step(seen.text);
    if (now() - start + intervalMs > timeoutMs) return answered === null ? { kind: 'unanswered', text: seen.text, seconds: seconds() } : { kind: 'timeout', text: answered, seconds: seconds() };
    await sleep(intervalMs);
  }
}
