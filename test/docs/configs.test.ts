import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from '../src/cli/harness.ts';
import { projectRoot } from '../support/fixtures.ts';

/** What a page tells people to write is what the tools take. */
const PAGES = ['README.md', ...readdirSync(join(projectRoot, 'docs')).filter((name) => name.endsWith('.md') && name !== 'rules.md').map((name) => `docs/${name}`)];

function fences(language: string): [string, string][] {
  return PAGES.flatMap((page) => [...readFileSync(join(projectRoot, page), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n(?<code>[^]*?)^\`\`\``, 'gm'))].map(({ groups }, index): [string, string] => [`${page} ${index + 1}`, groups!['code']!]));
}

let home: string;
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'renovate-argocd-docs-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Whole configs, and lines out of one. */
const configs = fences('json').map(([where, code]) => [where, code.trimStart().startsWith('{') ? code : `{${code}}`] as const).filter(([, code]) => code.includes('"extends"'));

it('there are configs to judge', () => {
  expect(configs.length).toBeGreaterThan(4);
});

it.each(configs)('%s is a config without a fault', async (where, config) => {
  const folder = join(home, where.replaceAll(/\W/g, '-'));
  cpSync(join(projectRoot, 'examples/cluster-config'), folder, { recursive: true });
  writeFileSync(join(folder, 'renovate.json'), config);
  const { findings } = JSON.parse((await run(['check', folder, '--format', 'json'])).stdout) as { findings: { rule: string; severity: string; file: string; message: string }[] };
  // the example has one version that nobody manages, which is not the config's fault
  expect(findings.filter(({ rule, severity }) => severity !== 'info' && rule !== 'pin-unmanaged').map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

it('the manager in own-manager.md reads the version that it is for', async () => {
  const folder = join(home, 'own-manager');
  cpSync(join(projectRoot, 'examples/cluster-config'), folder, { recursive: true });
  writeFileSync(join(folder, 'renovate.json'), configs.find(([where]) => where.startsWith('docs/own-manager.md'))![1]);
  const { pins } = JSON.parse((await run(['pins', folder, '--format', 'json'])).stdout) as { pins: { name: string; status: string; managers: { manager: string }[] }[] };
  expect(pins.filter(({ name }) => name === 'metrics-server').map(({ status, managers }) => [status, managers.map(({ manager }) => manager)])).toEqual([['managed', ['custom.jsonata']]]);
});

it.each(fences('yaml'))('%s is YAML', (_where, code) => {
  expect(parseAllDocuments(code).flatMap((document) => document.errors.map(({ message }) => message))).toEqual([]);
});
