import type { Place } from '../base/location.ts';
import { docsUrl, SEVERITIES, type Draft, type Finding, type Model, type Rule, type Severity, type Suppression } from './rule.ts';
import { settle } from './suppress.ts';

/** Turns a path in a config into a place; the one function that knows texts. */
export type Locate = (source: string, path: readonly (string | number)[], part: 'key' | 'value') => Place;

/** What a run changes about the rules' verdicts. */
export interface Adjustments {
  readonly suppressions: readonly Suppression[];
  /** As YYYY-MM-DD. */
  readonly today: string;
  /** `--rule NAME=LEVEL`. */
  readonly levels: ReadonlyMap<string, Severity | 'off'>;
}

const UNCHANGED: Adjustments = { suppressions: [], today: '', levels: new Map() };

/** Runs the rules in their order. Findings come sorted by place, so that a report reads like the files. */
export function lint(model: Model, rules: readonly Rule[], locate: Locate, { suppressions, today, levels }: Adjustments = UNCHANGED): Finding[] {
  const active = rules.filter((rule) => levels.get(rule.name) !== 'off');
  function run(some: readonly Rule[], seen: Model): Finding[] {
    return some.flatMap((rule) => [...rule.check(seen)].map((draft) => located(rule, draft, locate, levels.get(rule.name), model.documents[0]?.source)));
  }
  const { kept, idle } = settle(run(active.filter((rule) => !rule.last), model), suppressions, today);
  return [...kept, ...run(active.filter((rule) => rule.last), { ...model, idle: [...(model.idle ?? []), ...idle] })].sort(byPlace);
}

function located(rule: Rule, draft: Draft, locate: Locate, level: Severity | 'off' | undefined, config: string | undefined): Finding {
  return {
    rule: rule.name,
    severity: level === undefined || level === 'off' ? (draft.severity ?? rule.severity) : level,
    message: draft.message,
    remedy: draft.remedy,
    ...placeOf(draft, locate),
    data: draft.data,
    // only the judged config is repaired: a preset may belong to somebody else
    change: draft.change?.kind === 'config' && draft.change.source !== config ? null : (draft.change ?? null),
    url: docsUrl(rule.name),
  };
}

function placeOf({ target }: Draft, locate: Locate): Place {
  if (target.kind === 'place') return { file: target.file, line: target.line, column: target.column, length: target.length };
  if (target.kind === 'config') return locate(target.source, target.path, target.part ?? 'value');
  const { file, line, column, value } = target.pin;
  return { file, line, column, length: Math.max(1, value.length) };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

export interface SeverityCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export function countSeverities(findings: readonly Finding[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
