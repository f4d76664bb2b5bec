import type { Style } from '../../src/base/style.ts';
import { plural, oneLine, pad, width } from '../../src/base/text.ts';
import { SKIP_REASONS, type SkippedProject } from '../projects/project.ts';

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
  return [...block('Run', rows), ...block('Skipped', left), `${plural(projects.length, 'project')} would run${shards > 1 ? ` in ${shards} jobs` : ''}, ${skipped.length} skipped`].join('\n') + '\n';
}
