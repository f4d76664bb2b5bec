import type { Style } from '../../src/base/style.ts';
import { oneLine, plural } from '../../src/base/text.ts';
import type { Suspect } from './blame.ts';
import type { Action } from './plan.ts';
import type { Judged } from './judged.ts';
import { revertTitle } from './revert.ts';
import type { Round } from './round.ts';

/** What `incidents` prints. */
export interface IncidentsReport {
  readonly rounds: readonly Round[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export function incidentsJson({ rounds, problems }: IncidentsReport): string {
  const incidents = rounds.flatMap(({ project, judged, holds }) =>
    judged.map(({ incident, attribution, pins, accusation }) => ({
      project: project.path,
      iid: incident.iid,
      title: incident.title,
      url: incident.webUrl,
      state: incident.open ? 'open' : 'closed',
      since: incident.createdAt,
      application: attribution.application,
      confidence: attribution.confidence,
      reason: attribution.reason,
      pins: pins.map(({ file, line, column, name, value }) => ({ file, line, column, name, value })),
      suspect: accusation?.suspect ?? null,
      sure: accusation?.sure ?? false,
      alternatives: accusation?.alternatives ?? [],
      holds: holds.filter((hold) => hold.incident.iid === incident.iid).map(({ project: held, application, until }) => ({ project: held, application, until })),
    })),
  );
  return `${JSON.stringify({ version: 1, incidents, problems }, null, 2)}\n`;
}

export function incidentsTable({ rounds, problems }: IncidentsReport, style: Style): string {
  const open = rounds.flatMap(({ judged }) => judged).filter(({ incident }) => incident.open).length;
  const blocks = rounds.filter(({ judged }) => judged.length > 0).map((round) => [style.bold(oneLine(round.project.path)), ...round.judged.flatMap((one) => incidentLines(one, round, style)), ''].join('\n'));
  const failed = problems.map(({ path, message }) => `${style.red('✗')} ${oneLine(path)}: ${oneLine(message)}`);
  return [...blocks, ...failed, `${plural(open, 'open incident')}${problems.length === 0 ? '' : `, ${plural(problems.length, 'project')} could not be read`}`].join('\n') + '\n';
}

/** More versions of one application than anybody reads here; JSON has all. */
const MOST_PINS = 5;

function pinsText(pins: Judged['pins']): string {
  const shown = pins.slice(0, MOST_PINS).map(({ name, value, file, line }) => `${name ?? 'a version'} ${value} (${file}:${line})`);
  return [...shown, ...(pins.length > MOST_PINS ? [`${pins.length - MOST_PINS} more`] : [])].join(', ');
}

function incidentLines({ incident, attribution, pins, accusation }: Judged, { holds }: Round, style: Style): string[] {
  const { application, confidence, reason } = attribution;
  const about = application === null ? style.yellow(`about nobody knows what: ${reason ?? ''}`) : `application ${style.bold(application)} (by its ${confidence ?? ''})`;
  const own = holds.filter((hold) => hold.incident.iid === incident.iid);
  const held = own.map((hold) => `${hold.project}${hold.application === null ? '' : `: ${hold.application}`}${hold.until === null ? '' : ` until ${hold.until}`}`);
  const suspect = accusation?.suspect ?? null;
  return [
    `  ${incident.open ? style.red('●') : style.dim('○')} #${incident.iid} ${oneLine(incident.title)} ${style.dim(`since ${incident.createdAt}${incident.open ? '' : ', closed'}`)}`,
    `      ${about}`,
    ...(application === null ? [] : [`      ${pins.length === 0 ? 'no version of it stands in this repository' : `versions: ${oneLine(pinsText(pins))}`}`]),
    ...(held.length === 0 ? [] : [`      held: ${held.map(oneLine).join(', ')}`]),
    ...(accusation === null || application === null ? [] : [`      ${suspect === null ? 'no version changed in the week before' : `suspect${accusation.sure ? '' : ', not for sure'}: ${oneLine(suspectText(suspect))}`}`]),
    ...(accusation?.alternatives ?? []).map((one) => `      also: ${oneLine(suspectText(one))}`),
  ];
}

export function suspectText({ name, from, to, mergeRequest, sha, at }: Suspect): string {
  return `${name ?? 'a version'} ${from === null ? 'new at' : `${from} →`} ${to} by ${mergeRequest === null ? `commit ${sha.slice(0, 12)}` : `!${mergeRequest.iid} ${mergeRequest.title}`}, ${at}`;
}

/** One line of what a dry run would write. */
export function actionText({ on, why, ...action }: Action): string {
  const where = `${on.kind === 'issue' ? '#' : '!'}${on.iid}`;
  switch (action.kind) {
    case 'cancel-auto-merge':
      return `${where}: cancel its auto-merge (${why})`;
    case 'run-pipeline':
      return `${where}: run its pipeline again (${why})`;
    case 'labels':
      return `${where}: ${[...action.add.map((label) => `+${label}`), ...action.remove.map((label) => `-${label}`)].join(' ')} (${why})`;
    case 'relate':
      return `${where}: link it with #${action.to} (${why})`;
    case 'create-note':
      return `${where}: write a note (${why})`;
    case 'edit-note':
      return `${where}: edit its note (${why})`;
    case 'revert':
      return `${where}: open a merge request: ${revertTitle(action.revert.memory)} (${why})`;
  }
}

/** Above such lines, in the report of a run. */
export function incidentsTitle(dryRun: boolean): string {
  return dryRun ? 'Would be done because of incidents' : 'Done because of incidents';
}
