import { oneLine } from '../../src/base/text.ts';
import type { Io } from '../../src/program/io.ts';
import { changesText } from '../progress.ts';
import type { Redact } from '../../src/base/secrets.ts';
import type { JobEnd, QueuedJob } from './job.ts';

/** One line for people. */
export type Log = (text: string) => void;

/** Plain lines on stderr, each with its time, without secrets; whatever stands in a text, it stays one line. */
export function openLog(io: Pick<Io, 'now' | 'stderr'>, redact: Redact): Log {
  return (text) => io.stderr(`${new Date(io.now()).toISOString()} ${oneLine(redact(text))}\n`);
}

export function projectsText(count: number): string {
  return `${count} ${count === 1 ? 'project' : 'projects'}`;
}

export function jobLine({ project, reason }: QueuedJob, { state, message, report }: JobEnd): string {
  const what = state === 'failed' ? `failed: ${message}` : report === null ? `not run: ${message}` : report.status === 'done' ? changesText(report) : message;
  return `${project}: ${what} (${[reason, ...(report === null ? [] : [`${report.seconds.toFixed(1)} s`])].join(', ')})`;
}
