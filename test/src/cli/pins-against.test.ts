import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { application } from '../../support/application.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { run } from './harness.ts';

/** What a change does to coverage, and what git ignores. */
const folder = temporaryFolder({
  'renovate.json': JSON.stringify({ extends: ['local>platform/renovate-argocd//presets/managers/application'] }),
  'apps/web.yaml': application('web', '1.0.0'),
  'apps/db.yaml': application('db', '2.0.0'),
  '.gitignore': 'scratch/\n*.local.yaml\n',
});
const { root } = folder;

function git(...args: string[]): void {
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { stdio: 'ignore' });
}

beforeAll(() => {
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
});
afterAll(() => folder.remove());

it('nothing differs from what stands there', async () => {
  expect(await run(['pins', root, '--against', 'main', '--fail-on', 'any'])).toEqual({ exit: 0, stdout: 'Who keeps the versions up to date is the same as in main.\n', stderr: '' });
});

it('what git ignores is nobody\'s version', async () => {
  execFileSync('mkdir', ['-p', join(root, 'scratch')]);
  writeFileSync(join(root, 'scratch/copy.yaml'), application('copy', '3.0.0'));
  writeFileSync(join(root, 'apps/mine.local.yaml'), application('mine', '3.0.0'));
  expect(JSON.parse((await run(['pins', root, '--format', 'json'])).stdout).pins.map(({ name }: { name: string }) => name)).toEqual(['db', 'web']);
  expect(JSON.parse((await run(['pins', join(root, 'scratch'), '--format', 'json'])).stdout).pins.map(({ name }: { name: string }) => name)).toEqual(['copy']);
});

it('a version that nobody keeps up to date any more, a new one, and the index as it was', async () => {
  writeFileSync(join(root, 'renovate.json'), JSON.stringify({ extends: ['local>platform/renovate-argocd//presets/managers/application'], ignorePaths: ['apps/db.yaml'] }));
  writeFileSync(join(root, 'apps/new.yaml'), application('new', '1.0.0'));
  const { exit, stdout } = await run(['pins', root, '--against', 'main', '--fail-on', 'any']);
  expect([exit, stdout]).toEqual([1, ['~ apps/db.yaml:9  db 2.0.0  argocd → ignored: ignorePaths keeps Renovate away', '+ apps/new.yaml:9  new 1.0.0  new: argocd', '', 'Kept up to date: 2 of 2 versions, 2 of 2 before.', ''].join('\n')]);
  const { summary, changes } = JSON.parse((await run(['pins', root, '--against', 'main', '--format', 'json'])).stdout);
  expect([summary.before.managed, summary.after.ignored, changes.length, changes[0].after.status]).toEqual([2, 1, 2, 'ignored']);
  expect((await run(['pins', root, '--against', 'main', '--format', 'markdown'])).stdout).toContain('| new | 1.0.0 | apps/new.yaml:9 | new: argocd |');
  expect(execFileSync('git', ['-C', root, 'status', '--short'], { encoding: 'utf8' })).toBe(' M renovate.json\n?? apps/new.yaml\n');
});

it.each<[string, string[], string]>([
  ['a revision that does not exist', ['--against', 'no-such-branch'], 'no git revision of that name'],
  ['an option as a revision', ['--against=--output=x'], 'no git revision of that name'],
  ['markdown of nothing', ['--format', 'markdown'], '--against'],
  ['a difference from nothing', ['--fail-on', 'any'], '--against'],
])('%s is wrong use', async (_name, args, words) => {
  const { exit, stderr } = await run(['pins', root, ...args]);
  expect([exit, stderr]).toEqual([2, expect.stringContaining(words)]);
});
