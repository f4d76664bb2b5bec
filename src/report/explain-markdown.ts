import { plural } from '../lint/rule.ts';
import type { Cell, PolicyRow } from '../policy/cell.ts';
import { notesOf, type Notes } from './explain-notes.ts';
import { VERSION_TYPES, verdictOf, type ExplainReport } from './explain-report.ts';
import { oneLine } from '../base/text.ts';

/** For a note on a merge request: GitLab's and GitHub's markdown, nothing of the repository's text as markup. */
export function explainMarkdown({ rows, against }: ExplainReport): string {
  if (rows.length === 0) return against === null ? 'No version found.\n' : `The policy is the same as in ${escape(against.name)}.\n`;
  const notes = notesOf(rows, VERSION_TYPES);
  const head = against === null ? `**${plural(rows.length, 'version')}**` : `**${plural(rows.length, 'version')} whose policy differs from ${escape(against.name)}**`;
  const table = [['chart', 'version', 'where', ...VERSION_TYPES], ['---', '---', '---', ...VERSION_TYPES.map(() => '---')], ...rows.map((row) => cellsOf(row, against, notes))];
  return `${[head, table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'), notes.texts.map((text, index) => `${index + 1}. ${escape(text)}`).join('\n')].join('\n\n')}\n`;
}

function cellsOf(row: PolicyRow, against: ExplainReport['against'], notes: Notes): string[] {
  const { pin, updates } = row;
  const before = against?.before(row) ?? null;
  const verdicts = pin.status === 'managed' ? VERSION_TYPES.map((type) => verdict(updates[type], before?.updates[type] ?? null, notes)) : [pin.status, '', ''];
  return [escape(pin.name ?? '(unknown)'), escape(pin.value), escape(`${pin.file}:${pin.line}`), ...verdicts];
}

function verdict(cell: Cell, before: Cell | null, notes: Notes): string {
  const now = `${verdictOf(cell)} <sup>${notes.number(cell)}</sup>`;
  return before === null || verdictOf(before) === verdictOf(cell) ? now : `~~${escape(verdictOf(before))}~~ → **${escape(verdictOf(cell))}** <sup>${notes.number(cell)}</sup>`;
}

/** Names and descriptions are somebody else's: they neither format nor refer nor end the cell, and mention nobody. */
function escape(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~>$%^]/g, String.raw`\$&`)
    .replaceAll('@', '@\u2060');
}
