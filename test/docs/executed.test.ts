import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runRunner } from '../runner/harness.ts';
import { notify } from '../runner/incidents/alert.ts';
import { PRESETS, startSandbox, type Sandbox } from '../sandbox/index.ts';
import { json, listen, type Loopback } from '../sandbox/loopback.ts';
import { at, rest } from '../sandbox/rest.ts';
import { run as validator } from '../src/cli/harness.ts';
import { application } from '../support/application.ts';
import { projectRoot } from '../support/fixtures.ts';
import { filesIn, shownIn, type Shown } from './support/shown.ts';

/**
 * Every command line that a page shows to be typed in, carried out in the order of the page: the validator's on a copy of the example, the runner's and deploy against the sandbox. Findings are an answer (1); wrong use, a config that cannot
 * be read and what could not run are none. References (cli.md, runner-reference.md) show usages, which commands.test.ts parses.
 */
const PAGES = ['README.md', ...filesIn('docs', /^docs\/[^/]+\.md$/)].filter((file) => !/(?:cli|runner-reference)\.md$/.test(file));
const typedIn = PAGES.map((file) => [file, shownIn(file).filter(({ isBlock }) => isBlock)] as const).filter(([, lines]) => lines.length > 0);
const MINUTES = 240_000;
const PATH = 'platform/cluster-config';

/** What GitLab's pipeline and the reader have set before. */
const ENVIRONMENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gate: { CI_PROJECT_PATH: PATH, CI_MERGE_REQUEST_IID: '1' },
  serve: { RENOVATE_ARGOCD_WEBHOOK_SECRET: 'a-secret-of-the-webhook' },
  deploy: { PATH: process.env['PATH']!, CI_PROJECT_NAME: 'shop', CI_PROJECT_URL: 'https://gitlab.example.com/team/shop', CI_COMMIT_TAG: 'v1.4.0', CI_PIPELINE_ID: '1', ARGOCD_AUTH_TOKEN: 'a-token-of-argo-cd' },
};

let sandbox: Sandbox;
let argocd: Loopback;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'renovate-argocd-docs-'));
  sandbox = await startSandbox({
    charts: { helm: { stable: { web: { '1.0.0': 90, '1.0.1': 30 } } } },
    projects: (charts) => [PATH, 'platform/cluster'].map((path) => ({ path, files: { 'renovate.json': JSON.stringify({ extends: [`local>${PRESETS}`] }), 'applications/web.yaml': application('web', '1.0.0', charts.helm('stable')), 'applications/templates/.gitkeep': '' } })),
  });
  // an Argo CD in which all is well
  const source = { repoURL: 'https://gitlab.example.com/team/shop.git', targetRevision: 'v1.4.0', path: 'chart' };
  argocd = await listen(async () => json(200, { spec: { source }, status: { sync: { status: 'Synced', revision: 'c'.repeat(40), comparedTo: { source } }, health: { status: 'Healthy' } } }));
  // merge request !1, incident #3, and a version to go back to
  sandbox.gitlab.commit(PATH, { 'applications/web.yaml': application('web', '1.0.1', sandbox.charts.helm('stable')) }, 'update');
  const post = async (path: string, body: object): Promise<void> => expect((await rest(sandbox.gitlab, `POST ${at(PATH)}/${path}`, { body })).status).toBe(201);
  await post('merge_requests', { source_branch: 'update', target_branch: 'main', title: 'Update Helm release web to v1.0.1' });
  await post('issues', { title: 'One' });
  await post('issues', { title: 'Another' });
  expect(await notify(sandbox.gitlab, PATH, { application: 'web', status: 'firing', startsAt: new Date().toISOString() })).toBe(201);
}, MINUTES);
afterAll(async () => {
  await argocd.close();
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});

/** A clone in which somebody works on a branch. */
function clone(name: string, files: string | null): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'https://gitlab.example.com/platform/cluster-config.git');
  if (files === null) return folder;
  cpSync(join(projectRoot, files), folder, { recursive: true });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'as it is');
  git('switch', '--quiet', '--create', 'work');
  writeFileSync(join(folder, 'applications/templates/app-web.yaml'), application('web', '1.0.0', 'https://charts.example.org'));
  return folder;
}

/** The exit code, and what it said where that is neither 0 nor 1. */
async function carriedOut({ program, words: [command = '', ...argv] }: Shown, folder: string): Promise<string> {
  const { exit, stdout, stderr } = program === 'renovate-argocd' ? await byValidator(command, argv, folder) : await byRunner(command, argv);
  return exit === 0 || exit === 1 ? 'answered' : `${exit}: ${stdout}${stderr}`;
}

/** What a reader would put in the place of an example's name. */
function inPlace(word: string): string {
  const places = [
    [/^examples\/cluster-config$/, '.'],
    [/^examples(?=\/)/, join(projectRoot, 'examples')],
    [/^\/tmp(?=\/fresh)/, home],
    ['https://gitlab.example.com', sandbox.gitlab.origin],
    ['https://argocd.example.com', argocd.origin],
    ['origin/$GITHUB_BASE_REF', 'main'],
    ['$GITHUB_STEP_SUMMARY', join(home, 'summary.md')],
  ] as const;
  return places.reduce((text, [from, to]) => text.replace(from, to), word);
}

function byValidator(command: string, argv: readonly string[], folder: string): ReturnType<typeof validator> {
  const secrets = command === 'deploy' ? { RENOVATE_ARGOCD_DEPLOY_TOKEN: sandbox.gitlab.token } : {};
  const cwd = command === 'init' ? clone(`init-${argv.length}`, null) : folder;
  return validator([command, ...argv.map(inPlace)], { cwd, env: { ...ENVIRONMENT[command], ...secrets } });
}

function byRunner(command: string, argv: readonly string[]): ReturnType<typeof runRunner> {
  const given = argv.map(inPlace);
  const selects = given.some((word) => /^--(?:group|project)$/.test(word));
  return runRunner(sandbox, [command, ...given], {
    config: { ...(selects ? {} : { projects: [PATH] }), serve: { port: 0 } },
    env: ENVIRONMENT[command] ?? {},
    // a service ends when somebody ends it
    onStderr: (text, kill) => void (text.includes('listening on') && kill('SIGTERM')),
  });
}

it.each(typedIn)('%s', async (file, lines) => {
  const folder = clone(file.replaceAll('/', '-'), 'examples/cluster-config');
  const said: string[] = [];
  for (const line of lines) said.push(`${line.program} ${line.words.join(' ')} → ${await carriedOut(line, folder)}`);
  expect(said).toEqual(lines.map(({ program, words }) => `${program} ${words.join(' ')} → answered`));
}, MINUTES);
