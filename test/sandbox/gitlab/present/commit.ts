import { differencesIn, type Commit } from '../../git-read.ts';
import { pipelineOf } from '../pipelines.ts';
import type { Project } from '../state.ts';
import { presentPipeline } from './pipeline.ts';
import { presentCommit } from './repository.ts';
import type { Fields } from './user.ts';

export function presentCommitInFull(project: Project, commit: Commit, origin: string): Fields {
  const pipeline = pipelineOf(project, commit.sha);
  const lines = differencesIn(project.repository, commit).flatMap(({ patch }) => patch.split('\n'));
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  const shown = pipeline === null ? null : presentPipeline(project, pipeline, origin);
  return {
    ...presentCommit(project, commit, origin),
    stats: { additions: count('+'), deletions: count('-'), total: count('+') + count('-') },
    status: shown?.['status'] ?? null,
    project_id: project.id,
    last_pipeline: shown,
  };
}
