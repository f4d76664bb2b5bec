import { plural } from '../lint/rule.ts';
import type { Action, Cell, PolicyRow } from '../policy/cell.ts';
import type { UpdateType } from '../renovate/types.ts';
import { notesOf, type Notes } from './explain-notes.ts';
import { OTHER_TYPES, VERSION_TYPES, verdictOf, type ExplainReport } from './explain-report.ts';
import type { Style } from '../base/style.ts';
import { oneLine, pad, width } from '../base/text.ts';

/** What would become of a newer version of each chart, grouped by file; numbers lead to the rules that say so. */
export function explainTable(report: ExplainReport, style: Style): string {
  if (report.rows.length === 0) return `${nothing(report)}\n`;
  const types = shownTypes(report.rows);
  const notes = notesOf(report.rows, types);
  const lines = report.rows.map((row) => ({ row, cells: [String(row.pin.line), oneLine(row.pin.name ?? '(unknown)'), oneLine(row.pin.value), ...types.map((type) => cellText(row, type, report, notes))] }));
  const head = ['', '', '', ...types.map(String)];
  const widths = head.map((title, column) => Math.min(MAX_COLUMN, Math.max(width(title), ...lines.map(({ cells }) => width(cells[column]!)))));
  const groups = [...Map.groupBy(lines, ({ row }) => row.pin.file)].map(([file, members]) =>
    [style.bold(oneLine(file)), ...members.map(({ row, cells }) => line(row, cells, widths, types, style))].join('\n'),
  );
  const title = `  ${head.map((text, column) => pad(text, widths[column]!)).join('  ')}`.trimEnd();
  return `${[style.dim(title), ...groups, reasons(notes, style), summary(report, types, style)].join('\n\n')}\n`;
}

const MAX_COLUMN = 44;

/** Pins, digests and the like only where the config treats them as anything but a merge request. */
function shownTypes(rows: readonly PolicyRow[]): UpdateType[] {
  return [...VERSION_TYPES, ...OTHER_TYPES.filter((type) => rows.some(({ pin, updates }) => pin.status === 'managed' && ['automerge', 'approval'].includes(updates[type].action)))];
}

function nothing({ against, config }: ExplainReport): string {
  if (against !== null) return `No cell differs from ${against.name}.`;
  return config === null ? 'There is no Renovate config here, so nothing is updated.' : 'No version found: there is no Argo CD Application, ApplicationSet or list of charts here that names one, and no HelmRelease or source of Flux.';
}

function cellText(row: PolicyRow, type: UpdateType, { against }: ExplainReport, notes: Notes): string {
  if (row.pin.status !== 'managed') return type === VERSION_TYPES[0] ? row.pin.status : '';
  const cell = row.updates[type];
  const before = against?.before(row)?.updates[type];
  const was = before === undefined || verdictOf(before) === verdictOf(cell) ? '' : `${verdictOf(before)} → `;
  return oneLine(`${was}${verdictOf(cell)} [${notes.number(cell)}]`);
}

function line({ pin, updates }: PolicyRow, cells: readonly string[], widths: readonly number[], types: readonly UpdateType[], style: Style): string {
  const [number = '', name = '', value = '', ...rest] = cells;
  const verdicts = rest.map((text, index) => paint(pin.status === 'managed' ? updates[types[index]!] : null, style)(pad(text, widths[index + 3]!)));
  return `  ${[style.dim(number.padStart(widths[0]!)), pad(name, widths[1]!), pad(value, widths[2]!), ...verdicts].join('  ')}`.trimEnd();
}

function paint(cell: Cell | null, style: Style): (text: string) => string {
  return cell === null ? style.dim : PAINT[cell.action](style);
}

const PAINT: Record<Action, (style: Style) => (text: string) => string> = {
  automerge: (style) => style.green,
  'merge-request': (style) => style.blue,
  approval: (style) => style.yellow,
  disabled: (style) => style.dim,
};

function reasons({ texts }: Notes, style: Style): string {
  return [style.bold('Decided by'), ...texts.map((text, index) => `  [${index + 1}] ${oneLine(text)}`)].join('\n');
}

function summary({ rows, engine, against }: ExplainReport, types: readonly UpdateType[], style: Style): string {
  const managed = rows.filter(({ pin }) => pin.status === 'managed');
  const counts = types.map((type) => `  ${type.padEnd(12)} ${countsOf(managed.map(({ updates }) => updates[type].action))}`);
  const head = against === null ? `${plural(rows.length, 'version')}, of which ${managed.length} managed` : `${plural(rows.length, 'version')} whose policy differs from ${against.name}`;
  return [style.bold(head), ...counts, style.dim(`Renovate ${engine.renovate}, ${engine.regex}; --format json has schedules, groups, labels and all rules`)].join('\n');
}

function countsOf(actions: readonly Action[]): string {
  const counts = Map.groupBy(actions, (action) => action);
  return [...counts].map(([action, all]) => `${all.length} ${action}`).join(', ');
}
