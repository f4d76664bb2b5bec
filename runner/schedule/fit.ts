import { CONFIG_FILE_NAMES } from '../../src/base/config-file-names.ts';
import { FailureError } from '../../src/base/failure.ts';
import type { ScheduleFitReader } from '../../src/index.ts';
import type { ScheduleConfig } from '../config/schema.ts';
import type { GitLab } from '../gitlab/port.ts';
import { inParallel } from '../parallel.ts';
import type { Member } from '../run.ts';
import { ianaZone } from './timezone.ts';

/** A `schedule` or `automergeSchedule` in a project's Renovate config that falls between all starts. */
export interface UnmetSchedule {
  readonly project: string;
  readonly file: string;
  readonly line: number;
  readonly option: string;
  readonly schedule: readonly string[];
  readonly timezone: string | null;
  readonly message: string;
  readonly remedy: string;
}

export interface FitRequest {
  readonly members: readonly Pick<Member, 'project' | 'account'>[];
  readonly schedules: readonly ScheduleConfig[];
  readonly reader: ScheduleFitReader;
  /** Milliseconds since 1970: starts are counted from then on. */
  readonly from: number;
  /** Told of each project that could not be looked into. */
  note(text: string): void;
}

const AT_ONCE = 6;

/** A schedule with variables may run some of the projects only; it is taken to run all, so that nothing is claimed that might not be so. */
export async function unmetSchedules({ members, schedules, reader, from, note }: FitRequest): Promise<UnmetSchedule[]> {
  const crons = schedules.filter(({ active }) => active).map(({ cron, timezone }) => ({ expression: cron, timezone: ianaZone(timezone) }));
  if (crons.length === 0) return [];
  async function attempt<T>(project: string, work: Promise<T>, fallback: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      note(`${project}: whether its schedules are met is not known: ${error.failure.message}`);
      return fallback;
    }
  }
  const configs = await inParallel(members, AT_ONCE, async ({ project, account }) => ({ project: project.path, config: await attempt(project.path, configOf(account.gitlab, project.id), null) }));
  const found: UnmetSchedule[] = [];
  // one after the other, so that a config which brings Renovate's thread down takes no other along
  for (const { project, config } of configs) {
    if (config === null) continue;
    const unmet = await attempt(project, reader.unmet({ ...config, crons, from }), []);
    found.push(...unmet.map(({ line, option, entries, timezone, next }) => ({ project, file: config.file, line, option, schedule: entries, timezone, ...wording(option, entries, timezone, next) })));
  }
  return found;
}

async function configOf(gitlab: Pick<GitLab, 'tree' | 'file'>, project: number): Promise<{ readonly file: string; readonly text: string } | null> {
  const names = new Set((await gitlab.tree(project, ''))?.map(({ path }) => path));
  const file = ROOT_FILES.find((name) => names.has(name));
  const text = file === undefined ? null : await gitlab.file(project, file, 'HEAD');
  return file === undefined || text === null ? null : { file, text };
}

/** Those that are nothing but a Renovate config, in Renovate's order. */
const ROOT_FILES = CONFIG_FILE_NAMES.filter((name) => !name.includes('/') && name !== 'package.json');

function wording(option: string, entries: readonly string[], timezone: string | null, next: readonly number[]): { readonly message: string; readonly remedy: string } {
  const zone = timezone ?? 'UTC';
  const consequence = option === 'schedule' ? 'its updates are never proposed' : 'nothing of it is ever merged automatically';
  return {
    message: `${option} ${JSON.stringify(entries)} is never met: the pipelines start ${next.map((time) => inWords(time, zone)).join(', ')}, … in ${zone}, so ${consequence}`,
    remedy: `Add a time within it to \`schedules\`, or widen it in the project.${timezone === null ? ' Without a "timezone" it is in UTC.' : ''}`,
  };
}

/** `Mon 13:00`. */
function inWords(time: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time).replace(',', '');
}
