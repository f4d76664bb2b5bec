import type { CoveredPin } from '../coverage/coverage.ts';
import type { JsonObject } from '../renovate/types.ts';
import type { Change } from './change.ts';
import type { Model } from './model.ts';

export * from './change.ts';
export type * from './model.ts';
export * from './flux.ts';
export * from './incidents.ts';
export * from './routes.ts';
export * from './shared.ts';
export { plural } from '../base/text.ts';
export * from './words.ts';

export type Severity = 'error' | 'warning' | 'info';

/** From the gravest to the mildest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Where a draft belongs. Lines and columns are found late, in lint.ts. */
export type Target =
  | { readonly kind: 'pin'; readonly pin: CoveredPin }
  | { readonly kind: 'place'; readonly file: string; readonly line: number; readonly column: number; readonly length: number }
  | { readonly kind: 'config'; readonly source: string; readonly path: readonly (string | number)[]; readonly part?: 'key' | 'value' };

/** What a rule returns: a fault, without its place in the text. */
export interface Draft {
  readonly message: string;
  /** What to do about it, in words that can be followed. */
  readonly remedy: string;
  readonly target: Target;
  /** For programs; the message says the same in words. */
  readonly data: JsonObject;
  /** When it differs from the rule's. */
  readonly severity?: Severity;
  /** Nothing where only a person can decide. */
  readonly change?: Change | null;
}

export interface Rule {
  /** File, docs anchor, test and fixture folder have the same name. */
  readonly name: string;
  readonly severity: Severity;
  /** One sentence without a full stop, as `rules` lists it. */
  readonly summary: string;
  /** Whether `--fix` can repair such a fault, in all cases or in some. */
  readonly fixable: boolean;
  /** Runs when the findings of the others have been silenced or not, and sees `idle`. */
  readonly last?: boolean;
  check(model: Model): Iterable<Draft>;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Characters to underline from `column` on. */
  readonly length: number;
  readonly data: JsonObject;
  /** What `--fix` would do; null where a person has to decide. */
  readonly change: Change | null;
  readonly url: string;
}

/** The package carries its docs, so they have an address wherever it is published. */
const DOCS = 'https://gitlab.com/renovate-argocd/renovate-argocd/-/blob/main/docs/rules.md';

export function docsUrl(rule: string): string {
  return `${DOCS}#${rule}`;
}
