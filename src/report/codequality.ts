import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../lint/rule.ts';
import type { CheckReport } from './check-report.ts';

/** GitLab's Code Quality report: shown in the merge request beside the changed lines. */
export function codequality({ findings }: CheckReport): string {
  const prints = fingerprints(findings);
  const issues = findings.map((finding, index) => ({
    description: `${finding.message}. ${finding.remedy}`,
    check_name: finding.rule,
    fingerprint: prints[index],
    severity: GITLAB_SEVERITY[finding.severity],
    location: { path: finding.file, lines: { begin: finding.line } },
  }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}

const GITLAB_SEVERITY: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * GitLab tells old from new findings by fingerprint: it must survive lines inserted above, so the line is no part of it; equal findings
 * of one file are told apart by their order.
 */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, file, data }) => {
    const key = JSON.stringify([rule, file, data]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return createHash('sha256').update(`${key}#${count}`).digest('hex').slice(0, 40);
  });
}
