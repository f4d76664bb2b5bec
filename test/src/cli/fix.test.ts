import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { rules } from '../../../src/lint/rules/index.ts';
import { writeFiles } from '../../../src/cli/write-files.ts';
import { run } from './harness.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'renovate-argocd-fix-'));

afterAll(() => rmSync(home, { recursive: true, force: true }));

function copyOf(folder: string): string {
  const copy = mkdtempSync(join(home, 'repository-'));
  cpSync(join(fixtures, folder), copy, { recursive: true });
  return copy;
}

function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** What a YAML parser makes of the files that are no templates. */
function valuesIn(texts: Record<string, string>): unknown {
  const plain = Object.entries(texts).filter(([path, text]) => path.endsWith('.yaml') && !text.includes('{{'));
  return plain.map(([path, text]) => [path, parseAllDocuments(text).map((document) => document.toJS() as unknown)]);
}

/** `expected` with the changes of `after`, rewritten with UPDATE=1. */
function expectTree(expected: string, texts: Record<string, string>): void {
  if (process.env['UPDATE'] === '1') for (const [path, text] of Object.entries(texts)) writeFileSync(join(expected, path), text);
  expect(texts).toEqual(textsIn(expected));
}

describe.each(readdirSync(join(fixtures, 'fix')))('%s', (name) => {
  it('is repaired as expected, once, and says the same to a YAML parser', async () => {
    const copy = copyOf(`fix/${name}/before`);
    const before = textsIn(copy);

    await run(['check', copy, '--fix']);
    const after = textsIn(copy);
    const { stdout } = await run(['check', copy, '--fix', '--dry-run']);

    expectTree(join(fixtures, 'fix', name, 'after'), after);
    expect(valuesIn(after)).toEqual(valuesIn(before));
    expect(stdout).toBe('');
  });
});

describe.each(rules.filter(({ fixable }) => fixable))('a repair of $name', ({ name }) => {
  it('leaves nothing to find', async () => {
    const copy = copyOf(`lint/${name}/bad`);

    await run(['check', copy, '--fix']);
    const { stdout } = await run(['check', copy, '--format', 'json']);

    expect((JSON.parse(stdout) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)).not.toContain(name);
  });
});

it('--dry-run prints a diff and changes nothing', async () => {
  const copy = copyOf('fix/person/before');
  writeFileSync(join(copy, 'renovate.json'), '{ "extends": ["local>platform/renovate-argocd", "local>platform/renovate-argocd"] }\n');

  const { exit, stdout } = await run(['check', copy, '--fix', '--dry-run']);

  expect(exit).toBe(1);
  expect(stdout).toBe(
    [
      '--- a/renovate.json',
      '+++ b/renovate.json',
      '@@ -1,1 +1,1 @@',
      '-{ "extends": ["local>platform/renovate-argocd", "local>platform/renovate-argocd"] }',
      '+{ "extends": ["local>platform/renovate-argocd"] }',
      '',
    ].join('\n'),
  );
  expect(readFileSync(join(copy, 'renovate.json'), 'utf8')).toContain('renovate-argocd", "local');
});

it('json counts what was repaired, and has the diff of a dry run', async () => {
  const copy = copyOf('fix/comments/before');

  const dry = JSON.parse((await run(['check', copy, '--fix', '--dry-run', '--format', 'json'])).stdout) as { summary: unknown; diff: string };
  const fixed = JSON.parse((await run(['check', copy, '--fix', '--format', 'json'])).stdout) as object;

  expect(dry.summary).toEqual({ error: 0, warning: 0, info: 0, fixed: 3 });
  expect(dry.diff).toContain('+# renovate: datasource=helm depName=cert-manager');
  expect(fixed).toMatchObject({ summary: { error: 0, warning: 0, info: 0, fixed: 3 }, findings: [] });
  expect(fixed).not.toHaveProperty('diff');
});

it('without a config nothing is written: which group has the presets is for a person to say', async () => {
  const copy = copyOf('fix/person/before');
  rmSync(join(copy, 'renovate.json'));

  const { exit } = await run(['check', copy, '--fix']);

  expect(exit).toBe(1);
  expect(readdirSync(copy)).toEqual(['addons.yaml']);
});

it('--dry-run alone is no order', async () => {
  expect(await run(['check', '.', '--dry-run'])).toMatchObject({ exit: 2, stderr: expect.stringContaining('Write --fix --dry-run') });
});

describe('writeFiles', () => {
  it('leaves a file alone that is no longer what was read, or cannot be written', async () => {
    const folder = mkdtempSync(join(home, 'files-'));
    writeFileSync(join(folder, 'changed'), 'newer');
    writeFileSync(join(folder, 'same'), '\ufeffold', { mode: 0o755 });
    writeFileSync(join(folder, 'taken'), 'old');
    writeFileSync(join(folder, 'taken.renovate-argocd'), "somebody's");

    const left = await writeFiles(folder, ['changed', 'same', 'missing', 'taken'].map((file) => ({ file, before: 'old', after: 'new' })));

    expect(left).toEqual([
      { file: 'changed', reason: 'it changed while it was read' },
      { file: 'missing', reason: 'it cannot be written (ENOENT)' },
      { file: 'taken', reason: 'it cannot be written (EEXIST)' },
    ]);
    expect(textsIn(folder)).toEqual({ changed: 'newer', same: '\ufeffnew', taken: 'old', 'taken.renovate-argocd': "somebody's" });
  });
});
