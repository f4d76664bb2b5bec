import { oneLine } from '../../src/base/text.ts';
import { webAddress, type Page, type Piece, type Row, type Section } from './page.ts';

/** GitLab takes a million characters in a note; nobody reads as many. */
const LIMIT = 60_000;
/** What the frame of a section takes at most: title, note, head of the table, and what is left out. */
const FRAME = 600;
const ROWS_FOR_PEOPLE = 50;
const ROWS = 15;
const TEXT = 160;
const ADDRESS = 500;

/** For a note on a merge request or the summary of a job: the page, shortened. */
export function reportMarkdown({ verdict, alerts, facts, counts, since, sections }: Page): string {
  const figures = counts.filter(([figure]) => figure !== '0').map(([figure, label]) => `**${figure}** ${label}`);
  const changes = since.map((text, index) => (index === 0 ? `${escape(text)}:` : `- ${escape(text)}`));
  // no line may begin with somebody else's text: GitLab would take /merge for a command
  const head = [`### ${verdict}`, ...(alerts.length > 0 ? [`**${alerts.join(' ')}**`] : []), `Run of ${facts.map(escape).join(' · ')}`, figures.join(' · '), ...(since.length > 1 ? [changes.join('\n')] : [])];
  let room = LIMIT - head.join('\n\n').length - sections.length * FRAME;
  const blocks = sections.map((section) => {
    const rows = fitting(section, room);
    room -= rows.reduce((sum, row) => sum + row.length + 1, 0);
    return block(section, rows);
  });
  return `${[...head, ...blocks].join('\n\n')}\n`;
}

function fitting({ rows, forPeople }: Section, room: number): string[] {
  const fit: string[] = [];
  let left = room;
  for (const row of rows.slice(0, forPeople ? ROWS_FOR_PEOPLE : ROWS).map(line)) {
    left -= row.length + 1;
    if (left < 0) break;
    fit.push(row);
  }
  return fit;
}

function block({ title, note, columns, rows, idle }: Section, shown: readonly string[]): string {
  const table = shown.length === 0 ? [] : [[`| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`, ...shown].join('\n')];
  const missing = rows.length - shown.length;
  const rest = [...(missing > 0 ? [`${missing} more in report.html.`] : []), ...(idle === null ? [] : [`${idle.title}.`])];
  const count = rows.length + (idle?.rows.length ?? 0);
  return [`#### ${title}${count === 0 ? '' : ` (${count})`}`, ...(note === '' ? [] : [note]), ...table, ...(rest.length === 0 ? [] : [rest.join(' ')])].join('\n\n');
}

function line(row: Row): string {
  return `| ${row.map((cell) => cell.map(written).join('<br>')).join(' | ')} |`;
}

function written({ text, tag, url, file }: Piece): string {
  const words = escape(file ?? text);
  const address = webAddress(url);
  const linked = address === null || address.length > ADDRESS ? words : `[${words === '' ? 'link' : words}](${address.replaceAll(/[()<>|\\`]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`;
  return tag === undefined ? linked : `**${escape(tag)}** ${linked}`;
}

/** Names and titles are somebody else's: they neither format nor refer nor link nor end the cell, and mention nobody. U+2060 joins words: it shows nothing and parts what would be a link. */
function escape(text: string): string {
  const characters = [...oneLine(text).toWellFormed().trim()];
  return (characters.length > TEXT ? `${characters.slice(0, TEXT - 1).join('')}…` : characters.join(''))
    .replaceAll(/[\\`*_{}[\]<>#!~$%^&]|:(?=[\w+-]+:)/g, String.raw`\$&`)
    .replaceAll('|', '&#124;')
    .replaceAll('@', '@\u2060')
    .replaceAll('://', ':\u2060//')
    .replaceAll(/(?<=\bwww)\./gi, '\u2060.')
    .replaceAll(/(?<=[A-Z])-(?=\d)/g, String.raw`\-`);
}
