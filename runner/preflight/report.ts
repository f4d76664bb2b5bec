import { SKIP_REASONS } from '../projects/project.ts';
import type { CheckResult, Verdict } from './check.ts';
import type { PreflightReport } from './preflight.ts';

/** From the gravest to the mildest. */
export const VERDICTS: readonly Verdict[] = ['problem', 'warning', 'unknown', 'ok'];

export type Summary = Readonly<Record<Verdict, number>> & { readonly projects: number; readonly skipped: number };

export function summarize({ accounts, projects, skipped }: PreflightReport): Summary {
  const results = [...accounts, ...projects].flatMap(({ checks }) => checks);
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  return { problem: count('problem'), warning: count('warning'), unknown: count('unknown'), ok: count('ok'), projects: projects.length, skipped: skipped.length };
}

/** Whether anything is as grave as that. */
export function fails({ problem, warning }: Summary, from: 'problem' | 'warning'): boolean {
  return problem > 0 || (from === 'warning' && warning > 0);
}

export function bySeverity(checks: readonly CheckResult[]): CheckResult[] {
  return [...checks].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
}

/** The projects with the gravest results first, each kind in the order of their paths. */
export function worstFirst<T extends { readonly checks: readonly CheckResult[] }>(projects: readonly T[]): T[] {
  return [...projects].sort((a, b) => worst(a) - worst(b));
}

function worst({ checks }: { readonly checks: readonly CheckResult[] }): number {
  return Math.min(...checks.map(({ verdict }) => VERDICTS.indexOf(verdict)), VERDICTS.length);
}

/** One check, about the reading itself. */
export function isUnread(checks: readonly CheckResult[]): boolean {
  return checks.length === 1 && checks[0]!.verdict === 'unknown';
}

/** The same open question of many projects is one. */
export interface Question {
  readonly check: string;
  readonly found: string;
  readonly remedy: string | null;
  readonly projects: readonly string[];
}

export function openQuestions({ projects }: Pick<PreflightReport, 'projects'>): Question[] {
  const questions = new Map<string, Question>();
  for (const { path, checks } of projects.filter((project) => !isUnread(project.checks))) {
    for (const { check, verdict, found, remedy } of checks) {
      if (verdict !== 'unknown') continue;
      const key = JSON.stringify([check, remedy]);
      const known = questions.get(key);
      questions.set(key, known === undefined ? { check, found, remedy, projects: [path] } : { ...known, projects: [...known.projects, path] });
    }
  }
  return [...questions.values()];
}

export function preflightJson(report: PreflightReport): string {
  const { endpoint, accounts, projects, skipped } = report;
  return `${JSON.stringify({ version: 1, endpoint, summary: summarize(report), accounts, projects, skipped: skipped.map(({ path, reason }) => ({ path, reason, text: SKIP_REASONS[reason] })) }, null, 2)}\n`;
}
