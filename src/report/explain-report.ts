import type { Cell, DecidingRule, PolicyRow } from '../policy/cell.ts';
import { UPDATE_TYPES, type Engine, type UpdateType } from '../renovate/types.ts';

/** What every format of `explain` is made from. */
export interface ExplainReport {
  readonly engine: Engine;
  readonly rows: readonly PolicyRow[];
  /** What `--against` compared with, and how the cells stood there; null without it. */
  readonly against: { readonly name: string; readonly before: (row: PolicyRow) => PolicyRow | null } | null;
  /** Path of the Renovate config, null when the repository has none. */
  readonly config: string | null;
}

/** The types that a chart's new versions come as; the others matter to few. */
export const VERSION_TYPES: readonly UpdateType[] = ['patch', 'minor', 'major'];

export const OTHER_TYPES: readonly UpdateType[] = UPDATE_TYPES.filter((type) => !VERSION_TYPES.includes(type));

/** `automerge after 3 days`, for people. */
export function verdictOf({ action, minimumReleaseAge }: Cell): string {
  const age = action === 'disabled' || minimumReleaseAge === null ? '' : ` after ${minimumReleaseAge}`;
  return `${action}${age}`;
}

/** `renovate.json packageRules[2]: Its CRDs need a step.` */
export function ruleText({ source, index, description }: DecidingRule): string {
  return `${source}${index === null ? '' : ` packageRules[${index}]`}${description === '' ? '' : `: ${description}`}`;
}

/** What set the action, in words, when nobody did too. */
export function deciderText({ decider }: Cell): string {
  return decider === null ? "nothing decides this: Renovate's default" : ruleText(decider);
}
