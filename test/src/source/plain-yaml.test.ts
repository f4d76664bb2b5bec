import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { plainDocuments } from '../../../src/renovate/upstream/yaml.ts';
import { parsePlainYaml } from '../../../src/source/plain-yaml.ts';
import { readRepository } from '../../../src/source/repository.ts';
import { maskTemplate } from '../../../src/source/template.ts';
import { parseWithLibrary, type Yaml, type YamlDocument } from '../../../src/source/yaml.ts';
import { fixturesRoot, projectRoot } from '../../support/fixtures.ts';

/** The quick reader against the library: whatever it answers, the library answers too. */
function normal(node: Yaml | null): unknown {
  if (node === null) return null;
  if (node.kind === 'list') return { start: node.start, items: node.items.map(normal) };
  if (node.kind === 'map') return { start: node.start, entries: node.entries.map((entry) => [entry.key, entry.keyStart, normal(entry.value)]) };
  // where nothing stands has no place, and where a block ends depends on blank lines that nobody reads
  return node.value === null ? null : [node.value, node.typed, node.block, node.start, node.block ? 0 : node.end];
}

function trees(documents: readonly YamlDocument[] | null): unknown {
  return documents?.map((document) => [normal(document.root), document.error]).filter(([root]) => root !== null) ?? null;
}

const files = [fixturesRoot, join(projectRoot, 'examples')].flatMap((root) =>
  readRepository(root).files.filter((file) => /\.(?:ya?ml|tpl)$/.test(file.path)).map((file) => [file.path, readFileSync(join(root, file.path), 'utf8')] as const),
);
const plain = files.map(([path, text]) => [path, maskTemplate(text).text] as const).filter(([, text]) => parsePlainYaml(text) !== null);

test('most files are plain', () => {
  expect(plain.length / files.length).toBeGreaterThan(0.6);
});

test.each(plain)('%s: the same tree', (_path, text) => {
  expect(trees(parsePlainYaml(text))).toEqual(trees(parseWithLibrary(text)));
});

test.each(plain.filter(([, text]) => plainDocuments(text) !== null))('%s: the same values', (_path, text) => {
  expect(plainDocuments(text)!.map((document) => document.toJS())).toEqual(parseAllDocuments(text).map((document: { toJS(): unknown }) => document.toJS()));
});

const READ = [
  'a: 1\n',
  'a: 1',
  'a:\n  b:\n    c: d\ne: f\n',
  'a:\n- b\n- c\n',
  'a:\n  - b: 1\n    c: 2\n  - d\n',
  '- a\n- b: c\n',
  'a: "x: y # z"\nb: \'it\'\'s\'\n',
  'a: http://x:80/y#z # comment\n',
  'a: |\n  one\n\n    two\n  three\nb: 1\n',
  'a: |-\n  one\n\n\nb: 1\n',
  'a:\n\n  # comment\n  b: 1\n',
  'a: 1.10\nb: 0x10\nc: 1e3\nd: ~\ne: true\nf: "1"\ng: -.inf\n',
  '---\na: 1\n---\nb: 2\n',
  'a: 1\r\nb:\r\n  - c\r\n',
  '"a b": 1\n\'c\': 2\n',
  'a:\n  - \n  - b\n',
  'a: x y  z   \nb: 1\n',
  'x-y/z.w: a-b\n',
];

test.each(READ)('read, and as the library reads it: %j', (text) => {
  expect(trees(parsePlainYaml(text))).toEqual(trees(parseWithLibrary(text)));
  expect(plainDocuments(text)!.map((document) => document.toJS())).toEqual(parseAllDocuments(text).map((document: { toJS(): unknown }) => document.toJS()));
});

const LEFT = [
  'a: &x 1\nb: *x\n',
  'a: !!str 1\n',
  'a: {b: 1}\n',
  'a: [b]\n',
  'a: >\n  folded\n',
  'a: one\n  two\n',
  'a: "one\n  two"\n',
  'a: "\\n"\n',
  'a: b: c\n',
  '? a\n: b\n',
  'a:\n\tb: 1\n',
  '%YAML 1.2\n---\na: 1\n',
  'a: 1\n...\n',
  '--- a\n',
  '<<: b\n',
  '1: a\n',
  'null: a\n',
  'a: |2\n   b\n',
  'a: |+\n  b\n\n',
  '- - a\n',
  'a: 1\n   b: 2\n',
  'a:\n  b: 1\n c: 2\n',
  '- a\n b\n',
  'a: @x\n',
  'a: `x`\n',
  'just text\n',
  '\uFEFFa: 1\n',
  'a: - b\n',
];

test.each(LEFT)('left to the library: %j', (text) => {
  expect(parsePlainYaml(text)).toBeNull();
});

test.each(['a: 1\na: 2\n', '', '# nothing\n', 'a: 1\n---\n'])('no documents for Renovate: %j', (text) => {
  expect(plainDocuments(text)).toBeNull();
});
