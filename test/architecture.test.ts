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
const runnerSources = filesBelow('runner');

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
const runnerImports = runnerSources.flatMap(importsOf);
const all = [...imports, ...runnerImports];

function room(path: string): string {
  return path.split('/')[1] ?? '';
}

/** What each room may import besides itself. Types of the port, renovate/types.ts, are for all but the base. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  program: ['base'],
  source: ['base'],
  scaffold: ['base'],
  pins: ['base', 'source'],
  config: ['base', 'source'],
  alerts: ['base', 'source'],
  renovate: ['base', 'source'],
  coverage: ['base', 'source', 'pins', 'config'],
  lint: ['base', 'source', 'pins', 'config', 'alerts', 'coverage'],
  policy: ['base', 'source', 'pins', 'config', 'coverage'],
  report: ['base', 'source', 'pins', 'config', 'coverage', 'lint', 'policy'],
  fix: ['base', 'source', 'pins', 'config', 'coverage', 'lint'],
  cli: ['base', 'program', 'source', 'pins', 'config', 'alerts', 'coverage', 'lint', 'policy', 'report', 'fix', 'renovate', 'scaffold'],
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
    ['node:child_process', /^node:child_process$/, /^(?:src\/cli\/git|runner\/git|runner\/renovate\/process)\.ts$/],
    ['the network', /^node:(?:https?|net|dgram|tls|dns)$/, /^runner\/serve\/http\.ts$/],
    ['@gitbeaker', /^@gitbeaker\//, /^runner\/gitlab\/(?:answers|client|collaboration|requester)\.ts$/],
    ['node:sqlite', /^node:sqlite$/, /^runner\/serve\/database\.ts$/],
    ['croner', /^croner$/, /^runner\/serve\/cron\.ts$/],
    ['prom-client', /^prom-client$/, /^runner\/serve\/metrics\.ts$/],
  ])('%s', (_name, module, door) => {
    expect(all.filter(({ from, to }) => module.test(to) && !door.test(from))).toEqual([]);
  });
});

/** Of the validator the runner knows its public API, and what both programs are made of; the JSON5 reader, because the whole API would take longer to load than the configuration to read. */
const OPEN_TO_THE_RUNNER = /^src\/(?:index\.ts|program\/|base\/|source\/json5\.ts$)/;

it('the runner uses nothing of the validator but what is open to it', () => {
  expect(runnerImports.length).toBeGreaterThan(runnerSources.length);
  expect(runnerImports.filter(({ to }) => (to.startsWith('src/') && !OPEN_TO_THE_RUNNER.test(to)) || /^(?:presets|examples|test|scripts|dist)\//.test(to) || to.startsWith('..'))).toEqual([]);
});

/** What each room of the runner may import of the others besides types; the files that stand alone belong to all. */
const RUNNER_ROOMS: Readonly<Record<string, readonly string[]>> = {
  config: [],
  gitlab: [],
  projects: ['gitlab'],
  renovate: ['config'],
  report: ['projects', 'renovate', 'incidents'],
  shard: ['projects', 'renovate', 'report'],
  schedule: ['config', 'gitlab', 'projects'],
  preflight: ['config', 'gitlab', 'projects', 'renovate'],
  incidents: ['config', 'gitlab', 'projects'],
  serve: ['config', 'gitlab', 'projects', 'renovate', 'report', 'incidents'],
  commands: ['config', 'gitlab', 'projects', 'renovate', 'report', 'shard', 'schedule', 'preflight', 'serve', 'incidents'],
};

it('rooms of the runner import only what stands before them', () => {
  const between = runnerImports.filter(({ from, to, kind }) => kind !== 'type' && to.startsWith('runner/') && to.split('/').length > 2 && from.split('/').length > 2 && room(from) !== room(to));
  expect(between.filter(({ from, to }) => RUNNER_ROOMS[room(from)]?.includes(room(to)) !== true)).toEqual([]);
  expect(Object.keys(RUNNER_ROOMS).sort()).toEqual([...new Set(runnerSources.filter((path) => path.split('/').length > 2).map(room))].sort());
});

it('only bin.ts uses the process; the Renovate thread may, because Renovate reads its settings there', () => {
  const users = [...sources, ...runnerSources].filter((file) => /(?<![.\w'"`/-])process(?:\.\w|, ')/.test(withoutComments(readFileSync(new URL(file, root), 'utf8'))));
  // its properties, or the whole of it handed on; to end a process group takes process.kill
  expect(users.filter((file) => !file.startsWith('src/renovate/'))).toEqual(['src/cli/bin.ts', 'runner/bin.ts', 'runner/renovate/process.ts']);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}

/** Everything that a file loads before it does anything. */
function loadedBy(entry: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const queue = [entry];
  for (const file of queue) {
    const loads = all.filter(({ from, kind }) => from === file && kind === 'static').map(({ to }) => to);
    queue.push(...loads.filter((to) => !loaded.has(to)));
    loads.forEach((to) => loaded.add(to));
  }
  return loaded;
}

it.each([
  ['src/cli/bin.ts', 'src/cli/commands/check.ts'],
  ['runner/bin.ts', 'runner/commands/run.ts'],
])('the help of %s loads no parser, no schema, no client and no Renovate', (entry, command) => {
  const loaded = loadedBy(entry);
  expect(loaded).toContain(command);
  expect([...loaded].filter((to) => /^(?:yaml|json5|re2js|zod|renovate|@gitbeaker|croner|prom-client|node:sqlite)(?:\/|$)|^src\/(?:source|pins|config|alerts|renovate|coverage|lint)\/|^runner\/(?:config|gitlab|renovate|report|serve)\//.test(to))).toEqual([]);
});
