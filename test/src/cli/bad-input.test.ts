import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { certManager } from '../../support/application.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { run } from './harness.ts';

/** A repository with everything that has ended other tools: the good file among them is still judged, and nothing is written. */
const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(',')}]`).join('\n');
const outside = temporaryFolder({ 'secret.yaml': certManager });
const folder = temporaryFolder({
  'renovate.json': '{ "extends": ["local>platform/renovate-argocd"] }',
  'apps/good.yaml': certManager,
  'apps/broken.yaml': `${certManager}---\nthis: is: not: yaml\n`,
  'apps/large.yaml': certManager + '# padding\n'.repeat(5_300_000),
  'apps/binary.yaml': new Uint8Array(5_000),
  'apps/latin1.yaml': Buffer.from('# caf\u00e9 argoproj.io/\nkind: Application\n', 'latin1'),
  'apps/deep-flow.yaml': `apiVersion: argoproj.io/v1alpha1\nx: ${'['.repeat(100_000)}\n`,
  'apps/deep-block.yaml': `apiVersion: argoproj.io/v1alpha1\nx:\n${Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}\n`,
  'values/bomb.yaml': `l0: &l0 {a: 1}\n${levels}\n`,
  'values/config.json': '{"chart": {"name": ',
  'apps/crlf.yaml': certManager.replaceAll('\n', '\r\n'),
  'apps/bom.yaml': `\uFEFF${certManager}`,
  'apps/tabs.yaml': 'a:\n\tb: 1\n',
});
symlinkSync(folder.root, join(folder.root, 'loop'));
symlinkSync(join(outside.root, 'secret.yaml'), join(folder.root, 'apps/outside.yaml'));
afterAll(() => {
  folder.remove();
  outside.remove();
});

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder.root, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = lstatSync(join(folder.root, name));
    hash.update(`${name} ${stat.mode} ${stat.mtimeMs} ${stat.isFile() && stat.size < 1_000_000 ? readFileSync(join(folder.root, name)).toString('base64') : stat.size}\n`);
  }
  return hash.digest('hex');
}

test('the good files are judged, the others named with what is wrong, and nothing is written', async () => {
  const before = fingerprint();
  const { exit, stdout, stderr } = await run(['check', folder.root, '--format', 'json'], { cwd: folder.root });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; line: number }[] };
  expect(fingerprint()).toBe(before);
  expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual(['pin-unmanaged apps/broken.yaml:9']);
  expect(stderr.trim().split('\n')).toEqual([
    'note: apps/binary.yaml: contains NUL bytes: not read as text',
    expect.stringMatching(/^note: apps\/broken.yaml:11:\d+: /),
    'note: apps/deep-block.yaml: nested too deeply: not read',
    'note: apps/deep-flow.yaml: nested too deeply: not read',
    'note: apps/large.yaml: 51 MB: files above 5 MB are not read',
    'note: apps/latin1.yaml: is not UTF-8: not read. Renovate would read it with replacement characters',
  ]);
  expect(exit).toBe(1);
});
