import { basename } from 'node:path';
import type { ConfigDocument } from '../config/document.ts';
import { readDocument } from '../config/read.ts';
import { writtenSchedules } from '../lint/schedules.ts';
import { PACKAGE_ROOT } from '../program/package.ts';
import type { Renovate, RunTime } from '../renovate/types.ts';
import type { OpenRenovate } from './analyse.ts';
import { sharedRenovate } from './shared-renovate.ts';

export interface ScheduleFitRequest {
  /** Name of the config file, whose ending says how it is written. */
  readonly file: string;
  readonly text: string;
  /** When Renovate is started. */
  readonly crons: readonly RunTime[];
  /** Milliseconds since 1970: starts are counted from then on. */
  readonly from: number;
}

/** A schedule that no start meets, and where it is written. */
export interface MissedSchedule {
  readonly option: 'schedule' | 'automergeSchedule';
  readonly entries: readonly string[];
  readonly timezone: string | null;
  readonly line: number;
  /** The first starts, in milliseconds since 1970. */
  readonly next: readonly number[];
}

/** Judges one config text after the other, with one Renovate thread for all: what the rule schedule-never says, without a repository. */
export interface ScheduleFitReader {
  /** @throws FailureError when the config cannot be read, or Renovate fails on it */
  unmet(request: ScheduleFitRequest): Promise<readonly MissedSchedule[]>;
  close(): Promise<void>;
}

const SHOWN = 3;

/** @param open the door to Renovate, for tests: its thread exists in dist/ only */
export function openScheduleFit(open?: OpenRenovate): ScheduleFitReader {
  const { use, close } = sharedRenovate(open);
  return {
    async unmet({ file, text, crons, from }) {
      // read as if it stood at the root of a repository
      const document = await readDocument('/', `/${basename(file)}`, basename(file), new Map([[basename(file), text]]));
      return use((renovate) => judged(renovate, document, crons, from));
    },
    close,
  };
}

async function judged(renovate: Renovate, document: ConfigDocument, crons: ScheduleFitRequest['crons'], from: number): Promise<MissedSchedule[]> {
  const { config } = await renovate.resolve({ config: document.value, source: document.source, presets: { packageRoot: PACKAGE_ROOT, mapped: [] } });
  const schedules = writtenSchedules([document], config);
  if (schedules.length === 0) return [];
  const { met, crons: starts } = await renovate.schedules({ crons, schedules, from });
  const next = [...new Set(starts.flatMap((start) => (start.ok ? start.next : [])))].sort((a, b) => a - b).slice(0, SHOWN);
  // without a single start nothing can be said
  if (next.length === 0) return [];
  return schedules.filter((_schedule, index) => !met[index]).map(({ option, entries, timezone, path }) => ({ option, entries, timezone, line: document.valueAt(path).line, next }));
}
