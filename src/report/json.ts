import { countSeverities } from '../lint/lint.ts';
import type { CheckReport } from './check-report.ts';

/** The contract's document. The remedy, which the contract does not list, travels in `data`. */
export function json({ engine, findings, fixed, diff }: CheckReport): string {
  const document = {
    version: 1,
    engine,
    summary: { ...countSeverities(findings), fixed },
    findings: findings.map(({ rule, severity, message, remedy, file, line, column, data, change, url }) => ({
      rule,
      severity,
      message,
      file,
      line,
      column,
      data: { ...data, remedy },
      fixable: change !== null,
      url,
    })),
    ...(diff === null ? {} : { diff }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
