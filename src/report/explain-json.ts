import type { Cell, PolicyRow } from '../policy/cell.ts';
import { UPDATE_TYPES } from '../renovate/types.ts';
import type { ExplainReport } from './explain-report.ts';

/** The contract's document. `status` and `undecided`, and with --against `before`, are beyond it. */
export function explainJson({ engine, rows, against }: ExplainReport): string {
  const document = {
    version: 1,
    engine,
    rows: rows.map((row) => ({ ...rowOf(row), ...(against === null ? {} : { before: beforeOf(against.before(row)) }) })),
    ...(against === null ? {} : { against: against.name }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function rowOf({ pin, updates }: PolicyRow): object {
  const { file, line, application, name, repository, value, status } = pin;
  return { file, line, application, name, repository, value, status, updates: cellsOf(updates) };
}

function beforeOf(row: PolicyRow | null): object | null {
  return row === null ? null : cellsOf(row.updates);
}

function cellsOf(updates: PolicyRow['updates']): object {
  return Object.fromEntries(UPDATE_TYPES.map((type) => [type, cellOf(updates[type])]));
}

function cellOf({ action, minimumReleaseAge, schedule, automergeSchedule, groupName, labels, rules, undecided }: Cell): object {
  return { action, minimumReleaseAge, schedule, automergeSchedule, groupName, labels, rules, ...(undecided.length === 0 ? {} : { undecided }) };
}
