import { pipelinesMustSucceed } from '../../../../runner/preflight/checks/pipelines-must-succeed.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each<[boolean, boolean, string]>([
  [true, true, 'ok: "Pipelines must succeed" is on'],
  [true, false, 'ok: "Pipelines must succeed" is on'],
  [false, true, 'problem: "Pipelines must succeed" is off, so automerge can merge a failed pipeline'],
  [false, false, 'warning: "Pipelines must succeed" is off; by the Renovate config nothing is merged automatically yet'],
])('on %s, automerge %s', (on, automerges, expected) => {
  expect(verdictOf(pipelinesMustSucceed, projectFacts({ automerges, project: project({ pipelinesMustSucceed: on }) }))).toBe(expected);
});
