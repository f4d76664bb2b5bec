import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathFrom } from '../base/paths.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import { analyse, sharingRenovate, type Analysis, type AnalyseRequest } from './analyse.ts';
import { openRevision } from './git.ts';

export interface CoveredAgainst {
  readonly analysis: Analysis;
  /** The versions of the other state. */
  readonly before: readonly CoveredPin[];
}

/**
 * The versions as they are, and as they were in a git revision, with its config and its own presets.
 * @throws FailureError `usage` for an unknown revision, and what `analyse` throws
 */
export function coveredAgainst(request: AnalyseRequest, reference: string): Promise<CoveredAgainst> {
  return sharingRenovate(request, async (shared) => {
    const analysis = await analyse(shared);
    const revision = await openRevision(shared.root, reference);
    const folder = await mkdtemp(join(tmpdir(), 'renovate-argocd-'));
    try {
      await revision.checkout(folder);
      const root = await realpath(shared.root);
      const there = (path: string): string => join(folder, pathFrom(revision.top, path));
      const config = shared.config !== null && isBelow(shared.config, revision.top) ? there(shared.config) : shared.config;
      const { pins } = await analyse({ ...shared, root: there(root), config });
      return { analysis, before: pins };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}
