import { FailureError, type Failure } from '../../../src/base/failure.ts';
import { readRunnerConfig, type ConfigSources } from '../../../runner/config/read.ts';
import { variables } from '../../../runner/config/environment.ts';

const EMPTY: ConfigSources = { file: null, env: {}, flags: [] };

function file(text: string): ConfigSources {
  return { ...EMPTY, file: { path: 'runner.json5', text } };
}

function failureOf(sources: ConfigSources): Failure {
  try {
    readRunnerConfig(sources);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
  }
  throw new Error('it was accepted');
}

it('needs no file', () => {
  expect(readRunnerConfig(EMPTY)).toMatchObject({ endpoint: null, projects: [], batch: { projects: 25 }, serve: { host: '127.0.0.1', port: 8080 }, report: { coverage: true } });
});

it.each<[string, ConfigSources, object]>([
  ['a file', file("{ endpoint: 'https://gitlab.example.com', groups: ['platform'], batch: { projects: 3 } }"), { endpoint: 'https://gitlab.example.com', groups: ['platform'], batch: { projects: 3, minutes: 20 } }],
  ['the environment over the file', { ...file('{ concurrency: 2, serve: { port: 1 } }'), env: { RENOVATE_ARGOCD_CONCURRENCY: '4' } }, { concurrency: 4, serve: { port: 1 } }],
  ['flags over the environment', { ...EMPTY, env: { RENOVATE_ARGOCD_CONCURRENCY: '4' }, flags: [{ option: '--concurrency', path: ['concurrency'], value: 8 }] }, { concurrency: 8 }],
  ['a nested key by environment', { ...EMPTY, env: { RENOVATE_ARGOCD_SERVE_PORT: '9', RENOVATE_ARGOCD_REPORT_COVERAGE: 'false' } }, { serve: { port: 9 }, report: { coverage: false } }],
  ['a list by commas', { ...EMPTY, env: { RENOVATE_ARGOCD_PROJECTS: 'a/b, c/d' } }, { projects: ['a/b', 'c/d'] }],
  ['an empty list', { ...file("{ groups: ['x'] }"), env: { RENOVATE_ARGOCD_GROUPS: '[]' } }, { groups: [] }],
  ['crons by semicolons', { ...EMPTY, env: { RENOVATE_ARGOCD_SERVE_CRON: '0 4,16 * * *; 0 8 * * 1' } }, { serve: { cron: ['0 4,16 * * *', '0 8 * * 1'] } }],
  ['an object as JSON5', { ...EMPTY, env: { RENOVATE_ARGOCD_RENOVATE: '{ prHourlyLimit: 0 }' } }, { renovate: { prHourlyLimit: 0 } }],
  ['an empty variable is none', { ...EMPTY, env: { RENOVATE_ARGOCD_CONCURRENCY: '' } }, { concurrency: null }],
])('reads %s', (_name, sources, expected) => {
  expect(readRunnerConfig(sources)).toMatchObject(expected);
});

it.each<[string, ConfigSources, Partial<Failure>]>([
  ['a misspelt key', file('{\n  batch: { projcts: 3 },\n}'), { message: 'there is no key batch.projcts', line: 2, column: 12, text: '  batch: { projcts: 3 },', remedy: 'Did you mean projects?' }],
  ['a value of another type', file("{ concurrency: 'two' }"), { message: expect.stringContaining('concurrency') as string, line: 1, column: 17 }],
  ['a value out of bounds', file('{ shard: { jobs: 201 } }'), { message: expect.stringContaining('shard.jobs') as string, line: 1, column: 18 }],
  ['broken JSON5', file('{ projects: [\n  "a"\n  "b" ] }'), { message: expect.stringContaining('no JSON5') as string, line: 3, column: 3 }],
  ['a list in the place of the config', file('[]'), { message: 'runner.json5 holds no object' }],
  ['a cron of six fields', file("{ schedules: [{ description: 'x', cron: '0 0 4 * * *' }] }"), { message: expect.stringContaining('schedules[0].cron') as string }],
  ['two accounts of one name', file("{ accounts: [{ name: 'a', token: 'A' }, { name: 'a', token: 'B' }] }"), { message: expect.stringContaining('accounts[1].name') as string }],
  ['a variable that does not fit', { ...EMPTY, env: { RENOVATE_ARGOCD_CONCURRENCY: 'two' } }, { message: expect.stringContaining('RENOVATE_ARGOCD_CONCURRENCY: concurrency') as string }],
  ['an option that does not fit', { ...EMPTY, flags: [{ option: '--concurrency', path: ['concurrency'], value: Number.NaN }] }, { message: expect.stringContaining('--concurrency: concurrency') as string }],
])('refuses %s, and says where and what to do', (_name, sources, expected) => {
  const failure = failureOf(sources);
  expect(failure).toMatchObject({ code: 'runner-config', ...expected });
  expect(failure.remedy).not.toBe('');
});

it('a token that stands where the name of its variable belongs is not shown', () => {
  expect(JSON.stringify(failureOf(file("{ accounts: [{ name: 'a', token: 'glpat-0123456789abcdefghij' }] }")))).not.toContain('0123456789');
});

it('every key has a variable and a description', () => {
  const all = variables();
  expect(all.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([]);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});
