import { oneLine } from './text.ts';

/** Names and descriptions are somebody else's: in GitLab's and GitHub's markdown they neither format nor refer nor end a cell of a table, and mention nobody. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~>$%^]/g, String.raw`\$&`)
    .replaceAll('@', '@\u2060');
}

/** Cells are markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
