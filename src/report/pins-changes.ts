import { escapeMarkdown, markdownTable } from '../base/markdown.ts';
import type { Style } from '../base/style.ts';
import { oneLine, plural } from '../base/text.ts';
import type { CoverageChange } from '../coverage/compare.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import type { Engine } from '../renovate/types.ts';
import { pinFields } from './pins-json.ts';
import { summarize, type PinsSummary } from './pins-report.ts';
import { verdictOfPin } from './pins-table.ts';

/** What `pins --against` prints. */
export interface PinsChanges {
  readonly engine: Engine;
  /** As the user named it. */
  readonly against: string;
  readonly before: readonly CoveredPin[];
  readonly after: readonly CoveredPin[];
  readonly changes: readonly CoverageChange[];
}

export function changesJson({ engine, against, before, after, changes }: PinsChanges): string {
  const side = (pin: CoveredPin | null): unknown => (pin === null ? null : pinFields(pin));
  return `${JSON.stringify({ version: 1, engine, against, summary: { before: summarize(before), after: summarize(after) }, changes: changes.map((one) => ({ before: side(one.before), after: side(one.after) })) }, null, 2)}\n`;
}

export function changesTable({ against, before, after, changes }: PinsChanges, style: Style): string {
  if (changes.length === 0) return `Who keeps the versions up to date is the same as in ${oneLine(against)}.\n`;
  const rows = changes.map((change) => {
    const pin = (change.after ?? change.before)!;
    const [mark, paint] = change.before === null ? ['+', style.green] : change.after === null ? ['-', style.red] : ['~', style.yellow];
    return `${paint(mark as string)} ${oneLine(`${pin.file}:${pin.line}`)}  ${oneLine(pin.name ?? '(unknown)')} ${oneLine(pin.value)}  ${oneLine(words(change, ' → '))}`;
  });
  return `${[...rows, '', totals(summarize(before), summarize(after))].join('\n')}\n`;
}

/** For a note on a merge request. */
export function changesMarkdown({ against, before, after, changes }: PinsChanges): string {
  if (changes.length === 0) return `Who keeps the versions up to date is the same as in ${escapeMarkdown(against)}.\n`;
  const rows = changes.map((change) => {
    const pin = (change.after ?? change.before)!;
    return [escapeMarkdown(pin.name ?? '(unknown)'), escapeMarkdown(pin.value), escapeMarkdown(`${pin.file}:${pin.line}`), escapeMarkdown(words(change, ' → '))];
  });
  const head = `**${plural(changes.length, 'version is', 'versions are')} kept up to date otherwise than in ${escapeMarkdown(against)}**`;
  return `${[head, markdownTable(['chart', 'version', 'where', 'who keeps it up to date'], rows), totals(summarize(before), summarize(after))].join('\n\n')}\n`;
}

function words({ before, after }: CoverageChange, arrow: string): string {
  if (before === null) return `new: ${verdictOfPin(after!)}`;
  return after === null ? `gone: ${verdictOfPin(before)}` : `${verdictOfPin(before)}${arrow}${verdictOfPin(after)}`;
}

function totals(before: PinsSummary, after: PinsSummary): string {
  const share = ({ pins, managed, ignored }: PinsSummary): string => `${managed} of ${pins - ignored}`;
  return `Kept up to date: ${share(after)} versions, ${share(before)} before.`;
}
