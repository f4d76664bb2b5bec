import type { CoveredPin } from './coverage.ts';

/** A version that came, went, or is kept up to date otherwise than before. One that only moved to another line or another value is none. */
export interface CoverageChange {
  /** Null for one that is new. */
  readonly before: CoveredPin | null;
  /** Null for one that is gone. */
  readonly after: CoveredPin | null;
}

/** What differs between two states of one repository, in the order of the files: what is new or otherwise as it stands now, then what is gone. */
export function coverageChanges(before: readonly CoveredPin[], after: readonly CoveredPin[]): CoverageChange[] {
  const then = named(before);
  const now = named(after);
  const changed = [...now].map(([key, pin]): CoverageChange => ({ before: then.get(key) ?? null, after: pin })).filter((change) => change.before === null || verdict(change.before) !== verdict(change.after!));
  const gone = [...then].filter(([key]) => !now.has(key)).map(([, pin]): CoverageChange => ({ before: pin, after: null }));
  return [...changed, ...gone];
}

/** By what a version is of; several of one name in one file are told apart by their order. */
function named(pins: readonly CoveredPin[]): Map<string, CoveredPin> {
  const seen = new Map<string, number>();
  return new Map(
    pins.map((pin) => {
      const name = JSON.stringify([pin.file, pin.application, pin.kind, pin.name]);
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return [`${name}${count}`, pin];
    }),
  );
}

function verdict({ status, reason, managers }: CoveredPin): string {
  return JSON.stringify([status, reason, managers.map(({ manager, datasource, packageName }) => [manager, datasource, packageName])]);
}
