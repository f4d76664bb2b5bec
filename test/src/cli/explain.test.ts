import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixturesRoot } from '../../support/fixtures.ts';
import { run } from './harness.ts';

const folder = join(fixturesRoot, 'mutation-configs/update-types');
const home = mkdtempSync(join(tmpdir(), 'renovate-argocd-explain-'));
const copy = join(home, 'repository');

function git(...args: string[]): void {
  execFileSync('git', ['-C', copy, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { stdio: 'ignore' });
}

/** The repository with a second commit in which a minor bump merges too. */
beforeAll(() => {
  cpSync(folder, copy, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  const config = join(copy, 'renovate.json');
  writeFileSync(config, readFileSync(config, 'utf8').replace('"matchUpdateTypes": ["patch"]', '"matchUpdateTypes": ["patch", "minor"]'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('shows what becomes of each version, and who says so', async () => {
  const { exit, stdout } = await run(['explain', folder]);
  expect(exit).toBe(0);
  expect(stdout).toBe(readFileSync(join(fixturesRoot, 'explain/table.txt'), 'utf8'));
});

it('json has the shape of the contract', async () => {
  const { rows } = JSON.parse((await run(['explain', folder, '--app', 'cert-manager', '--format', 'json'])).stdout);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    file: 'applications/templates/app-cert-manager.yaml',
    line: 11,
    application: 'cert-manager',
    name: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    value: 'v1.18.2',
  });
  expect(Object.keys(rows[0].updates)).toEqual(['major', 'minor', 'patch', 'pin', 'digest', 'rollback', 'replacement']);
  expect(rows[0].updates.patch).toEqual({
    action: 'automerge',
    minimumReleaseAge: '3 days',
    schedule: ['at any time'],
    automergeSchedule: ['at any time'],
    groupName: null,
    labels: [],
    rules: [{ source: 'renovate.json', index: 0, description: 'Patches merge by themselves, after three days.' }],
  });
  expect(rows[0].updates.minor.rules).toEqual([]);
});

it.each([
  ['a git revision', 'HEAD'],
  ['a config file', join(folder, 'renovate.json')],
])('against %s: only what the change alters', async (_name, reference) => {
  const { exit, stdout } = await run(['explain', copy, '--against', reference, '--format', 'markdown']);
  expect(exit).toBe(0);
  expect(stdout).toContain('| cert-manager |');
  expect(stdout).toContain('~~merge-request~~ → **automerge after 3 days**');
  expect(stdout).toContain('| automerge after 3 days <sup>1</sup> |');
});

it('nothing differs from itself', async () => {
  const config = join(copy, 'renovate.json');
  expect((await run(['explain', copy, '--against', config])).stdout).toBe(`No cell differs from ${config}.\n`);
});

it.each([
  ['automerge', 1],
  ['any', 1],
  ['nothing', 0],
])('--fail-on %s', async (change, exit) => {
  expect((await run(['explain', copy, '--against', 'HEAD', '--fail-on', change])).exit).toBe(exit);
});

it('html is one page that fetches nothing, and shows text as text', async () => {
  const config = join(home, 'hostile.json');
  writeFileSync(config, JSON.stringify({ argocd: { managerFilePatterns: ['/\\.yaml$/'] }, packageRules: [{ description: ['<script>alert(1)</script> & "quotes"'], matchManagers: ['argocd'], automerge: true }] }));
  const { stdout } = await run(['explain', folder, '--config', config, '--format', 'html']);
  expect(stdout).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;');
  expect(stdout).toContain("default-src 'none'");
  expect(stdout.match(/(?:src|href)=/g)).toBeNull();
});

it('an option that a preset brought is named after the preset', async () => {
  const config = join(home, 'extending.json');
  writeFileSync(config, JSON.stringify({ extends: [':automergePatch', ':semanticCommits'], argocd: { managerFilePatterns: ['/\\.yaml$/'] } }));
  const { rows } = JSON.parse((await run(['explain', folder, '--config', config, '--format', 'json'])).stdout);
  expect(rows[0].updates.patch).toMatchObject({ action: 'automerge', rules: [{ source: ':automergePatch', index: null, description: 'patch: { automerge: true }' }] });
});

it.each([
  ['an unknown application', ['explain', folder, '--app', 'cert-manger'], 'Did you mean cert-manager?'],
  ['a revision that does not exist', ['explain', folder, '--against', 'no-such-branch'], 'no git revision of that name'],
  ['an option as a revision', ['explain', copy, '--against=--output=x'], 'no git revision of that name'],
  ['nothing to compare with', ['explain', folder, '--fail-on', 'any'], '--against'],
])('%s is a clear error', async (_name, argv, message) => {
  const { exit, stderr } = await run(argv);
  expect(exit).toBe(2);
  expect(stderr).toContain(message);
});

it('outside of a git repository', async () => {
  const bare = mkdtempSync(join(home, 'bare-'));
  cpSync(folder, bare, { recursive: true });
  expect((await run(['explain', bare, '--against', 'HEAD'])).stderr).toContain('is in no git repository');
});

it('markdown shows text as text', async () => {
  const config = join(home, 'loud.json');
  writeFileSync(config, JSON.stringify({ argocd: { managerFilePatterns: ['/\\.yaml$/'] }, packageRules: [{ description: ['@everyone | **see** <b>#1</b> !2 `x`'], matchManagers: ['argocd'], automerge: true }] }));
  const { stdout } = await run(['explain', folder, '--config', config, '--format', 'markdown']);
  expect(stdout).toContain('@\u2060everyone \\| \\*\\*see\\*\\* &lt;b\\>\\#1&lt;/b\\> \\!2 \\`x\\`');
  expect(stdout).toContain('| applications/templates/app-cert-manager.yaml:11 |');
});
