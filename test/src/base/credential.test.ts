import { isPlaceholder, isToken, masked } from '../../../src/base/credential.ts';

it.each<[text: string, token: boolean]>([
  ['0123456789abcdef0123456789abcdef', true],
  ['0123456789ABCDEF0123456789ABCDEF', true],
  ['glpat-ABCDEFGHIJKLMNOPQRST', true],
  ['gldt-abcdefghijklmnopqrst', true],
  ['MDEyMzQ1Njc4OWFiY2RlZg==', true],
  ['aGVsbG8gd29ybGQ/aGVsbG8gd29ybGQ', true],
  ['x8Kp2mQ9vL4nR7tW1zB5cD3f', true],
  ['authorization-key', false],
  ['alertmanager-gitlab-authorization-key', false],
  ['gitlab_authorization_token_2024_v2', false],
  ['gitlabAuthorizationKeyOfProduction2024', false],
  ['prometheus.alerts.notify.key', false],
  ['12345678901234567890', false],
  ['deadbeef', false],
  ['https://gitlab.example.com/group/project', false],
  ['a sentence of more than twenty signs', false],
])('%s: %s', (text, token) => {
  expect(isToken(text)).toBe(token);
});

it.each<[text: string, placeholder: boolean]>([
  ['<authorization key>', true],
  ['${GITLAB_KEY}', true],
  ['$(GITLAB_KEY)abc', true],
  ['ENC[AES256_GCM,data:abcdefgh]', true],
  ['ref+vault://secret/gitlab', true],
  ['CHANGE_ME', true],
  ['your-authorization-key', true],
  ['xxxxxxxxxxxx', true],
  ['password', true],
  ['0123456789abcdef0123456789abcdef', false],
  ['correct-horse-battery', false],
])('%s stands for another: %s', (text, placeholder) => {
  expect(isPlaceholder(text)).toBe(placeholder);
});

it('says nothing of what it is', () => {
  expect([masked('0123456789abcdef'), masked('glpat-ABCDEFGHIJ')]).toEqual(['16 hex digits', '16 characters']);
});
