import { inspect } from 'node:util';
import { REDACTED, redactor, tokenFrom } from '../../../src/base/secrets.ts';

const SECRET = 'glpat-AbC+/9"x&yZ_0123';

it.each<[string, string]>([
  ['as it is', `private-token: ${SECRET}.`],
  ['in an address', `https://oauth2:${encodeURIComponent(SECRET)}@gitlab.example.com/a.git`],
  ['in a JSON string', JSON.stringify({ token: SECRET })],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['as the password of oauth2', `Basic ${Buffer.from(`oauth2:${SECRET}`).toString('base64')}`],
  ['as the password of gitlab-ci-token', `Basic ${Buffer.from(`gitlab-ci-token:${SECRET}`).toString('base64')}`],
  ['in base64 with more behind it', Buffer.from(`${SECRET}\nnext line`).toString('base64')],
  ['twice', `${SECRET} ${SECRET}`],
])('a secret goes: %s', (_name, text) => {
  const clean = redactor([SECRET])(text);
  expect(clean).toContain(REDACTED);
  expect(clean).not.toContain(SECRET);
  expect(clean).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 20));
});

it.each<[string, readonly string[]]>([
  ['without secrets', []],
  ['a short one is not looked for', ['abc']],
])('leaves a text as it is: %s', (_name, secrets) => {
  expect(redactor(secrets)('abc and more')).toBe('abc and more');
});

it('a token is shown by nothing that shows things', () => {
  const token = tokenFrom('RENOVATE_TOKEN', SECRET);
  expect([inspect(token, { depth: 9, showHidden: true }), JSON.stringify(token), String(token), Object.values(token).join()].join('\n')).not.toContain(SECRET);
  expect(token.reveal()).toBe(SECRET);
});
