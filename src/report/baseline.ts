import type { Finding } from '../lint/rule.ts';
import type { CheckReport } from './check-report.ts';
import { fingerprints } from './codequality.ts';

/** What an old repository starts from: findings that are known, by fingerprint, so that only new ones count. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly fingerprint: string }[];
}

export function baseline({ findings }: CheckReport): string {
  const prints = fingerprints(findings);
  const document: Baseline = { version: 1, findings: findings.map(({ rule, file }, index) => ({ rule, file, fingerprint: prints[index]! })) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Findings that the baseline does not know, and how many of its own are mended. Lines may have moved: they are no part of a fingerprint. */
export function since(known: Baseline, findings: readonly Finding[]): { readonly fresh: readonly Finding[]; readonly mended: number } {
  const prints = fingerprints(findings);
  const old = new Set(known.findings.map(({ fingerprint }) => fingerprint));
  const present = new Set(prints);
  return { fresh: findings.filter((_, index) => !old.has(prints[index]!)), mended: known.findings.filter(({ fingerprint }) => !present.has(fingerprint)).length };
}
