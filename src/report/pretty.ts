import { countSeverities } from '../lint/lint.ts';
import { plural, type Finding, type Severity } from '../lint/rule.ts';
import type { CheckReport } from './check-report.ts';
import type { Style } from '../base/style.ts';
import { oneLine, printable, width } from '../base/text.ts';

/** Findings as compilers show them: what, where, the line itself, what to do. */
export function pretty(report: CheckReport, style: Style): string {
  const blocks = report.findings.filter((finding) => finding.severity !== 'info').map((finding) => block(finding, report, style));
  return `${[...blocks, ...remarks(report, style), summary(report, style)].join('\n\n')}\n`;
}

const MAX_REMARKS = 10;

/** What is only worth knowing takes a line each and comes last, so that it does not bury what has to be mended. */
function remarks({ findings }: CheckReport, style: Style): string[] {
  const infos = findings.filter((finding) => finding.severity === 'info');
  if (infos.length === 0) return [];
  const lines = infos.slice(0, MAX_REMARKS).map((finding) => `${style.blue(`info[${finding.rule}]`)} ${oneLine(finding.file)}:${finding.line}:${finding.column} ${oneLine(finding.message)}`);
  const more = infos.length - lines.length;
  return [[...lines, ...(more > 0 ? [style.dim(`… and ${more} more like these, all in --format json`)] : [])].join('\n')];
}

function block(finding: Finding, report: CheckReport, style: Style): string {
  const number = String(finding.line);
  const gutter = ' '.repeat(number.length);
  const bar = style.blue('|');
  return [
    `${paint(finding.severity, style)(`${finding.severity}[${finding.rule}]`)} ${style.bold(oneLine(finding.message))}`,
    `${gutter}${style.blue('-->')} ${oneLine(finding.file)}:${finding.line}:${finding.column}`,
    ...excerpt(finding, report.sourceLine(finding.file, finding.line), { number, gutter, bar, style }),
    ...help(finding.remedy, gutter, style),
    `${gutter} ${style.blue('=')} ${style.dim(finding.url)}`,
  ].join('\n');
}

function help(remedy: string, gutter: string, style: Style): string[] {
  const [first = '', ...others] = remedy.split('\n');
  return [`${gutter} ${style.blue('=')} ${style.bold('help:')} ${oneLine(first)}`, ...others.map((line) => `${gutter}         ${oneLine(line)}`)];
}

interface Margin {
  readonly number: string;
  readonly gutter: string;
  readonly bar: string;
  readonly style: Style;
}

/** A longer line is cut around the value: a one-line JSON config must not fill the screen. */
const LINE_WIDTH = 140;

function excerpt(finding: Finding, line: string | null, { number, gutter, bar, style }: Margin): string[] {
  if (line === null || line.trim() === '') return [];
  const from = finding.column + finding.length > LINE_WIDTH ? Math.max(0, finding.column - 1 - LINE_WIDTH / 4) : 0;
  const shown = line.slice(from, from + LINE_WIDTH);
  const before = visible(shown.slice(0, finding.column - 1 - from));
  const value = visible(shown.slice(finding.column - 1 - from, finding.column - 1 - from + finding.length));
  const after = visible(shown.slice(finding.column - 1 - from + finding.length));
  const dots = from > 0 ? '…' : '';
  const carets = '^'.repeat(Math.max(1, width(value)));
  return [
    `${gutter} ${bar}`,
    `${style.blue(number)} ${bar} ${dots}${before}${value}${after}${line.length > from + LINE_WIDTH ? '…' : ''}`,
    `${gutter} ${bar} ${' '.repeat(width(dots + before))}${paint(finding.severity, style)(carets)}`,
  ];
}

function visible(text: string): string {
  return printable(text.replaceAll('\t', ' '));
}

function paint(severity: Severity, style: Style): (text: string) => string {
  return { error: style.red, warning: style.yellow, info: style.blue }[severity];
}

function summary(report: CheckReport, style: Style): string {
  const pins = `${plural(report.pins, 'version')} checked${report.fixed === 0 ? '' : `, ${plural(report.fixed, 'finding')} repaired`}`;
  const { error, warning, info } = countSeverities(report.findings);
  if (error + warning + info === 0) return style.green(`${pins}, no findings.`);
  const counts = [
    error > 0 ? style.red(plural(error, 'error')) : '',
    warning > 0 ? style.yellow(plural(warning, 'warning')) : '',
    info > 0 ? style.blue(`${info} info`) : '',
  ];
  return `${pins}: ${counts.filter((count) => count !== '').join(', ')}.`;
}
