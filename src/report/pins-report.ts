import type { CoveredPin, PinStatus } from '../coverage/coverage.ts';
import type { Engine } from '../renovate/types.ts';

/** What every format of `pins` is made from. */
export interface PinsReport {
  readonly engine: Engine;
  readonly pins: readonly CoveredPin[];
  /** Path of the Renovate config, null when the repository has none. */
  readonly config: string | null;
}

export interface PinsSummary extends Record<PinStatus, number> {
  readonly pins: number;
}

export function summarize(pins: readonly CoveredPin[]): PinsSummary {
  const summary = { pins: pins.length, managed: 0, unmanaged: 0, duplicate: 0, mismatch: 0, ignored: 0 };
  for (const { status } of pins) summary[status] += 1;
  return summary;
}
