import { docsUrl, SEVERITIES, type Draft, type Finding, type Model, type Rule } from './rule.ts';

/** A place in a text as reports show it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Turns a path in a config into a place; the one function that knows texts. */
export type Locate = (source: string, path: readonly (string | number)[], part: 'key' | 'value') => Place;

/** Runs the rules in their order. Findings come sorted by place, so that a report reads like the files. */
export function lint(model: Model, rules: readonly Rule[], locate: Locate): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    for (const draft of rule.check(model)) findings.push(located(rule, draft, locate));
  }
  return findings.sort(byPlace);
}

function located(rule: Rule, draft: Draft, locate: Locate): Finding {
  return {
    rule: rule.name,
    severity: draft.severity ?? rule.severity,
    message: draft.message,
    remedy: draft.remedy,
    ...placeOf(draft, locate),
    data: draft.data,
    fixable: rule.fixable,
    url: docsUrl(rule.name),
  };
}

function placeOf({ target }: Draft, locate: Locate): Place {
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
