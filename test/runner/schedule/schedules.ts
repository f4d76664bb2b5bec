import type { PipelineSchedule } from '../../../runner/gitlab/schema.ts';
import { keyOf, MARKER, type DesiredSchedule } from '../../../runner/schedule/desired.ts';

export const BOT = { id: 1, username: 'renovate-bot' };
export const ALICE = { id: 2, username: 'alice' };

export function want(fields: Partial<DesiredSchedule> = {}): DesiredSchedule {
  const description = fields.description ?? 'Nightly';
  return { key: keyOf(description), description, cron: '0 4 * * *', timezone: 'Europe/Berlin', ref: 'refs/heads/main', active: true, variables: {}, ...fields };
}

/** As GitLab has it, without a marker. */
export function unmarked(fields: Partial<PipelineSchedule> = {}): PipelineSchedule {
  return { id: 7, description: 'Nightly', cron: '0 4 * * *', timezone: 'Europe/Berlin', ref: 'refs/heads/main', active: true, nextRunAt: null, owner: BOT, variables: {}, variablesShown: true, ...fields };
}

/** One of ours. */
export function have(fields: Partial<PipelineSchedule> = {}): PipelineSchedule {
  const schedule = unmarked(fields);
  return { ...schedule, variables: { [MARKER]: keyOf(schedule.description), ...schedule.variables } };
}
