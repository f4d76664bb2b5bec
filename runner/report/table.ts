import type { Style } from '../../src/base/style.ts';
import { clip, plural, oneLine, pad, width } from '../../src/base/text.ts';
import { incidentsTitle } from '../incidents/report.ts';
import type { MergeRequestLine, ProjectReport, Report, Waiting } from './model.ts';

/** The report on a terminal: what somebody has to do first, then what happened, then the counts. */
export function reportTable(report: Report, style: Style): string {
  const failed = report.projects.filter(({ status }) => status === 'failed');
  const moved = report.projects.filter((project) => [project.opened, project.updated, project.merged, project.closed, project.pushed].some((list) => list.length > 0));
  return [
    ...section('Failed', failed.map((project) => failure(project, style)), style),
    ...section('What changed', moved.map((project) => changes(project, style)), style),
    ...section(incidentsTitle(report.dryRun), report.incidents.map(({ project, action }) => `  ${oneLine(project)} ${oneLine(action)}`), style),
    ...section('Waiting', waitingRows(report, style), style),
    ...section('Warnings', report.projects.filter(({ status, warnings }) => status !== 'failed' && warnings.length > 0).map((project) => warningsOf(project, style)), style),
    ...section('Problems of the run', report.problems.map((problem) => `  ${oneLine(problem)}`), style),
    summaryLines(report, style),
  ].join('\n') + '\n';
}

function section(title: string, blocks: readonly string[], style: Style): string[] {
  return blocks.length === 0 ? [] : [style.bold(title), ...blocks, ''];
}

function failure({ path, message, remedy, warnings, attempts }: ProjectReport, style: Style): string {
  const times = attempts > 1 ? ` (${attempts} attempts)` : '';
  const lines = [`  ${style.red('✗')} ${oneLine(path)}: ${oneLine(message)}${times}`, ...(remedy === null ? [] : [`      ${style.blue('=')} ${oneLine(remedy)}`]), ...warnings.slice(0, WARNINGS_SHOWN).map((warning) => `      ${style.dim(oneLine(warning))}`)];
  return lines.join('\n');
}

const WARNINGS_SHOWN = 3;

function warningsOf({ path, warnings }: ProjectReport, style: Style): string {
  const more = warnings.length - WARNINGS_SHOWN;
  return [`  ${oneLine(path)}`, ...warnings.slice(0, WARNINGS_SHOWN).map((warning) => `      ${style.yellow('!')} ${oneLine(warning)}`), ...(more > 0 ? [`      ${style.dim(`and ${more} more in the report`)}`] : [])].join('\n');
}

function changes(project: ProjectReport, style: Style): string {
  const rows = [
    ...project.merged.map((request) => row('merged', request, style.green)),
    ...project.pushed.map((branch) => `      ${style.green(pad('merged', 8))} ${oneLine(branch)} (no merge request)`),
    ...project.opened.map((request) => row('opened', request, style.blue)),
    ...project.updated.map((request) => row('updated', request, style.blue)),
    ...project.closed.map((request) => row('closed', request, style.dim)),
  ];
  return [`  ${oneLine(project.path)}`, ...rows].join('\n');
}

function row(what: string, { iid, title }: MergeRequestLine, colour: (text: string) => string): string {
  return `      ${colour(pad(what, 8))} !${iid} ${oneLine(title)}`;
}

function waitingRows({ projects, finishedAt }: Report, style: Style): string[] {
  const all = projects.flatMap((project) => project.waiting.map((waiting) => ({ path: project.path, waiting })));
  const columns = Math.max(0, ...all.map(({ waiting }) => width(name(waiting))));
  return projects
    .filter(({ waiting }) => waiting.length > 0)
    .map(({ path, waiting }) => [`  ${oneLine(path)}`, ...[...waiting].sort((a, b) => Date.parse(a.since) - Date.parse(b.since)).map((one) => `      ${pad(name(one), columns)}  ${style.yellow(one.code)} for ${oneLine(one.whom)}${since(one, finishedAt)}`)].join('\n'));
}

function name({ iid, title }: Waiting): string {
  return `${iid === null ? '' : `!${iid} `}${clip(oneLine(title), 60)}`;
}

function since({ since: from }: Waiting, now: string): string {
  const days = Math.floor((Date.parse(now) - Date.parse(from)) / 86_400_000);
  return days < 1 ? '' : `, since ${plural(days, 'day')}`;
}

function summaryLines({ summary, seconds, interrupted, skipped, change, dryRun, renovate }: Report, style: Style): string {
  const counts = [plural(summary.projects, 'project'), `${summary.done} done`, ...(summary.disabled > 0 ? [`${summary.disabled} disabled`] : []), ...(summary.failed > 0 ? [style.red(`${summary.failed} failed`)] : []), ...(skipped.length > 0 ? [`${skipped.length} skipped (see \`plan\`)`] : [])];
  const moved = [`${summary.opened} opened`, `${summary.updated} updated`, `${summary.merged} merged`, `${summary.waiting} waiting`];
  const { coverage } = summary;
  const managed = coverage === null ? [] : [`${coverage.managed} of ${coverage.pins - coverage.ignored} chart versions are kept up to date${coverage.unmanaged > 0 ? `; ${style.yellow(`${coverage.unmanaged} by nobody`)}` : ''}`];
  const against = change === null || change.broken.length + change.mended.length === 0 ? [] : [`Since the last run: ${[...change.broken.map((path) => `${path} broke`), ...change.mended.map((path) => `${path} works again`)].map(oneLine).join(', ')}`];
  return [...(interrupted ? [style.yellow('Interrupted: what is missing is done in the next run.')] : []), `${counts.join(', ')} in ${seconds} s${dryRun ? ' (dry run: nothing was changed)' : ''}`, moved.join(', '), ...managed, ...against, style.dim(`Renovate ${renovate}`)].join('\n');
}
