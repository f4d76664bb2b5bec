import { oneLine } from '../../src/base/text.ts';
import type { CheckResult, Verdict } from './check.ts';
import type { PreflightReport, ProjectResult } from './preflight.ts';
import { bySeverity, isUnread, openQuestions, summarize, worstFirst } from './report.ts';

/** GitLab takes a million characters in a description; nobody reads as many. */
const MOST_PROJECTS = 200;

/** For an issue or a merge request. */
export function preflightMarkdown(report: PreflightReport): string {
  const { problem, warning, unknown, projects } = summarize(report);
  const wrong = worstFirst(report.projects).filter((project) => wrongOf(project).length > 0);
  const well = report.projects.filter((project) => wrongOf(project).length === 0);
  const blocks = [
    `### ${problem > 0 ? '❌' : warning > 0 ? '⚠️' : '✅'} Preflight: ${problem} problems, ${warning} warnings, ${unknown} not known in ${projects} projects`,
    ...report.accounts.flatMap(({ origin, name, user, checks }) => section(`${escape(origin)}${name === '' ? '' : ` (${escape(name)})`}${user === null ? '' : `, ${escape(user)}`}`, checks.filter(({ verdict }) => verdict !== 'ok'))),
    ...wrong.slice(0, MOST_PROJECTS).flatMap((project) => section(heading(project), wrongOf(project))),
    ...(wrong.length > MOST_PROJECTS ? [`${wrong.length - MOST_PROJECTS} more projects are in the JSON report.`] : []),
    ...questions(report),
    ...(well.length === 0 ? [] : [`<details><summary>${well.length} ${well.length === 1 ? 'project is' : 'projects are'} well</summary>\n\n${well.map((project) => `- ${heading(project)}`).join('\n')}\n\n</details>`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function wrongOf({ checks }: ProjectResult): CheckResult[] {
  return checks.filter(({ verdict }) => verdict === 'problem' || verdict === 'warning' || (verdict === 'unknown' && isUnread(checks)));
}

function heading({ path, url }: ProjectResult): string {
  const address = url === null ? null : URL.parse(url);
  return address === null || !/^https?:$/.test(address.protocol) ? escape(path) : `[${escape(path)}](${address.href.replaceAll(/[()<>|\\`]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`;
}

const SIGNS: Readonly<Record<Verdict, string>> = { problem: '❌', warning: '⚠️', unknown: '❔', ok: '✅' };

function section(title: string, checks: readonly CheckResult[]): string[] {
  if (checks.length === 0) return [];
  const rows = bySeverity(checks).map(({ check, verdict, found, remedy }) => `| ${SIGNS[verdict]} | ${escape(check)} | ${escape(found)} | ${escape(remedy ?? '')} |`);
  return [`#### ${title}`, ['| | check | found | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n')];
}

function questions(report: PreflightReport): string[] {
  const asked = openQuestions(report);
  return asked.length === 0 ? [] : ['#### Not known', asked.map(({ check, remedy, projects }) => `- ${escape(check)}: ${escape(remedy ?? '')} (${projects.length} ${projects.length === 1 ? 'project' : 'projects'})`).join('\n')];
}

/** Names are somebody else's: they neither format nor link nor end the cell, and mention nobody (U+2060 shows nothing and parts the name from its @). */
function escape(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_{}[\]()<>#!~$%^&:]/g, String.raw`\$&`)
    .replaceAll('|', '&#124;')
    .replaceAll('@', '@\u2060');
}
