import { skippedPipelines } from '../../../../runner/preflight/checks/skipped-pipelines.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, string]>([
  [false, 'ok: skipped pipelines do not count'],
  [true, 'warning: "Skipped pipelines are considered successful" is on'],
])('%s', (skippedPipelinesCount, expected) => {
  expect(verdictOf(skippedPipelines, projectFacts({ project: project({ skippedPipelinesCount }) }))).toBe(expected);
});
