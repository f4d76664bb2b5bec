import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canBeTokenFree, gitConfig, renovateEnvironment, type EnvironmentInput } from '../../../runner/renovate/environment.ts';
import { globalConfig, type GlobalConfigInput } from '../../../runner/renovate/global-config.ts';
import { tokenFrom } from '../../../src/base/secrets.ts';

const INPUT: EnvironmentInput = {
  env: {},
  allowed: [],
  token: tokenFrom('RENOVATE_TOKEN', 'glpat-secret'),
  endpoint: 'https://gitlab.example.com/api/v4/',
  home: '/tmp/home',
  configFile: '/tmp/home/config.json',
  cacheDir: '/tmp/cache',
  compileCache: null,
  node: '/opt/node/bin/node',
  heapMb: 1000,
  tokenFreeUrls: false,
  custom: {},
};

it.each<[string, Record<string, string>, readonly string[], boolean]>([
  ['a CI token', { CI_JOB_TOKEN: 'x' }, [], false],
  ['a secret of somebody', { AWS_SECRET_ACCESS_KEY: 'x' }, [], false],
  ["the runner's own secret", { RENOVATE_ARGOCD_WEBHOOK_SECRET: 'x' }, [], false],
  ['a way around the allow-list', { RENOVATE_EXPOSE_ALL_ENV: 'true' }, [], false],
  ['git settings of the machine', { GIT_CONFIG_COUNT: '1' }, [], false],
  ['a preload', { LD_PRELOAD: 'x', NODE_PATH: 'x' }, [], false],
  ['credentials of registries', { RENOVATE_HOST_RULES: '[]' }, [], true],
  ['a proxy', { HTTPS_PROXY: 'http://proxy' }, [], true],
  ['a certificate', { NODE_EXTRA_CA_CERTS: '/ca.pem' }, [], true],
  ['a compile cache', { NODE_COMPILE_CACHE: '/cache' }, [], true],
  ['what the config names', { CHARTS_PASSWORD: 'x' }, ['CHARTS_PASSWORD'], true],
])('%s passes: %4$s', (_name, env, allowed, passes) => {
  const environment = renovateEnvironment({ ...INPUT, env, allowed });
  expect(Object.keys(env).some((name) => environment[name] === env[name])).toBe(passes);
});

it('Renovate gets the token from its environment, and a home of its own', () => {
  expect(renovateEnvironment({ ...INPUT, env: { HOME: '/root', PATH: '/bin', RENOVATE_TOKEN: 'other', NODE_OPTIONS: '--require /evil.js' } })).toMatchObject({ RENOVATE_TOKEN: 'glpat-secret', HOME: '/tmp/home', PATH: '/opt/node/bin:/bin', NODE_OPTIONS: '--max-old-space-size=1000' });
});

it.each<[string, string | null, Record<string, string>, string | undefined]>([
  ['nowhere', null, {}, undefined],
  ['beside the cache that is kept', '/cache/node', {}, '/cache/node'],
  ['where the machine says', '/cache/node', { NODE_COMPILE_CACHE: '/mine' }, '/mine'],
])('Node keeps what it compiled %s', (_name, compileCache, env, expected) => {
  expect(renovateEnvironment({ ...INPUT, compileCache, env })['NODE_COMPILE_CACHE']).toBe(expected);
});

it('git gets the token by a header, beside what the user hands to programs', () => {
  const { RENOVATE_CUSTOM_ENV_VARIABLES } = renovateEnvironment({ ...INPUT, tokenFreeUrls: true, custom: { A: 'config', GIT_CONFIG_COUNT: '1' }, env: { RENOVATE_CUSTOM_ENV_VARIABLES: '{"A":"variable"}' } });
  expect(JSON.parse(RENOVATE_CUSTOM_ENV_VARIABLES!)).toEqual({ A: 'variable', GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_1: 'http.https://gitlab.example.com/.extraHeader', GIT_CONFIG_VALUE_1: `Authorization: Basic ${Buffer.from('oauth2:glpat-secret').toString('base64')}` });
});

it.each<[string, Parameters<typeof canBeTokenFree>[0], boolean]>([
  ['both addresses', [{ sshUrl: 'git@gitlab.example.com:a/b.git', httpUrl: 'https://gitlab.example.com/a/b.git' }], true],
  ['ssh is off', [{ sshUrl: null, httpUrl: 'https://gitlab.example.com/a/b.git' }], false],
  ['another host', [{ sshUrl: 'git@git.example.com:a/b.git', httpUrl: 'https://git.example.com/a/b.git' }], false],
  ['one of two', [{ sshUrl: 'git@gitlab.example.com:a/b.git', httpUrl: 'https://gitlab.example.com/a/b.git' }, { sshUrl: null, httpUrl: null }], false],
])('git needs no token in an address: %s', (_name, projects, expected) => {
  expect(canBeTokenFree(projects, INPUT.endpoint)).toBe(expected);
});

it.each([
  ['git@gitlab.example.com:a/b.git', 'https://gitlab.example.com/a/b.git'],
  ['ssh://git@gitlab.example.com:2222/a/b.git', 'https://gitlab.example.com/a/b.git'],
  ['git@gitlab.example.com:we ird"\\/b.git', 'https://gitlab.example.com/we%20ird/b.git'],
  // the rule against tokens in addresses of other repositories on the host
  ['https://gitlab.example.com/team/chart.git', 'https://gitlab.example.com/team/chart.git'],
])('git reads %s as %s', (sshUrl, httpUrl) => {
  const folder = mkdtempSync(join(tmpdir(), 'renovate-argocd-gitconfig-'));
  try {
    writeFileSync(join(folder, '.gitconfig'), gitConfig([{ sshUrl, httpUrl }], INPUT.endpoint));
    const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'url.https://gitlab-ci-token:glpat-secret@gitlab.example.com/.insteadOf', GIT_CONFIG_VALUE_0: 'https://gitlab.example.com/' };
    expect(execFileSync('git', ['ls-remote', '--get-url', sshUrl], { env, cwd: folder, encoding: 'utf8' }).trim()).toBe(httpUrl);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const CONFIG: GlobalConfigInput = { endpoint: 'https://gitlab.example.com/api/v4/', repositories: ['a/b'], onboarding: false, forks: false, chartHosts: [], reportPath: '/r.json', tokenFreeUrls: true, dryRun: false, renovate: {} };

it.each<[string, Partial<GlobalConfigInput>, Record<string, unknown>]>([
  ['no onboarding: a project without config is left alone', {}, { onboarding: false, requireConfig: 'required', gitUrl: 'ssh' }],
  ['onboarding', { onboarding: true }, { onboarding: true, requireConfig: 'optional' }],
  ['private chart hosts', { chartHosts: ['charts.internal'], renovate: { hostRules: [{ matchHost: 'x' }] } }, { hostRules: [{ matchHost: 'charts.internal' }, { matchHost: 'x' }] }],
  ["the user's options", { renovate: { prHourlyLimit: 0, autodiscover: true, platform: 'github' } }, { prHourlyLimit: 0, autodiscover: false, platform: 'gitlab' }],
  ['a dry run', { dryRun: true, renovate: { dryRun: null } }, { dryRun: 'full' }],
])('%s', (_name, input, expected) => {
  expect(globalConfig({ ...CONFIG, ...input })).toMatchObject(expected);
});
