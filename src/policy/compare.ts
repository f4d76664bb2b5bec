import { UPDATE_TYPES } from '../renovate/types.ts';
import type { Cell, PolicyRow } from './cell.ts';

/** How rows stood with another config. */
export interface Comparison {
  /** The same version then; null when it was not there. */
  row(now: PolicyRow): PolicyRow | null;
  differs(now: PolicyRow): boolean;
  /** Whether a bump would merge by itself that did not before. */
  beginsToMerge(now: PolicyRow): boolean;
}

export function compare(before: readonly PolicyRow[]): Comparison {
  const rows = new Map(before.map((row) => [placeOf(row), row]));
  function pairs(now: PolicyRow): { readonly was: Cell | null; readonly is: Cell }[] {
    const then = rows.get(placeOf(now));
    return UPDATE_TYPES.map((type) => ({ was: then?.updates[type] ?? null, is: now.updates[type] }));
  }
  return {
    row: (now) => rows.get(placeOf(now)) ?? null,
    differs: (now) => pairs(now).some(({ was, is }) => was === null || outcome(was) !== outcome(is)),
    beginsToMerge: (now) => pairs(now).some(({ was, is }) => is.action === 'automerge' && was?.action !== 'automerge'),
  };
}

function placeOf({ pin }: PolicyRow): string {
  return `${pin.file}\0${pin.offset}\0${pin.name ?? ''}`;
}

/** What happens, whoever decides it. */
function outcome({ rules: _rules, decider: _decider, undecided: _undecided, ...rest }: Cell): string {
  return JSON.stringify(rest);
}
