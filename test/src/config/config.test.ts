import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CONFIG_FILE_NAMES } from '../../../src/base/config-file-names.ts';
import { findConfig } from '../../../src/config/find.ts';
import { MAX_CONFIG_BYTES, readConfig } from '../../../src/config/read.ts';
import { globMatches, ignoredFiles } from '../../../src/config/paths.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'renovate-argocd-config-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

describe('findConfig', () => {
  it('looks where Renovate looks, in its order', async () => {
    const { getConfigFileNames } = await import('renovate/dist/config/app-strings.js' as string);
    expect(CONFIG_FILE_NAMES).toEqual(getConfigFileNames());
  });

  it.each<[string, Record<string, string>, string | null]>([
    ['nothing', {}, null],
    ['one file', { '.renovaterc': '{}' }, '.renovaterc'],
    ['the first of several', { '.gitlab/renovate.json5': '{}', 'renovate.json5': '{}', 'package.json': '{"renovate": {}}' }, 'renovate.json5'],
    ['package.json with the key', { 'package.json': '{"renovate": {"extends": []}}' }, 'package.json'],
    ['package.json without the key', { 'package.json': '{"name": "x"}' }, null],
    ['a broken package.json', { 'package.json': '{' }, null],
    ['a folder of that name', { 'renovate.json/x': '' }, null],
  ])('finds %s', async (_name, files, found) => {
    write(files);
    expect(await findConfig(root)).toBe(found);
  });

  it('leaves a link that leads out of the repository alone', async () => {
    symlinkSync('/etc/passwd', join(root, 'renovate.json'));
    expect(await findConfig(root)).toBeNull();
  });
});

describe('readConfig', () => {
  it.each<[string, Record<string, string>, object]>([
    ['no config as an empty one', {}, { exists: false, document: { value: {}, source: 'renovate.json' } }],
    ['an empty file', { 'renovate.json': '' }, { exists: true, document: { value: {} } }],
    ['comments, trailing commas and a byte order mark', { 'renovate.json': '\ufeff{ // x\n "extends": ["a",], }' }, { document: { value: { extends: ['a'] } } }],
    ['JSON5', { '.github/renovate.json5': "{extends: ['a']}" }, { document: { file: '.github/renovate.json5', value: { extends: ['a'] } } }],
    ['a string in package.json', { 'package.json': '{"renovate": "config:base"}' }, { document: { value: { extends: ['config:base'] } } }],
  ])('reads %s', async (_name, files, expected) => {
    write(files);
    expect(await readConfig({ root, file: null })).toMatchObject(expected);
  });

  it.each<[string, string, string, string, number, number]>([
    ['a syntax error', 'renovate.json', '{\n  "a": 1,,\n}', 'config-syntax', 2, 10],
    ['an error behind a byte order mark', 'renovate.json', '\ufeff{ x y }', 'config-syntax', 1, 5],
    ['JSON5 in a file for JSON', 'renovate.json', "{\n  'a': 1\n}", 'config-syntax', 2, 3],
    ['a list', '.renovaterc', '[]', 'config-syntax', 1, 1],
    ['a key written twice', 'renovate.json', '{\n"a": 1,\n"a": 2}', 'config-syntax', 3, 2],
  ])('refuses %s with its place', async (_name, file, text, code, line, column) => {
    write({ [file]: text });
    await expect(readConfig({ root, file: null })).rejects.toMatchObject({ failure: { code, file, line, column } });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['a missing file', {}, 'nope.json', 'config-missing'],
    ['a folder', { 'folder/x': '' }, 'folder', 'config-unreadable'],
    ['a package.json without the key', { 'package.json': '{}' }, 'package.json', 'config-missing'],
    ['a huge file', { 'huge.json': ' '.repeat(MAX_CONFIG_BYTES + 1) }, 'huge.json', 'config-unreadable'],
  ])('refuses --config with %s', async (_name, files, file, code) => {
    write(files);
    await expect(readConfig({ root, file: join(root, file) })).rejects.toMatchObject({ failure: { code } });
  });

  it('knows places inside package.json', async () => {
    write({ 'package.json': '{\n "renovate": { "extends": ["x"] } }' });
    const { document } = await readConfig({ root, file: null });
    expect(document.valueAt(['extends', 0])).toEqual({ file: 'package.json', line: 2, column: 29, length: 1 });
  });
});

describe('paths', () => {
  it.each<[string, string, boolean]>([
    ['**/test/**', 'a/test/x.yaml', true],
    ['**/test/**', 'a/tests/x.yaml', false],
    ['**/*.yaml', '.github/x.yaml', true],
    ['.github/**', '.github/workflows/x.yaml', true],
    ['{.github,.gitlab}/*', '.gitlab/x', true],
    ['!a/*', 'b/x', true],
    ['!a/*', 'a/x', false],
  ])('%s on %s', (glob, path, expected) => {
    expect(globMatches(glob, path)).toBe(expected);
  });

  it.each<[string, object, string[]]>([
    ['nothing by default', {}, []],
    ['globs', { ignorePaths: ['**/test/**'] }, ['test/b.yaml']],
    ['parts of paths, as Renovate does', { ignorePaths: ['prod'] }, ['products/c.yaml']],
    ['what includePaths leaves out', { includePaths: ['a.yaml', 'test/**'] }, ['products/c.yaml']],
  ])('ignores %s', (_name, config, expected) => {
    expect(ignoredFiles(config as never, ['a.yaml', 'test/b.yaml', 'products/c.yaml'])).toEqual(expected);
  });
});
