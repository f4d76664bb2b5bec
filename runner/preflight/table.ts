import type { Style } from '../../src/base/style.ts';
import { oneLine, pad } from '../../src/base/text.ts';
import { SKIP_REASONS } from '../projects/project.ts';
import type { CheckResult, Verdict } from './check.ts';
import type { AccountResult, PreflightReport, ProjectResult } from './preflight.ts';
import { bySeverity, isUnread, openQuestions, summarize, worstFirst } from './report.ts';

/** Tokens, then projects, the gravest first. What is well is counted; `all` shows it line by line. */
export function preflightTable(report: PreflightReport, all: boolean, style: Style): string {
  const forAccounts = all ? ALL : WRONG_OR_UNKNOWN;
  const columns = Math.max(0, ...[...report.accounts.map(({ checks }) => shownOf(checks, forAccounts)), ...report.projects.map(({ checks }) => shownOf(checks, forProject(checks, all)))].flat().map(({ check }) => check.length));
  const blocks = [
    ...report.accounts.map((account) => [style.bold(accountName(account)), ...checkLines(account.checks, forAccounts, columns, style)]),
    ...worstFirst(report.projects).map((project) => projectLines(project, all, columns, style)),
    questionLines(report, all, style),
    skippedLines(report, style),
  ];
  return `${[...blocks.filter((block) => block.length > 0).map((block) => block.join('\n')), summaryLine(report, style)].join('\n\n')}\n`;
}

function accountName({ name, origin, user }: AccountResult): string {
  return `${oneLine(origin)}${name === '' ? '' : ` (${oneLine(name)})`}${user === null ? '' : ` @${oneLine(user)}`}`;
}

const ALL: readonly Verdict[] = ['problem', 'warning', 'unknown', 'ok'];
const WRONG: readonly Verdict[] = ['problem', 'warning'];
const WRONG_OR_UNKNOWN: readonly Verdict[] = ['problem', 'warning', 'unknown'];

/** Open questions are asked once for all projects, below; but not why a project could not be read. */
function forProject(checks: readonly CheckResult[], all: boolean): readonly Verdict[] {
  return all ? ALL : isUnread(checks) ? WRONG_OR_UNKNOWN : WRONG;
}

function shownOf(checks: readonly CheckResult[], verdicts: readonly Verdict[]): CheckResult[] {
  return bySeverity(checks).filter(({ verdict }) => verdicts.includes(verdict));
}

function projectLines({ path, account, checks }: ProjectResult, all: boolean, columns: number, style: Style): string[] {
  return [`${style.bold(oneLine(path))}${account === '' ? '' : style.dim(` ${oneLine(account)}`)}`, ...checkLines(checks, forProject(checks, all), columns, style)];
}

function checkLines(checks: readonly CheckResult[], verdicts: readonly Verdict[], columns: number, style: Style): string[] {
  const shown = shownOf(checks, verdicts);
  const well = checks.filter(({ verdict }) => verdict === 'ok').length;
  return [...shown.flatMap((result) => lines(result, columns, style)), ...(verdicts === ALL || well === 0 ? [] : [`  ${style.green('✓')} ${style.dim(`${well} ${well === 1 ? 'check' : 'checks'}`)}`])];
}

const SIGNS: Readonly<Record<Verdict, readonly [string, 'red' | 'yellow' | 'blue' | 'green']>> = { problem: ['✗', 'red'], warning: ['!', 'yellow'], unknown: ['?', 'blue'], ok: ['✓', 'green'] };

function lines({ check, verdict, found, remedy }: CheckResult, columns: number, style: Style): string[] {
  const [sign, colour] = SIGNS[verdict];
  return [`  ${style[colour](sign)} ${pad(check, columns)}  ${oneLine(found)}`, ...(remedy === null ? [] : [`    ${' '.repeat(columns)}  ${style.blue('=')} ${style.dim(oneLine(remedy))}`])];
}

const NAMES_SHOWN = 5;

function questionLines(report: PreflightReport, all: boolean, style: Style): string[] {
  const questions = all ? [] : openQuestions(report);
  if (questions.length === 0) return [];
  const asked = questions.flatMap(({ check, found, remedy, projects }) => [
    `  ${style.blue('?')} ${check}  ${oneLine(found)} ${style.dim(`(${projects.slice(0, NAMES_SHOWN).map(oneLine).join(', ')}${projects.length > NAMES_SHOWN ? ` and ${projects.length - NAMES_SHOWN} more` : ''})`)}`,
    ...(remedy === null ? [] : [`      ${style.blue('=')} ${style.dim(oneLine(remedy))}`]),
  ]);
  return [style.bold('Not known'), ...asked];
}

function skippedLines({ skipped }: PreflightReport, style: Style): string[] {
  return skipped.length === 0 ? [] : [style.bold('Not checked'), ...skipped.map(({ path, reason }) => `  ${style.dim('–')} ${oneLine(path)}  ${style.dim(`${reason}: ${SKIP_REASONS[reason]}`)}`)];
}

function summaryLine(report: PreflightReport, style: Style): string {
  const { problem, warning, unknown, projects } = summarize(report);
  const counts = [...(problem > 0 ? [style.red(counted(problem, 'problem'))] : []), ...(warning > 0 ? [style.yellow(counted(warning, 'warning'))] : []), ...(unknown > 0 ? [`${unknown} not known`] : [])];
  return `${counts.length === 0 ? style.green('All is well') : counts.join(', ')} in ${counted(projects, 'project')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
