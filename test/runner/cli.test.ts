import type { World } from '../../runner/context.ts';
import { commands } from '../../runner/commands/index.ts';
import { main } from '../../runner/main.ts';
import { endpointOf } from '../../runner/setup.ts';
import { temporaryFolder } from '../support/fixtures.ts';

const WORLD: World = { node: process.execPath, cores: 2, memoryMb: 4_000, draining: new AbortController().signal, ending: new AbortController().signal, sleep: async () => {} };

interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const { root, remove } = temporaryFolder(files);
  const said = { stdout: '', stderr: '' };
  try {
    const exit = await main(argv, { cwd: root, env, stdoutIsTty: false, stderrIsTty: false, now: () => 0, stdout: (text) => void (said.stdout += text), stderr: (text) => void (said.stderr += text) }, WORLD);
    return { exit, ...said };
  } finally {
    remove();
  }
}

const NOWHERE = 'http://127.0.0.1:64999';
const TOKEN = 'glpat-0123456789abcdefghij';

it.each(commands.map(({ name }) => [name]))('%s --help says what it answers, its options and its exit codes', async (name) => {
  const { exit, stdout } = await run([name, '--help']);
  expect(exit).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: renovate-argocd-runner ${name} \\[OPTIONS\\]\n\n.*[?.]\n`));
  expect(stdout).toContain('Exit codes:');
});

it.each<[string, readonly string[], Record<string, string>, Record<string, string>, number, RegExp]>([
  ['no command', [], {}, {}, 2, /Usage: renovate-argocd-runner COMMAND/],
  ['a misspelt command', ['plann'], {}, {}, 2, /there is no command "plann"[^]*Did you mean plan\? See renovate-argocd-runner --help/],
  ['a misspelt option', ['plan', '--projct', 'a'], {}, {}, 2, /no option --projct[^]*Did you mean --project\? See renovate-argocd-runner plan --help/],
  ['no GitLab', ['plan'], {}, { RENOVATE_TOKEN: TOKEN }, 2, /no GitLab is named[^]*--endpoint/],
  ['no project', ['run', '--endpoint', NOWHERE], {}, { RENOVATE_TOKEN: TOKEN }, 2, /nothing says which projects to run[^]*--project/],
  ['no token', ['plan', '--endpoint', NOWHERE], {}, {}, 2, /RENOVATE_TOKEN is not set[^]*RENOVATE_TOKEN_FILE/],
  ['a token file that is not there', ['plan', '--endpoint', NOWHERE], {}, { RENOVATE_TOKEN_FILE: 'token' }, 2, /token \(RENOVATE_TOKEN_FILE\) cannot be read \(ENOENT\)/],
  ['an empty token file', ['plan', '--endpoint', NOWHERE], { token: '\n' }, { RENOVATE_TOKEN_FILE: 'token' }, 2, /is empty/],
  ['no such config', ['run', '--config', 'other.json5'], {}, {}, 2, /there is no file other.json5/],
  ['a fault in the config', ['run'], { 'runner.json5': '{\n  batch: { projcts: 3 },\n}' }, {}, 2, /there is no key batch.projcts\n {2}--> runner.json5:2:12\n {2}\|\n2 \|   batch: \{ projcts: 3 \},\n {2}\| {12}\^\n {2}= help: Did you mean projects\?/],
  ['a fault in a variable', ['run'], {}, { RENOVATE_ARGOCD_CONCURRENCY: 'two' }, 2, /RENOVATE_ARGOCD_CONCURRENCY: concurrency/],
  ['a concurrency that is no number', ['run', '--concurrency', 'x', '--endpoint', NOWHERE], {}, { RENOVATE_TOKEN: TOKEN }, 2, /--concurrency: concurrency/],
  ['credentials in the address', ['plan', '--endpoint', `https://oauth2:${TOKEN}@gitlab.example.com`], {}, { RENOVATE_TOKEN: TOKEN }, 2, /carries credentials/],
  ['nobody listens', ['plan', '--endpoint', NOWHERE, '--project', 'a/b'], {}, { RENOVATE_TOKEN: TOKEN }, 3, /nobody listens there/],
])('%s', async (_name, argv, files, env, exit, said) => {
  const outcome = await run(argv, files, env);
  expect(outcome.stderr).toMatch(said);
  expect(outcome).toMatchObject({ exit, stdout: '' });
  expect(outcome.stderr).not.toMatch(new RegExp(`${TOKEN}|^ +at `, 'm'));
}, 30_000);

it.each<[string | null, Record<string, string>, string]>([
  ['https://gitlab.example.com', {}, 'https://gitlab.example.com/api/v4/'],
  ['https://gitlab.example.com/', {}, 'https://gitlab.example.com/api/v4/'],
  ['https://gitlab.example.com/api/v4', {}, 'https://gitlab.example.com/api/v4/'],
  ['https://gitlab.example.com/api/v4/', {}, 'https://gitlab.example.com/api/v4/'],
  ['https://example.com/gitlab/', {}, 'https://example.com/gitlab/api/v4/'],
  ['http://127.0.0.1:8080', {}, 'http://127.0.0.1:8080/api/v4/'],
  [null, { CI_API_V4_URL: 'https://ci.example.com/api/v4' }, 'https://ci.example.com/api/v4/'],
  [null, { RENOVATE_ENDPOINT: 'https://renovate.example.com' }, 'https://renovate.example.com/api/v4/'],
])('the address %s with %j is %s', (endpoint, env, expected) => {
  expect(endpointOf({ endpoint }, env)).toBe(expected);
});

it('--version', async () => {
  expect(await run(['--version'])).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
});
