import { Cron } from 'croner';

/** When GitLab looks for schedules that are due: gitlab.yml's pipeline_schedule_worker, unless an administrator changed it. */
const WORKER = '3-59/10 * * * *';

/** Five fields, or one of cron's words. */
export function isCron(cron: string): boolean {
  return (cron.trim().split(/\s+/).length === 5 || /^@(?:yearly|annually|monthly|weekly|daily|hourly)$/.test(cron.trim())) && after(cron, 'UTC', new Date()) !== null;
}

export function isTimezone(timezone: string): boolean {
  return after('0 0 * * *', timezone, new Date()) !== null;
}

/** A schedule starts with the first look on or after its time, not at it: `0 4 * * *` runs at 4:03. */
export function nextRun(cron: string, timezone: string, now = new Date()): string | null {
  const due = after(cron, timezone, now);
  return due === null ? null : (after(WORKER, 'UTC', new Date(due.getTime() - 1)) ?? due).toISOString();
}

function after(cron: string, timezone: string, time: Date): Date | null {
  try {
    return new Cron(cron.trim(), { timezone, mode: '5-part' }).nextRun(time);
  } catch {
    return null;
  }
}
