import { known } from '../../../../runner/preflight/check.ts';
import { gitlabVersion } from '../../../../runner/preflight/checks/gitlab-version.ts';
import type { TokenFacts } from '../../../../runner/preflight/facts.ts';
import { refused, tokenFacts, verdictOf } from '../made-up.ts';

it.each<[string, TokenFacts['version'], string]>([
  ['new', known('18.5.0-ee'), 'ok: it is 18.5.0-ee'],
  ['just new enough', known('17.0.0'), 'ok: it is 17.0.0'],
  ['old', known('16.11.10'), 'problem: it is 16.11.10'],
  ['something else', known('nightly'), 'unknown: it calls itself nightly'],
  ['not said', refused(), 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, version, expected) => {
  expect(verdictOf(gitlabVersion, tokenFacts({ version }))).toBe(expected);
});
