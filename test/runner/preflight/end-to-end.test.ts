import type { PreflightReport } from '../../../runner/preflight/preflight.ts';
import { application } from '../../support/application.ts';
import { startSandbox, type ProjectSpec, type Sandbox } from '../../sandbox/index.ts';
import { runRunner, type RunnerOptions, type RunnerRun } from '../harness.ts';

/** The program itself against the emulated GitLab. */
const MINUTE = 60_000;
const ANNAS = 'token-of-anna';
const READERS = 'token-of-a-reader';
const OLD = 'token-that-expired';

const MERGES = { 'renovate.json': '{ "automerge": true }', '.gitlab-ci.yml': 'check: { script: check }\n', 'db.yaml': application('db', '2.0.0') };
const GOOD = { files: MERGES, pipelinesMustSucceed: true, ciSource: 'merge_request_event' } as const;

const PROJECTS: Readonly<Record<string, Partial<ProjectSpec>>> = {
  good: {},
  'must-not-succeed': { pipelinesMustSucceed: false },
  'no-ci': { ci: 'none', files: { 'renovate.json': MERGES['renovate.json'] } },
  'no-merging': { botAccess: 30 },
  open: { mainProtected: false },
  approvals: { approvalsRequired: 1 },
  'no-issues': { issuesOff: true },
  skipping: { skippedPipelinesCount: true },
  'fast-forward': { mergeMethod: 'ff' },
  reporter: { botAccess: 20 },
  'merge-requests-off': { mergeRequestsOff: true },
  archived: { archived: true },
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    users: [
      { username: 'anna', token: ANNAS, expiresAt: in_(5) },
      { username: 'reader-bot', token: READERS, scopes: ['read_api'] },
      { username: 'old-bot', token: OLD, expiresAt: '2020-01-01' },
    ],
    projects: () => Object.entries(PROJECTS).map(([name, fields]) => ({ path: `team/${name}`, ...GOOD, members: { anna: 40, 'reader-bot': 30 }, ...fields })),
  });
  for (const name of ['good', 'approvals', 'no-merging', 'open', 'no-issues', 'skipping', 'fast-forward', 'must-not-succeed']) await openRequest(`team/${name}`);
}, MINUTE);
afterAll(() => sandbox.close());

function in_(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** So that a pipeline of a merge request has run. */
async function openRequest(path: string): Promise<void> {
  sandbox.gitlab.commit(path, { 'a.txt': 'a\n' }, 'topic');
  await call(`projects/${encodeURIComponent(path)}/merge_requests`, { source_branch: 'topic', target_branch: 'main', title: 'topic' });
}

async function call(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${sandbox.gitlab.endpoint}${path}`, { method: 'POST', headers: { 'private-token': sandbox.gitlab.maintainerToken, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
}

function preflight(argv: readonly string[], options: RunnerOptions = {}): Promise<RunnerRun> {
  return runRunner(sandbox, ['preflight', ...argv], options);
}

type Verdicts = Readonly<Record<string, readonly string[]>>;

/** What is not ok, by project or token: `warning issues-enabled`. */
function wrongIn(run: RunnerRun): Verdicts {
  const { accounts, projects } = JSON.parse(run.stdout) as PreflightReport;
  const named = [...accounts.map(({ origin, checks }) => [origin, checks] as const), ...projects.map(({ path, checks }) => [path, checks] as const)];
  return Object.fromEntries(named.map(([name, checks]) => [name, checks.filter(({ verdict }) => verdict !== 'ok').map(({ check, verdict }) => `${verdict} ${check}`)]));
}

const ALERTS = 'unknown alert-integration';

it('every setting has its verdict', async () => {
  const run = await preflight(['--group', 'team', '--format', 'json']);
  expect(run).toMatchObject({ exit: 1, stderr: '' });
  expect(wrongIn(run)).toEqual({
    RENOVATE_TOKEN: [],
    'team/good': [ALERTS],
    'team/must-not-succeed': ['problem pipelines-must-succeed', ALERTS],
    'team/no-ci': ['problem pipelines-exist', ALERTS],
    'team/no-merging': ['problem protected-branch', ALERTS],
    'team/open': ['warning protected-branch', ALERTS],
    'team/approvals': ['problem approvals', ALERTS],
    'team/no-issues': ['warning issues-enabled', 'warning alert-integration'],
    'team/skipping': ['warning skipped-pipelines', ALERTS],
    'team/fast-forward': [ALERTS],
    'team/reporter': ['problem role', 'warning pipelines-exist', 'problem protected-branch', ALERTS],
    'team/merge-requests-off': ['problem merge-requests', 'warning pipelines-exist', ALERTS],
  });
  expect((JSON.parse(run.stdout) as PreflightReport).skipped).toMatchObject([{ path: 'team/archived', reason: 'archived' }]);
  expect(sandbox.gitlab.unknown).toEqual([]);
}, MINUTE);

it.each<[string, readonly string[], RunnerOptions, number, Verdicts]>([
  ['a good project', ['--project', 'team/good'], {}, 0, { RENOVATE_TOKEN: [], 'team/good': [ALERTS] }],
  ['a warning passes', ['--project', 'team/skipping'], {}, 0, { RENOVATE_TOKEN: [], 'team/skipping': ['warning skipped-pipelines', ALERTS] }],
  ['unless it is to fail', ['--project', 'team/skipping', '--fail-on', 'warning'], {}, 1, { RENOVATE_TOKEN: [], 'team/skipping': ['warning skipped-pipelines', ALERTS] }],
  ['a project that is not there', ['--project', 'team/good', '--project', 'team/gone'], {}, 1, { RENOVATE_TOKEN: [], 'team/good': [ALERTS], 'team/gone': ['problem project-readable'] }],
  ['a group that is not there', ['--group', 'gone'], {}, 1, { RENOVATE_TOKEN: ['warning project-list'], 'gone/': ['problem project-readable'] }],
  ['no webhook', ['--project', 'team/good', '--webhook', 'https://renovate.example.com/webhook'], {}, 0, { RENOVATE_TOKEN: [], 'team/good': ['warning webhook', ALERTS] }],
  ["a person's token that expires", ['--project', 'team/good'], { env: { RENOVATE_TOKEN: ANNAS } }, 0, { RENOVATE_TOKEN: ['warning token-expiry', 'warning bot-account'], 'team/good': [ALERTS] }],
  ['a token that only reads', ['--project', 'team/good'], { env: { RENOVATE_TOKEN: READERS } }, 1, { RENOVATE_TOKEN: ['problem token-scopes'], 'team/good': ['problem protected-branch', ALERTS] }],
  ['an expired token', ['--project', 'team/good'], { env: { RENOVATE_TOKEN: OLD } }, 1, { RENOVATE_TOKEN: ['problem token-valid', 'unknown token-scopes', 'unknown token-expiry', 'unknown bot-account', 'unknown gitlab-version', 'unknown project-list'] }],
])('%s', async (_name, argv, options, exit, expected) => {
  const run = await preflight([...argv, '--format', 'json'], options);
  expect({ exit: run.exit, wrong: wrongIn(run) }).toEqual({ exit, wrong: expected });
}, MINUTE);

it('two tokens, of which one is refused: the other goes on', async () => {
  const config = { accounts: [{ name: 'a', token: 'TOKEN_A', projects: ['team/good'] }, { name: 'b', token: 'TOKEN_B', projects: ['team/open'] }] };
  const run = await preflight(['--format', 'json'], { config, env: { TOKEN_A: OLD, TOKEN_B: sandbox.gitlab.token } });
  expect(run.exit).toBe(1);
  expect(wrongIn(run)).toMatchObject({ TOKEN_A: ['problem token-valid', ...Array.from({ length: 5 }, () => expect.stringMatching(/^unknown /) as string)], TOKEN_B: [], 'team/open': ['warning protected-branch', ALERTS] });
}, MINUTE);

it('a project that two tokens select is checked with the one that would run it', async () => {
  const config = { accounts: [{ name: 'bot', token: 'TOKEN_A', projects: ['team/reporter'] }, { name: 'anna', token: 'TOKEN_B', projects: ['team/reporter'] }] };
  const run = await preflight(['--format', 'json'], { config, env: { TOKEN_A: sandbox.gitlab.token, TOKEN_B: ANNAS } });
  expect((JSON.parse(run.stdout) as PreflightReport).projects.map(({ path, account }) => [path, account])).toEqual([['team/reporter', 'anna']]);
  expect(wrongIn(run)['team/reporter']).toEqual(['warning pipelines-exist', ALERTS]);
}, MINUTE);

it('a project that GitLab fails on does not fail the others', async () => {
  const lift = sandbox.gitlab.fail({ matches: /^GET .*\/projects\/team%2Fopen$/, answer: 500, times: Infinity });
  const run = await preflight(['--project', 'team/good', '--project', 'team/open', '--format', 'json']);
  lift();
  expect({ exit: run.exit, wrong: wrongIn(run) }).toEqual({ exit: 0, wrong: { RENOVATE_TOKEN: ['unknown project-list'], 'team/good': [ALERTS], 'team/open': ['unknown project-readable'] } });
}, MINUTE);

it('what GitLab fails on within a project is not known, and the rest is', async () => {
  const lift = sandbox.gitlab.fail({ matches: /^GET .*\/(?:protected_branches|approval_rules|pipelines)\b/, answer: 403, times: Infinity });
  const run = await preflight(['--project', 'team/no-issues', '--format', 'json']);
  lift();
  expect(wrongIn(run)).toEqual({ RENOVATE_TOKEN: [], 'team/no-issues': ['unknown pipelines-exist', 'unknown approvals', 'warning issues-enabled', 'warning alert-integration'] });
}, MINUTE);

it.each<[string, Readonly<Record<string, boolean>>, readonly string[]]>([
  ['half', { push_events: true, merge_requests_events: true }, ['warning webhook', ALERTS]],
  ['whole', { push_events: true, merge_requests_events: true, issues_events: true }, [ALERTS]],
])('a webhook that is %s', async (name, events, expected) => {
  const url = `https://renovate.example.com/${name}`;
  await call('projects/team%2Ffast-forward/hooks', { url, ...events });
  expect(wrongIn(await preflight(['--project', 'team/fast-forward', '--webhook', url, '--format', 'json']))['team/fast-forward']).toEqual(expected);
}, MINUTE);

it('an alert that made an incident is proof', async () => {
  const { url, key } = sandbox.gitlab.alertEndpoint('team/good');
  const alert = { status: 'firing', labels: { alertname: 'Down' }, annotations: { title: 'web is down' }, startsAt: '2026-01-05T10:00:00Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: '' };
  const payload = { version: '4', groupKey: 'g', status: 'firing', receiver: 'gitlab', groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: '', alerts: [alert] };
  expect((await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(payload) })).status).toBe(201);
  expect(wrongIn(await preflight(['--project', 'team/good', '--format', 'json']))['team/good']).toEqual([]);
}, MINUTE);

it('the table and markdown', async () => {
  const table = await preflight(['--project', 'team/no-ci']);
  expect(table).toMatchObject({ exit: 1, stdout: expect.stringMatching(/team\/no-ci\n {2}✗ pipelines-exist {2}there is no \.gitlab-ci\.yml, and no pipeline\n/) as string });
  const markdown = await preflight(['--project', 'team/no-ci', '--format', 'markdown']);
  expect(markdown).toMatchObject({ exit: 1, stdout: expect.stringMatching(/^### ❌ Preflight: 1 problems/) as string });
}, MINUTE);

it('no GitLab', async () => {
  expect(await preflight(['--project', 'a/b', '--endpoint', 'http://127.0.0.1:1'])).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringContaining('gitlab-unreachable') as string });
}, MINUTE);
