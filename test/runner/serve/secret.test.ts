import { join } from 'node:path';
import { inspect } from 'node:util';
import { isSecret, webhookSecret } from '../../../runner/serve/secret.ts';
import { tokenFrom } from '../../../src/base/secrets.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { failureOf } from './support/failures.ts';

const LONG = 'a-secret-of-the-webhook';
const folder = temporaryFolder({ 'secret.txt': `${LONG}\n`, 'empty.txt': '\n' });
afterAll(folder.remove);

function secretIn(env: Readonly<Record<string, string>>): ReturnType<typeof webhookSecret> {
  return webhookSecret({ env, cwd: folder.root });
}

it.each<[string, Readonly<Record<string, string>>, string | null]>([
  ['nothing', {}, null],
  ['an empty variable', { RENOVATE_ARGOCD_WEBHOOK_SECRET: '' }, null],
  ['the variable', { RENOVATE_ARGOCD_WEBHOOK_SECRET: LONG }, LONG],
  ['a file', { RENOVATE_ARGOCD_WEBHOOK_SECRET_FILE: 'secret.txt' }, LONG],
  ['the variable before a file', { RENOVATE_ARGOCD_WEBHOOK_SECRET: `${LONG}!`, RENOVATE_ARGOCD_WEBHOOK_SECRET_FILE: 'secret.txt' }, `${LONG}!`],
])('%s', (_name, env, expected) => {
  expect(secretIn(env)?.reveal() ?? null).toBe(expected);
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  ['a short one', { RENOVATE_ARGOCD_WEBHOOK_SECRET: 'hunter2' }, 'RENOVATE_ARGOCD_WEBHOOK_SECRET: the secret has fewer than 12 characters'],
  ['an empty file', { RENOVATE_ARGOCD_WEBHOOK_SECRET_FILE: 'empty.txt' }, 'RENOVATE_ARGOCD_WEBHOOK_SECRET_FILE: the secret has fewer than 12 characters'],
  ['a file that is not there', { RENOVATE_ARGOCD_WEBHOOK_SECRET_FILE: join('no', 'file') }, 'no/file (RENOVATE_ARGOCD_WEBHOOK_SECRET_FILE) cannot be read (ENOENT)'],
])('refuses %s, without showing it', (_name, env, message) => {
  const failure = failureOf(() => secretIn(env));
  expect(failure).toMatchObject({ code: 'runner-config', message });
  expect(inspect(failure)).not.toContain('hunter2');
});

it.each<[string | undefined, boolean]>([
  [LONG, true],
  [undefined, false],
  ['', false],
  [`${LONG} `, false],
  [LONG.slice(1), false],
  ['x'.repeat(1_000_000), false],
  ['ä', false],
])('compares %#', (given, expected) => {
  expect(isSecret(given, tokenFrom('SECRET', LONG))).toBe(expected);
});
