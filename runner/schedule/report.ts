import type { Style } from '../../src/base/style.ts';
import { oneLine, pad } from '../../src/base/text.ts';
import type { UnmetSchedule } from './fit.ts';
import { changes, type Action, type Plan, type SchedulePlan } from './plan.ts';

export interface ScheduleReport extends Pick<Plan, 'schedules' | 'foreign'> {
  readonly endpoint: string;
  readonly project: string;
  /** The token's user. */
  readonly user: string;
  /** False after --check and --dry-run. */
  readonly applied: boolean;
  /** Null when nobody looked. */
  readonly unmet: readonly UnmetSchedule[] | null;
}

export function scheduleJson({ endpoint, project, user, applied, schedules, foreign, unmet }: ScheduleReport): string {
  const summary = { schedules: schedules.filter(({ input }) => input !== null).length, changes: changes({ schedules }).length, foreign: foreign.length, unmet: unmet?.length ?? null };
  const listed = schedules.map(({ description, id, actions }) => ({ description, id, actions: actions.map((action) => ({ kind: action.kind, ...('name' in action ? { variable: action.name } : {}), reason: action.reason })) }));
  return `${JSON.stringify({ version: 1, endpoint, project, user, applied, summary, schedules: listed, foreign, unmet }, null, 2)}\n`;
}

export function scheduleTable(report: ScheduleReport, style: Style): string {
  const { schedules, foreign, unmet, project, user } = report;
  const blocks = [
    [style.bold(`Pipeline schedules of ${oneLine(project)}`), ...schedules.flatMap((schedule) => rows(schedule, style))],
    foreign.length === 0 ? [] : [style.bold('Not ours'), ...foreign.flatMap((schedule) => foreignRows(schedule, style))],
    unmet === null || unmet.length === 0 ? [] : [style.bold('Never met'), ...unmet.flatMap((schedule) => unmetRows(schedule, style))],
  ];
  return `${[...blocks.filter((block) => block.length > 0).map((block) => `${block.join('\n')}\n`), summary(report, style), style.dim(`as @${oneLine(user)}`)].join('\n')}\n`;
}

const SIGNS: Readonly<Record<Action['kind'], readonly [string, 'green' | 'yellow' | 'red' | 'dim']>> = {
  create: ['+', 'green'],
  'take-ownership': ['~', 'yellow'],
  edit: ['~', 'yellow'],
  'set-variable': ['~', 'yellow'],
  'delete-variable': ['~', 'yellow'],
  delete: ['-', 'red'],
  unchanged: ['=', 'dim'],
};

const KIND_COLUMNS = Math.max(...Object.keys(SIGNS).map((kind) => kind.length));

function rows({ description, id, actions }: SchedulePlan, style: Style): string[] {
  const [sign, colour] = SIGNS[actions[0]!.kind];
  const name = `  ${style[colour](sign)} ${oneLine(description)}${id === null ? '' : style.dim(` #${id}`)}`;
  return [name, ...actions.map(({ kind, reason }) => `      ${pad(kind, KIND_COLUMNS)}  ${style.dim(oneLine(reason))}`)];
}

function foreignRows({ id, description, owner, cron, key }: ScheduleReport['foreign'][number], style: Style): string[] {
  return [
    `  ${style.yellow('!')} ${oneLine(description)}${style.dim(` #${id}`)} ${oneLine(cron)}, ${owner === null ? 'of nobody' : `of @${oneLine(owner)}`}: it is called like one of ours and starts pipelines besides it`,
    `      ${style.blue('=')} Delete it, or hand it over: give it the variable RENOVATE_ARGOCD_SCHEDULE=${key}.`,
  ];
}

function unmetRows({ project, file, line, message, remedy }: UnmetSchedule, style: Style): string[] {
  return [`  ${style.red('✗')} ${oneLine(project)} ${style.dim(`${oneLine(file)}:${line}`)}: ${oneLine(message)}`, `      ${style.blue('=')} ${oneLine(remedy)}`];
}

function summary({ schedules, applied }: ScheduleReport, style: Style): string {
  const made = changes({ schedules });
  const wanted = schedules.filter(({ input }) => input !== null).length;
  if (made.length === 0) return wanted === 0 ? 'The configuration has no schedules, and there are none of ours.' : `${style.green('✓')} ${counted(wanted, 'schedule')} as configured`;
  return `${counted(made.length, 'change')} ${applied ? 'made' : 'to be made; nothing was changed'}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
