import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** docs/design and README say it in words; here it is checked: who may import whom, and which modules have one door only. */
const root = new URL('../', import.meta.url);

interface Import {
  readonly from: string;
  /** Path from the package's root for our own modules, else the specifier. */
  readonly to: string;
  readonly kind: 'type' | 'static' | 'dynamic';
}

function filesBelow(folder: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'))
    .sort();
}

const sources = filesBelow('src');

const IMPORT = /^\s*(?:import|export)\s(?<type>type\s)?[^'"`;]*?from\s*['"](?<static>[^'"]+)['"]|^\s*import\s*['"](?<bare>[^'"]+)['"]|\bimport\(\s*['"](?<dynamic>[^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(new URL(file, root), 'utf8');
  return [...text.matchAll(IMPORT)].map(({ groups = {} }) => {
    const specifier = groups['static'] ?? groups['bare'] ?? groups['dynamic'] ?? '';
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
    const kind = groups['type'] !== undefined ? 'type' : groups['dynamic'] !== undefined ? 'dynamic' : 'static';
    return { from: file, to, kind };
  });
}

const imports = sources.flatMap(importsOf);

function room(path: string): string {
  return path.split('/')[1] ?? '';
}

/** What each room may import besides itself. Types of the port, renovate/types.ts, are for all but the base. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  program: ['base'],
  source: ['base'],
  pins: ['base', 'source'],
  config: ['base', 'source'],
  renovate: ['base', 'source'],
  coverage: ['base', 'source', 'pins', 'config'],
  lint: ['base', 'source', 'pins', 'config', 'coverage'],
  policy: ['base', 'source', 'pins', 'config', 'coverage'],
  report: ['base', 'source', 'pins', 'config', 'coverage', 'lint', 'policy'],
  fix: ['base', 'source', 'pins', 'config', 'coverage', 'lint'],
  cli: ['base', 'program', 'source', 'pins', 'config', 'coverage', 'lint', 'policy', 'report', 'fix', 'renovate'],
  'index.ts': ['base', 'source', 'pins', 'config', 'coverage', 'lint', 'policy', 'report', 'fix', 'renovate', 'cli'],
};

const THE_PORT = 'src/renovate/types.ts';

function isAllowed({ from, to }: Import): boolean {
  if (!to.startsWith('src/') || room(to) === room(from)) return true;
  if (to === THE_PORT) return room(from) !== 'base' && room(from) !== 'source';
  return MAY_IMPORT[room(from)]?.includes(room(to)) ?? false;
}

it('finds the imports that it judges', () => {
  expect(imports.length).toBeGreaterThan(sources.length);
  expect(sources).toEqual(expect.arrayContaining(['src/cli/bin.ts', 'src/lint/rules/index.ts']));
});

it('rooms import only what stands before them', () => {
  expect(imports.filter((entry) => !isAllowed(entry))).toEqual([]);
});

it('every room has its line', () => {
  expect([...new Set(sources.map(room))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

it('src knows nothing of the runner, presets, examples and tests', () => {
  expect(imports.filter(({ to }) => /^(?:runner|presets|examples|test|scripts)\//.test(to) || to.startsWith('..'))).toEqual([]);
});

it('a rule imports lint/rule, the types of the model and base', () => {
  const fromRules = imports.filter(({ from }) => from.startsWith('src/lint/rules/') && from !== 'src/lint/rules/index.ts');
  const beyond = fromRules.filter(({ to, kind }) => to !== 'src/lint/rule.ts' && room(to) !== 'base' && !(kind === 'type' && [THE_PORT, 'src/coverage/coverage.ts', 'src/pins/pin.ts'].includes(to)));
  expect(beyond).toEqual([]);
});

it('the oracle never asks Renovate', () => {
  expect(imports.filter(({ from, to }) => ['pins', 'source'].includes(room(from)) && /renovate/.test(to))).toEqual([]);
});

it('only the wiring opens Renovate', () => {
  const doors = imports.filter(({ from, to }) => room(from) !== 'renovate' && room(to) === 'renovate' && to !== THE_PORT);
  expect(doors).toEqual([{ from: 'src/cli/analyse.ts', to: 'src/renovate/client.ts', kind: 'static' }]);
});

describe('sole importers', () => {
  it.each<[string, RegExp, RegExp]>([
    ['renovate', /^renovate(?:\/|$)/, /^src\/renovate\//],
    ['yaml', /^yaml$/, /^src\/source\/yaml\.ts$/],
    ['json5', /^json5$/, /^src\/source\/json5\.ts$/],
    ['diff', /^diff$/, /^src\/report\/diff\.ts$/],
    ['re2js', /^re2js$/, /^src\/lint\/re2\.ts$/],
    ['regexpp', /^@eslint-community\/regexpp$/, /^src\/lint\/(?:syntax|dialects|characters|automaton|ambiguity)\.ts$/],
    ['node:worker_threads', /^node:worker_threads$/, /^src\/renovate\//],
    ['node:child_process', /^node:child_process$/, /^src\/cli\/git\.ts$/],
    ['the network', /^node:(?:https?|net|dgram|tls|dns)$/, /^$/],
  ])('%s', (_name, module, door) => {
    expect(imports.filter(({ from, to }) => module.test(to) && !door.test(from))).toEqual([]);
  });
});

it('only bin.ts uses the process; the Renovate thread may, because Renovate reads its settings there', () => {
  const users = sources.filter((file) => /(?<![.\w'"`/-])process\.\w/.test(withoutComments(readFileSync(new URL(file, root), 'utf8'))));
  expect(users.filter((file) => !file.startsWith('src/renovate/'))).toEqual(['src/cli/bin.ts']);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}

it('the help loads no parser, no schema and no Renovate', () => {
  const loaded = new Set<string>();
  const queue = ['src/cli/bin.ts'];
  for (const file of queue) {
    const loads = imports.filter(({ from, kind }) => from === file && kind === 'static').map(({ to }) => to);
    queue.push(...loads.filter((to) => !loaded.has(to)));
    loads.forEach((to) => loaded.add(to));
  }
  expect(loaded).toContain('src/cli/commands/check.ts');
  expect([...loaded].filter((to) => /^(?:yaml|json5|re2js|zod|renovate)(?:\/|$)|^src\/(?:source|pins|config|renovate|coverage|lint)\//.test(to))).toEqual([]);
});
