import { squashOption } from '../../../../runner/preflight/checks/squash-option.ts';
import { project, projectFacts, verdictOf } from '../made-up.ts';

it.each([
  ['never', 'ok: never squashed'],
  ['always', 'ok: always squashed'],
  ['default_on', "ok: squashed by default, so Renovate's are too"],
  ['default_off', "ok: not squashed by default, so Renovate's are not"],
  ['new', 'ok: new'],
])('%s', (option, expected) => {
  expect(verdictOf(squashOption, projectFacts({ project: project({ squashOption: option }) }))).toBe(expected);
});
