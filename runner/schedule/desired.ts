import { createHash } from 'node:crypto';
import { fail, type Failure } from '../../src/base/failure.ts';
import { nearest } from '../../src/base/nearest.ts';
import type { ScheduleConfig } from '../config/schema.ts';
import type { ScheduleInput } from '../gitlab/port.ts';
import { ianaZone } from './timezone.ts';

/** The variable that every schedule of ours carries. Only those that do are ever changed or deleted. */
export const MARKER = 'RENOVATE_ARGOCD_SCHEDULE';

export interface DesiredSchedule extends ScheduleInput {
  /** Value of the marker. */
  readonly key: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** @throws FailureError `runner-config` */
export function desiredSchedules(schedules: readonly ScheduleConfig[], defaultBranch: string): DesiredSchedule[] {
  const wrong = schedules.map((schedule, index) => faultOf(schedule, schedules.slice(0, index))).find((fault) => fault !== null);
  if (wrong !== undefined) fail(wrong);
  return schedules.map(({ description, cron, timezone, ref, active, variables }) => ({
    key: keyOf(description),
    description,
    cron: cron.trim().replaceAll(/\s+/g, ' '),
    timezone,
    // in full, because GitLab refuses a short name that a branch and a tag have in common
    ref: ref ?? `refs/heads/${defaultBranch}`,
    active,
    variables,
  }));
}

/** Stable as long as the description is, and free of what a pipeline would expand (`$`). */
export function keyOf(description: string): string {
  const words = description.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 40);
  return `${words}${words === '' ? '' : '-'}${createHash('sha256').update(description).digest('hex').slice(0, 8)}`;
}

/** The prefixes of GitLab's tokens (https://docs.gitlab.com/security/tokens/#token-prefixes). */
export const GITLAB_TOKEN = /\bgl[a-z]{2,8}-[\w.-]{6,}/;

function faultOf({ description, timezone, variables }: ScheduleConfig, before: readonly ScheduleConfig[]): Failure | null {
  const name = `schedules: ${JSON.stringify(description)}`;
  if (before.some((other) => other.description === description)) {
    return { code: 'runner-config', message: `${name} is there twice`, remedy: 'The description identifies a schedule: give each its own.' };
  }
  if (ianaZone(timezone) === null) {
    const near = nearest(timezone, Intl.supportedValuesOf('timeZone'));
    return { code: 'runner-config', message: `${name}: there is no timezone ${timezone}`, remedy: near === null ? 'Write an IANA name such as Europe/Berlin.' : `Did you mean ${near}?` };
  }
  if (MARKER in variables) {
    return { code: 'runner-config', message: `${name}: the variable ${MARKER} is taken`, remedy: 'Leave it out: `schedule` sets it itself, to know its own schedules.' };
  }
  const [token] = Object.entries(variables).find(([, value]) => GITLAB_TOKEN.test(value)) ?? [];
  if (token === undefined) return null;
  return { code: 'runner-config', message: `${name}: the variable ${token} holds a token`, remedy: 'Put it into a masked CI/CD variable of the project: variables of a schedule are readable, and this file is too. Revoke the token if it was ever committed.' };
}
