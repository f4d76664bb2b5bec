import { readAddress, repositoryKey } from '../../../src/deploy/address.ts';
import { orderOf } from '../../../src/deploy/message.ts';
import { readRequest } from '../../../src/deploy/request.ts';
import { rawOf } from './support/raw.ts';

/** Names as teams have them. What is refused is in failures.test.ts, as the user sees it. */
it.each([
  ['revision', 'v1.0.0'],
  ['revision', 'feature/JIRA-1_x#2'],
  ['revision', 'ümlaut'],
  ['revision', 'a{b}'],
  ['revision', '0123456789abcdef0123456789abcdef01234567'],
  ['file', 'app.yml'],
  ['file', 'clusters/prod+eu/apps/_shop@2.yaml'],
  ['chart-path', '.'],
  ['chart-path', './deploy/chart/'],
  ['order', '0'],
  ['order', '999999999999999'],
  ['author', 'Jérôme O\'Hara <j@example.org>'],
  ['values', ''],
  ['values', 'a: 1\r\nb:\t2 # {{ x }}\n'],
  ['destination', 'https://10.0.0.1:6443'],
  ['repository', 'git@gitlab.example.com:team/shop.git'],
  ['repository', 'ssh://git@gitlab.example.com:2222/team/shop.git'],
])('--%s %j', (option, value) => {
  expect(() => readRequest({ ...rawOf(), [option]: value })).not.toThrow();
});

it('what a request is', () => {
  expect(readRequest({ ...rawOf(), 'chart-path': './a/b/', order: '12', author: 'A B <c@d>' })).toMatchObject({ chartPath: 'a/b', order: 12, author: { name: 'A B', email: 'c@d' }, cluster: { kind: 'http', origin: 'https://gitlab.example.com' } });
});

it.each([
  ['https://gitlab.example.com/Team/Shop.git', 'gitlab.example.com/team/shop'],
  ['https://user:secret@gitlab.example.com:8443/team/shop/', 'gitlab.example.com/team/shop'],
  ['git@gitlab.example.com:team/shop.git', 'gitlab.example.com/team/shop'],
  ['ssh://git@gitlab.example.com:22/team/shop', 'gitlab.example.com/team/shop'],
  ['registry.example.com/charts', null],
])('%s is %s', (address, key) => {
  expect(repositoryKey(address)).toBe(key);
});

it.each(['', 'x', 'file:///srv/x.git', 'https://', 'https://gitlab.example.com', 'https://token@gitlab.example.com/a/b', 'ssh://a:b@gitlab.example.com/a', 'git@-x:a/b', 'https://gitlab.example.com/a b', "https://gitlab.example.com/a'b", 'a:b@c:d', 'javascript:alert(1)'])('%j is no address, and the refusal does not repeat it', (address) => {
  expect(readAddress(address)).toEqual({ problem: expect.not.stringMatching(/token|a:b@|alert/) });
});

describe('orders in messages', () => {
  const whole = 'Deploy shop v1\n\nText.\n\nPipeline: https://x\nRenovate-ArgoCD-Application: shop\nRenovate-ArgoCD-File: a.yaml\nRenovate-ArgoCD-Order: 7\n';
  it.each<[string, string, number | null]>([
    ['a deployment', whole, 7],
    ['one that nobody counted', whole.replace(/Renovate-ArgoCD-Order.*\n/, ''), null],
    ['another application', whole.replace('Application: shop', 'Application: shop-web'), null],
    ['another file', whole.replace('a.yaml', 'b.yaml'), null],
    ['an order that is none', whole.replace('7', '7 or so'), null],
    ['a revert, which quotes it', `Revert "Deploy shop v1"\n\n${whole.replace(/^/gm, '> ')}\n\nThis reverts commit 0123456.\n`, null],
    ['a text that looks like it, above the last paragraph', `${whole}\nSigned-off-by: A <a@example.org>\n`, null],
    ['an empty message', '', null],
  ])('%s', (_name, message, order) => {
    expect(orderOf(message, { name: 'shop', file: 'a.yaml' })).toBe(order);
  });
});
