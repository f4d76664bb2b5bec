import { summarize, type PinsSummary } from '../report/pins-report.ts';
import { PACKAGE_ROOT } from '../program/package.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import { analyse, type Analysis, type OpenRenovate } from './analyse.ts';
import { sharedRenovate } from './shared-renovate.ts';

/** Counts the chart versions of one directory after the other, with one Renovate thread for all. */
export interface CoverageReader {
  /**
   * Versions by who keeps them up to date, and the presets that could not be looked into: with any, the numbers say too little.
   * @throws FailureError when the directory's config is broken, or Renovate fails on it
   */
  count(root: string): Promise<{ readonly summary: PinsSummary; readonly missing: readonly string[] }>;
  /** The versions themselves. @throws FailureError as `count` does */
  pins(root: string): Promise<readonly CoveredPin[]>;
  close(): Promise<void>;
}

/** @param open the door to Renovate, for tests: its thread exists in dist/ only */
export function openCoverage(open?: OpenRenovate): CoverageReader {
  const { use, close } = sharedRenovate(open);
  const read = (root: string): Promise<Analysis> => use((renovate) => analyse({ root, config: null, presets: { packageRoot: PACKAGE_ROOT, mapped: [] }, cwd: root, validate: false, open: () => ({ ...renovate, close: async () => {} }) }));
  return {
    async count(root) {
      const { pins, resolved } = await read(root);
      return { summary: summarize(pins), missing: resolved.missing.map(({ reference }) => reference) };
    },
    pins: async (root) => (await read(root)).pins,
    close,
  };
}
