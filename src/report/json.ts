import { countSeverities } from '../lint/lint.ts';
import type { CheckReport } from './check-report.ts';

/** The contract's document. The remedy, which the contract does not list, travels in `data`. */
export function json({ engine, findings }: CheckReport): string {
  const document = {
    version: 1,
    engine,
    summary: { ...countSeverities(findings), fixed: 0 },
    findings: findings.map(({ rule, severity, message, remedy, file, line, column, data, fixable, url }) => ({
      rule,
      severity,
      message,
      file,
      line,
      column,
      data: { ...data, remedy },
      fixable,
      url,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
