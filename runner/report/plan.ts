import type { Style } from '../../src/base/style.ts';
import { oneLine, pad, width } from '../../src/base/text.ts';
import type { SkippedProject, SkipReason } from '../projects/project.ts';

export interface PlannedProject {
  readonly path: string;
  readonly account: string;
  /** By the last report; null for a project that was never run. */
  readonly seconds: number | null;
  /** Counts from 1: the job of the child pipeline that `shard` would write. */
  readonly shard: number;
}

export interface PlanReport {
  readonly endpoint: string;
  readonly projects: readonly PlannedProject[];
  readonly skipped: readonly SkippedProject[];
  readonly shards: number;
}

export const SKIP_REASONS: Readonly<Record<SkipReason, string>> = {
  excluded: 'named by `exclude`',
  'not-found': 'does not exist, or the token may not see it',
  archived: 'archived',
  'pending-deletion': 'about to be deleted',
  empty: 'no commit yet',
  fork: 'a fork; `forks: true` runs them',
  'merge-requests-off': 'merge requests are switched off',
  'role-too-low': 'the token is less than a Developer there',
  'no-config': 'no Renovate config; commit a renovate.json, or set `onboarding: true`',
};

export function planJson({ endpoint, projects, skipped, shards }: PlanReport): string {
  return `${JSON.stringify({ version: 1, endpoint, summary: { projects: projects.length, skipped: skipped.length, shards }, projects, skipped: skipped.map(({ path, reason }) => ({ path, reason, text: SKIP_REASONS[reason] })) }, null, 2)}\n`;
}

export function planTable({ projects, skipped, shards }: PlanReport, style: Style): string {
  const columns = Math.max(0, ...[...projects, ...skipped].map(({ path }) => width(oneLine(path))));
  const rows = projects.map(({ path, account, seconds, shard }) => {
    const facts = [seconds === null ? 'never run' : `${seconds.toFixed(1)} s`, ...(account === '' ? [] : [`account ${account}`]), ...(shards > 1 ? [`job ${shard}`] : [])];
    return `  ${style.green('✓')} ${pad(oneLine(path), columns)}  ${style.dim(facts.map(oneLine).join(', '))}`;
  });
  const left = skipped.map(({ path, reason }) => `  ${style.dim('–')} ${pad(oneLine(path), columns)}  ${reason}: ${SKIP_REASONS[reason]}`);
  const block = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [style.bold(title), ...lines, '']);
  return [...block('Run', rows), ...block('Skipped', left), `${projects.length} projects would run${shards > 1 ? ` in ${shards} jobs` : ''}, ${skipped.length} are skipped`].join('\n') + '\n';
}
