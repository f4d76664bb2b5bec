import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { FailureError } from '../../../src/base/failure.ts';
import { openGitLab } from '../../../runner/gitlab/client.ts';
import type { GitLab } from '../../../runner/gitlab/port.ts';
import { redactor, tokenFrom } from '../../../src/base/secrets.ts';
import { startSandbox, type Fault, type Sandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let slept: number[];

beforeAll(async () => {
  sandbox = await startSandbox({ projects: () => Array.from({ length: 120 }, (_, index) => ({ path: `many/p-${index}`, empty: true })) });
});
afterAll(() => sandbox.close());
beforeEach(() => void (slept = []));

function open(token = sandbox.gitlab.token): GitLab {
  return openGitLab({
    endpoint: sandbox.gitlab.endpoint,
    token: tokenFrom('RENOVATE_TOKEN', token),
    redact: redactor([token]),
    timeoutMs: 1_000,
    signal: new AbortController().signal,
    now: Date.now,
    sleep: async (ms) => {
      slept.push(ms);
      await wait(1);
    },
  });
}

async function failureOf(work: Promise<unknown>): Promise<FailureError> {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FailureError);
  return error as FailureError;
}

it('turns all pages', async () => {
  expect(await open().groupProjects('many')).toHaveLength(120);
});

it.each<[string, Fault['answer'], number]>([
  ['500 once', 500, 1],
  ['502 three times', 502, 3],
  ['503 with Retry-After', { status: 503, headers: { 'retry-after': '3' } }, 1],
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '7' } }, 2],
  ['a reset', 'reset', 2],
  ['malformed JSON', 'malformed', 1],
  ['an answer that is cut off', 'truncated', 1],
  ['no answer at all', 'hang', 1],
])('goes on after %s', async (_name, answer, times) => {
  const lift = sandbox.gitlab.fail({ matches: /groups\/many\/projects.*page=2/, answer, times });
  const found = await open().groupProjects('many');
  lift();
  expect(new Set(found?.map(({ id }) => id)).size).toBe(120);
  expect(slept).toHaveLength(times);
});

it('waits as long as GitLab asks', async () => {
  const lift = sandbox.gitlab.fail({ matches: /\/user$/, answer: { status: 429, headers: { 'retry-after': '7' } } });
  await open().user();
  lift();
  expect(slept).toEqual([7_000]);
});

it.each<[string, Fault['answer'], string]>([
  ['401', 401, 'gitlab-unauthorised'],
  ['403', 403, 'gitlab-forbidden'],
  ['404', 404, 'gitlab-missing'],
  ['422', 422, 'gitlab-refused'],
  ['502 for ever', 502, 'gitlab-unreachable'],
  ['429 for ever', 429, 'gitlab-refused'],
  ['no answer, ever', 'hang', 'gitlab-unreachable'],
  ['nothing but resets', 'reset', 'gitlab-unreachable'],
  ['nothing but rubbish', 'malformed', 'gitlab-unreachable'],
  ['an answer of another shape', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":"x"}' }, 'gitlab-unreadable'],
  ['a login page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'gitlab-unreachable'],
  ['a redirect to somebody else', { status: 302, headers: { location: 'http://127.0.0.1:1/steal' } }, 'gitlab-refused'],
])('%s is a failure with a remedy, and shows no token', async (_name, answer, code) => {
  const lift = sandbox.gitlab.fail({ matches: /\/user$/, answer, times: Infinity });
  const error = await failureOf(open().user());
  lift();
  expect(error.failure).toMatchObject({ code, remedy: expect.stringMatching(/\w/) as string });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(sandbox.gitlab.token);
});

it('an error of GitLab that quotes the token does not pass it on', async () => {
  const lift = sandbox.gitlab.fail({ matches: /\/user$/, answer: { status: 400, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: `bad token ${sandbox.gitlab.token}` }) } });
  const { failure } = await failureOf(open().user());
  lift();
  expect(failure.message).toContain('bad token **redacted**');
});

it('nobody listens', async () => {
  const closed = openGitLab({ endpoint: 'http://127.0.0.1:64999/api/v4/', token: tokenFrom('RENOVATE_TOKEN', 'x'), redact: (text) => text, timeoutMs: 1000, signal: new AbortController().signal, now: Date.now, sleep: async () => {} });
  expect((await failureOf(closed.user())).failure).toMatchObject({ code: 'gitlab-unreachable', message: 'http://127.0.0.1:64999/api/v4/ cannot be used, GET user: nobody listens there (5 attempts)' });
});

it('a wrong token is told by the name of its variable', async () => {
  expect((await failureOf(open('glpat-wrong-token-xyz').user())).failure.remedy).toContain('RENOVATE_TOKEN is wrong');
});

it.each<[string, (gitlab: GitLab) => Promise<unknown>]>([
  ['a project', (gitlab) => gitlab.project('nobody/none')],
  ['a group', (gitlab) => gitlab.groupProjects('nobody')],
  ['a file', (gitlab) => gitlab.file(999_999, 'renovate.json', 'HEAD')],
])('%s that is not there is null', async (_name, ask) => {
  expect(await ask(open())).toBeNull();
});
