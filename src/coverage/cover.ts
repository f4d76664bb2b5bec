import type { Pin } from '../pins/pin.ts';
import type { ExtractedDependency, ManagerRun } from '../renovate/types.ts';
import type { CoveredPin, ManagedBy, PinStatus, ReasonCode } from './coverage.ts';
import { identityFault } from './identity.ts';

export interface CoverRequest {
  readonly pins: readonly Pin[];
  readonly runs: readonly ManagerRun[];
  /** Files that `ignorePaths` or `includePaths` keep from every manager. */
  readonly ignoredFiles: readonly string[];
}

interface Claim {
  readonly run: ManagerRun;
  readonly dependency: ExtractedDependency;
  /** The update would change this place and nothing else. */
  readonly exact: boolean;
}

/**
 * Joins the two readings: each pin with the dependencies whose update would rewrite its place. Pure; the order of the pins is kept.
 */
export function cover({ pins, runs, ignoredFiles }: CoverRequest): CoveredPin[] {
  const claims = claimsByPlace(runs);
  const failed = runs.flatMap((run) => run.dependencies.filter((dependency) => dependency.writeBack.kind === 'failed').map((dependency) => ({ run, dependency, exact: false })));
  const readFiles = new Set(runs.flatMap((run) => run.matchedFiles));
  const ignored = new Set(ignoredFiles);
  return pins.map((pin) => {
    const touching = claims.get(place(pin.file, pin.offset)) ?? [];
    const lost = touching.length > 0 ? [] : failed.filter(({ dependency }) => dependency.file === pin.file && identityFault(pin, dependency) === null);
    const [status, reason] = judge(pin, touching, lost, readFiles, ignored);
    return { ...pin, status, reason, managers: [...touching, ...lost].map((claim) => describe(pin, claim)) };
  });
}

function place(file: string, offset: number): string {
  return `${file}\0${offset}`;
}

function claimsByPlace(runs: readonly ManagerRun[]): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const run of runs) {
    for (const dependency of run.dependencies) {
      const { writeBack } = dependency;
      const offsets = writeBack.kind === 'exact' ? [writeBack.offset] : writeBack.kind === 'spread' ? writeBack.offsets : [];
      for (const offset of offsets) {
        const key = place(dependency.file, offset);
        const known = claims.get(key) ?? [];
        known.push({ run, dependency, exact: writeBack.kind === 'exact' });
        claims.set(key, known);
      }
    }
  }
  return claims;
}

function judge(pin: Pin, touching: readonly Claim[], lost: readonly Claim[], readFiles: ReadonlySet<string>, ignored: ReadonlySet<string>): [PinStatus, ReasonCode | null] {
  const active = touching.filter(({ dependency }) => dependency.enabled);
  const usable = active.filter(({ dependency }) => dependency.skipReason === null);
  if (usable.length > 1) return ['duplicate', 'several-managers'];
  const [claim] = usable;
  if (claim) {
    const fault = identityFault(pin, claim.dependency);
    if (fault !== null) return ['mismatch', fault];
    return claim.exact ? ['managed', null] : ['mismatch', 'write-back-spread'];
  }
  if (active.length > 0) return ['unmanaged', 'skipped'];
  if (lost.some(({ dependency }) => dependency.enabled)) return ['mismatch', 'write-back-failed'];
  // off on purpose is only what would have fitted: our presets switch off what argocd misreads, and that leaves the version to nobody
  if (touching.some(({ dependency }) => identityFault(pin, dependency) === null)) return ['ignored', 'disabled'];
  // a branch has no next version
  if (pin.floating && (pin.kind === 'git' || pin.kind === 'image' || isMovingTag(pin) || isOpenRange(pin))) return ['ignored', 'floating'];
  if (ignored.has(pin.file)) return ['ignored', 'path-ignored'];
  return ['unmanaged', readFiles.has(pin.file) ? 'not-extracted' : 'no-manager-reads-file'];
}

/** `latest` of an OCIRepository. */
function isMovingTag({ kind, value }: Pin): boolean {
  return kind === 'oci' && /^[A-Za-z]+$/.test(value) && value.toLowerCase() !== 'x';
}

function describe({ value }: Pin, { run, dependency }: Claim): ManagedBy {
  return {
    manager: run.manager,
    datasource: dependency.datasource,
    packageName: dependency.packageName,
    registryUrls: dependency.registryUrls,
    currentValue: value === dependency.currentDigest ? value : dependency.currentValue,
    source: run.source?.source ?? null,
  };
}

/** `*` or `>=1.2`: the newest fits already, so whoever deploys takes it by itself, and Renovate would leave the range as it is (rangeStrategy replace). */
function isOpenRange({ value }: Pin): boolean {
  return /^(?:[*xX]|>=?\s*v?\d+(?:\.\d+)*(?:-[\w.]+)?)$/.test(value);
}
