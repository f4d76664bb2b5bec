import type { Finding, Severity } from '../lint/rule.ts';
import type { CheckReport } from './check-report.ts';
import { printable } from '../base/text.ts';

const COMMAND: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub's workflow commands: one line per finding, shown beside the changed lines. */
export function github({ findings }: CheckReport): string {
  return findings.map((finding) => `${command(finding)}\n`).join('');
}

function command({ severity, rule, message, remedy, file, line, column, length }: Finding): string {
  const properties = [
    ['file', file],
    ['line', String(line)],
    ['col', String(column)],
    ['endColumn', String(column + length)],
    ['title', rule],
  ];
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(value!)}`).join(',');
  return `::${COMMAND[severity]} ${written}::${escapeData(`${message}\n${remedy}`)}`;
}

/** As @actions/core does it: whatever could end the command or start another one is percent-encoded. */
function escapeData(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
