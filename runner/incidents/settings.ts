import type { RunnerConfig } from '../config/schema.ts';
import type { HoldOptions, HoldScope } from './hold.ts';
import type { RevertOptions } from './revert.ts';

export interface IncidentSettings extends Omit<HoldOptions, 'now' | 'scope'> {
  /** `off` reads no incidents. */
  readonly scope: HoldScope | 'off';
  readonly revert: RevertOptions;
}

/** What the configuration says of incidents. */
export function incidentSettings({ hold: { scope, calm, unattributed }, revert: { mode, after } }: Pick<RunnerConfig, 'hold' | 'revert'>): IncidentSettings {
  return { scope, calmMinutes: calm, unattributed, revert: { mode, afterMinutes: after } };
}
