import type { CoverageReader } from '../src/index.ts';

/** The validator's reader, loaded when it is first asked: it takes longer to load than the rest of the runner, and most runs need it late or never. */
export function lazyCoverage(): CoverageReader {
  let opened: Promise<CoverageReader> | null = null;
  const open = (): Promise<CoverageReader> => (opened ??= import('../src/index.ts').then(({ openCoverage }) => openCoverage()));
  return {
    count: async (root) => (await open()).count(root),
    pins: async (root) => (await open()).pins(root),
    close: async () => void (await (await opened)?.close()),
  };
}
