import type { Hook } from '../../../../runner/gitlab/schema.ts';
import { known, type Fact } from '../../../../runner/preflight/check.ts';
import { webhook } from '../../../../runner/preflight/checks/webhook.ts';
import { hook, projectFacts, refused, verdictOf } from '../made-up.ts';

const ADDRESS = 'https://renovate.example.com/webhook';

it.each<[string, Fact<readonly Hook[] | null>, string]>([
  ['there', known([hook()]), `ok: it leads to ${ADDRESS}`],
  ['there, written otherwise', known([hook({ url: `${ADDRESS}/?project=1` })]), `ok: it leads to ${ADDRESS}`],
  ['none', known([]), `warning: none leads to ${ADDRESS}; one of the group does not show here`],
  ['another', known([hook({ url: 'https://renovate.example.com/other' }), hook({ url: 'not an address' })]), `warning: none leads to ${ADDRESS}; one of the group does not show here`],
  ['without issues', known([hook({ issues: false })]), 'warning: it lacks issue events'],
  ['without anything', known([hook({ issues: false, mergeRequests: false, pushes: false })]), 'warning: it lacks push events and issue events and merge request events'],
  ['two, of which one is whole', known([hook({ issues: false }), hook()]), `ok: it leads to ${ADDRESS}`],
  ['switched off by GitLab', known([hook({ working: false })]), 'problem: GitLab has switched it off after failures'],
  ['not for this role to see', known(null), 'unknown: webhooks are for Maintainers to see'],
  ['not shown', refused(), 'unknown: GitLab says gitlab-forbidden'],
])('%s', (_name, hooks, expected) => {
  expect(verdictOf(webhook, projectFacts({ hooks, webhook: ADDRESS }))).toBe(expected);
});

it.each<[string | null, boolean]>([
  [null, false],
  [ADDRESS, true],
])('for %s it applies: %s', (address, expected) => {
  expect(webhook.applies?.(projectFacts({ webhook: address }))).toBe(expected);
});
