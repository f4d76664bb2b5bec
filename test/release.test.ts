import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './support/fixtures.ts';

/** What is published: the files that users need and nothing else, under one version everywhere. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const { version, bin } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string; bin: Record<string, string> };
const MINUTE = 60_000;

let home: string;
let packed: Packed;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'renovate-argocd-pack-'));
  [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], { cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as [Packed];
}, MINUTE);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Everything that a file of the package may be. */
const WANTED = [
  /^(?:package\.json|LICENSE|README\.md|CHANGELOG\.md|default\.json)$/,
  /^bin\/[\w-]+\.js$/,
  /^dist\/(?:src|runner)\/[\w/.-]+\.(?:js|d\.ts)$/,
  /^presets\/[\w/-]+\.json$/,
  /^schemas\/[\w-]+\.json$/,
  /^docs\/[\w-]+\.md$/,
  /^docs\/images\/[\w-]+\.(?:png|svg)$/,
  /^scaffold\//,
];

it('nothing else is in it', () => {
  expect(packed.files.map(({ path }) => path).filter((path) => !WANTED.some((pattern) => pattern.test(path)))).toEqual([]);
});

it('it has what the programs and the presets need', () => {
  const paths = new Set(packed.files.map(({ path }) => path));
  const needed = [...Object.values(bin), 'dist/src/index.js', 'dist/src/index.d.ts', 'dist/src/renovate/worker.js', 'default.json', 'schemas/runner.json', ...presets()];
  expect(needed.filter((path) => !paths.has(path))).toEqual([]);
});

function presets(): string[] {
  return readdirSync(join(projectRoot, 'presets'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => `presets/${name.replaceAll('\\', '/')}`);
}

it('it is no larger than two megabytes', () => {
  expect(packed.size).toBeLessThan(2_000_000);
});

it('unpacked, it does its work', () => {
  execFileSync('tar', ['-xzf', packed.filename], { cwd: home });
  symlinkSync(join(projectRoot, 'node_modules'), join(home, 'package/node_modules'));
  const said = (program: string, ...args: string[]): string => execFileSync(process.execPath, [join(home, 'package', bin[program]!), ...args], { encoding: 'utf8', env: { PATH: process.env['PATH'], NO_COLOR: '1' } });
  expect([said('renovate-argocd', '--version'), said('renovate-argocd-runner', '--version')]).toEqual([`${version}\n`, `${version}\n`]);
  expect(said('renovate-argocd', 'check', join(projectRoot, 'test/fixtures/lint/pin-unmanaged/good'))).toContain('no findings');
}, MINUTE);

it('one version everywhere: changelog, components, and each tag that a page names', () => {
  expect(/^## (?<version>\S+)/m.exec(readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8'))?.groups?.['version']).toBe(version);
  const pages = ['README.md', 'CHANGELOG.md', ...readdirSync(join(projectRoot, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)].filter((page) => existsSync(join(projectRoot, page)));
  const tags = pages.flatMap((page) => [...readFileSync(join(projectRoot, page), 'utf8').matchAll(/renovate-argocd(?:\/[\w/-]+)?[@#]v?(?<tag>\d+\.\d+\.\d+)/g)].map(({ groups }) => `${page}: ${groups!['tag']}`));
  expect(tags.length).toBeGreaterThan(5);
  expect(tags.filter((tag) => !tag.endsWith(` ${version}`))).toEqual([]);
});
