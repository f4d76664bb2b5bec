import { escapeMarkdown, markdownTable } from '../base/markdown.ts';
import { plural } from '../lint/rule.ts';
import type { Cell, PolicyRow } from '../policy/cell.ts';
import { notesOf, type Notes } from './explain-notes.ts';
import { VERSION_TYPES, verdictOf, type ExplainReport } from './explain-report.ts';

/** For a note on a merge request: GitLab's and GitHub's markdown, nothing of the repository's text as markup. */
export function explainMarkdown({ rows, against }: ExplainReport): string {
  if (rows.length === 0) return against === null ? 'No version found.\n' : `The policy is the same as in ${escapeMarkdown(against.name)}.\n`;
  const notes = notesOf(rows, VERSION_TYPES);
  const head = against === null ? `**${plural(rows.length, 'version')}**` : `**${plural(rows.length, 'version')} whose policy differs from ${escapeMarkdown(against.name)}**`;
  const table = markdownTable(['chart', 'version', 'where', ...VERSION_TYPES], rows.map((row) => cellsOf(row, against, notes)));
  return `${[head, table, notes.texts.map((text, index) => `${index + 1}. ${escapeMarkdown(text)}`).join('\n')].join('\n\n')}\n`;
}

function cellsOf(row: PolicyRow, against: ExplainReport['against'], notes: Notes): string[] {
  const { pin, updates } = row;
  const before = against?.before(row) ?? null;
  const verdicts = pin.status === 'managed' ? VERSION_TYPES.map((type) => verdict(updates[type], before?.updates[type] ?? null, notes)) : [pin.status, '', ''];
  return [escapeMarkdown(pin.name ?? '(unknown)'), escapeMarkdown(pin.value), escapeMarkdown(`${pin.file}:${pin.line}`), ...verdicts];
}

function verdict(cell: Cell, before: Cell | null, notes: Notes): string {
  const now = `${verdictOf(cell)} <sup>${notes.number(cell)}</sup>`;
  return before === null || verdictOf(before) === verdictOf(cell) ? now : `~~${escapeMarkdown(verdictOf(before))}~~ → **${escapeMarkdown(verdictOf(cell))}** <sup>${notes.number(cell)}</sup>`;
}
