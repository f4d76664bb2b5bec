import type { Finding, Rule } from '../lint/rule.ts';
import type { Engine } from '../renovate/types.ts';
import type { Style } from '../base/style.ts';

/** What every format of `check` is made from. */
export interface CheckReport {
  readonly engine: Engine;
  readonly findings: readonly Finding[];
  /** Findings that a repair made go away. */
  readonly fixed: number;
  /** What a repair would change, when it is only asked for. */
  readonly diff: string | null;
  readonly rules: readonly Rule[];
  /** Versions that were judged, for the summary. */
  readonly pins: number;
  readonly toolVersion: string;
  /** The text of a line of a judged file; null when it is not known. */
  sourceLine(file: string, line: number): string | null;
}

/** One output format: pure, ends with a line end. */
export type Format = (report: CheckReport, style: Style) => string;
