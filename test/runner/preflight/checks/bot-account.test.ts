import { known } from '../../../../runner/preflight/check.ts';
import { botAccount } from '../../../../runner/preflight/checks/bot-account.ts';
import { BOT, refused, tokenFacts, verdictOf } from '../made-up.ts';

it.each<[string, boolean, boolean, string]>([
  ['project_7_bot_1a2b', true, false, 'ok: @project_7_bot_1a2b is a bot'],
  ['renovate', false, false, 'ok: @renovate is an account made for this, by its name'],
  ['team.bot', false, false, 'ok: @team.bot is an account made for this, by its name'],
  ['svc-updates', false, false, 'ok: @svc-updates is an account made for this, by its name'],
  ['deploybot2', false, false, 'ok: @deploybot2 is an account made for this, by its name'],
  ['anna', false, false, 'warning: @anna seems to be a person'],
  ['francis', false, false, 'warning: @francis seems to be a person'],
  ['abbott', false, false, 'warning: @abbott seems to be a person'],
  ['renovate', false, true, 'warning: @renovate is an administrator'],
])('%s, bot %s, administrator %s', (username, bot, admin, expected) => {
  expect(verdictOf(botAccount, tokenFacts({ user: known({ ...BOT, username, bot, admin }) }))).toBe(expected);
});

it('a refused token', () => {
  expect(verdictOf(botAccount, tokenFacts({ user: refused() }))).toBe('unknown: GitLab says gitlab-forbidden');
});
