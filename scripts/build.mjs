/**
 * Builds dist/: `tsc` compiles src/ and runner/, then esbuild bundles the Renovate thread, because Renovate's own dist is a thousand files that take a
 * second to load. Whole parts of Renovate that serve no question of ours (HTTP, datasources, platforms, OpenTelemetry) are
 * exchanged for small stand-ins from src/renovate/upstream. Runs under the machine's Node (20 or later), since `npm ci` calls it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const upstream = join(root, 'node_modules/renovate/dist');

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Names, sizes and times of everything that dist/ is made of. */
export function fingerprint() {
  const inputs = [
    ...['src', 'runner'].flatMap((folder) => filesBelow(join(root, folder))),
    ...['scripts/build.mjs', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((file) => join(root, file)),
  ];
  const hash = createHash('sha256');
  for (const file of inputs) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

export function isFresh() {
  const stamp = join(dist, '.fingerprint');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** The Node that the lock file brings; the machine's own may be too old for Renovate. */
function node24() {
  const own = join(root, 'node_modules/.bin/node');
  return existsSync(own) ? own : process.execPath;
}

/** Built-in presets of hundreds of others, which take Renovate a second to put together: put together here. */
const FLATTENED = ['config:recommended', 'config:best-practices'];

/**
 * What the stand-ins answer, asked of Renovate's real registries. Loading those takes seconds, so the answer is kept for the version.
 */
function renovateFacts() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/renovate/package.json'), 'utf8'));
  const script = `
    const from = (path) => import(${JSON.stringify(pathToFileURL(upstream).href)} + '/' + path);
    const { init } = await from('logger/index.js'); await init();
    const { default: datasourceApi } = await from('modules/datasource/api.js');
    const { default: managerApi } = await from('modules/manager/api.js');
    const { default: customApi } = await from('modules/manager/custom/api.js');
    const { readdirSync, existsSync } = await import('node:fs');
    const datasources = {}, managers = {}, modules = {};
    for (const [name, { defaultVersioning, defaultConfig }] of datasourceApi) datasources[name] = { defaultVersioning, defaultConfig };
    for (const [name, m] of [...managerApi, ...customApi])
      managers[name] = { categories: m.categories, datasources: m.supportedDatasources, supersedesManagers: m.supersedesManagers, updateDependency: m.updateDependency ? true : undefined };
    const base = ${JSON.stringify(join(upstream, 'modules/datasource'))};
    for (const name of readdirSync(base)) {
      if (!existsSync(base + '/' + name + '/index.js')) continue;
      const lines = [];
      for (const [key, value] of Object.entries(await from('modules/datasource/' + name + '/index.js'))) {
        if (typeof value === 'function' && typeof value.id === 'string') lines.push('export const ' + key + ' = { id: ' + JSON.stringify(value.id) + ' };');
        else if (value instanceof Set) lines.push('export const ' + key + ' = new Set(' + JSON.stringify([...value]) + ');');
        else if (typeof value === 'string') lines.push('export const ' + key + ' = ' + JSON.stringify(value) + ';');
        else if (typeof value === 'function') lines.push('export function ' + key + "() { throw new Error('not part of the bundle'); }");
      }
      modules[name] = lines.join('\\n');
    }
    const { groups } = await from('config/presets/internal/index.js');
    const { resolveConfigPresets } = await from('config/presets/index.js');
    const { migrateConfig } = await from('config/migration.js');
    const { tagBuiltIn } = await import(${JSON.stringify(pathToFileURL(join(root, 'src/renovate/sources.ts')).href)});
    tagBuiltIn(groups);
    const flattened = {};
    for (const reference of ${JSON.stringify(FLATTENED)}) {
      const { config } = await resolveConfigPresets({ extends: [reference] });
      flattened[reference] = migrateConfig(config).migratedConfig;
    }
    process.stdout.write(JSON.stringify({ version: ${JSON.stringify(version)}, datasources, managers, modules, flattened }), () => process.exit(0));
  `;
  const key = createHash('sha256').update(script).update(readFileSync(join(root, 'src/renovate/sources.ts'))).digest('hex').slice(0, 12);
  const kept = join(root, 'node_modules/.cache/renovate-argocd', `facts-${version}-${key}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const output = execFileSync(node24(), ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'fatal', RENOVATE_X_IGNORE_RE2: '1' },
  });
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, output);
  return JSON.parse(output);
}

/** Parts of Renovate exchanged for ours, by their path in renovate/dist. */
const STAND_INS = {
  'logger/index.js': 'logger.ts',
  'instrumentation/index.js': 'instrumentation.ts',
  'expose.js': 'expose.ts',
  'modules/datasource/index.js': 'datasources.ts',
  'modules/datasource/common.js': 'datasources.ts',
  'modules/manager/index.js': 'managers.ts',
  'util/fs/index.js': 'fs.ts',
};

/** Reached by some import, never called: presets are read by src/renovate/presets.ts, and nothing goes over the network. */
const NEVER_CALLED = [
  /^config\/presets\/(forgejo|gitea|github|gitlab|http|local|npm)\/index\.js$/,
  /^util\/http\//,
  /^util\/cache\/package\/index\.js$/,
  /^util\/merge-confidence\/index\.js$/,
  /^util\/git\/index\.js$/,
  /^modules\/platform\//,
];

function renovatePlugin(facts) {
  return {
    name: 'renovate',
    setup(build) {
      // Apart from the thread's entry, so that the client hears from a thread whose adapter cannot be loaded.
      build.onResolve({ filter: /^\.\/adapter\.ts$/ }, () => ({ path: './adapter.js', external: true }));
      build.onResolve({ filter: /^renovate-facts$/ }, () => ({ path: 'facts', namespace: 'facts' }));
      build.onLoad({ filter: /.*/, namespace: 'facts' }, () => {
        const { version, datasources, managers, flattened } = facts;
        const lines = Object.entries({ version, datasources, managers }).map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};`);
        const presets = Object.entries(flattened).map(([reference, { packageRules, ...rest }]) => {
          const rules = `() => import(${JSON.stringify(`renovate-rules:${reference}`)})`;
          return `${JSON.stringify(reference)}: { rest: ${JSON.stringify(rest)}, rules: ${rules} }`;
        });
        return { contents: `${lines.join('\n')}\nexport const flattened = { ${presets.join(', ')} };`, loader: 'js' };
      });
      build.onResolve({ filter: /^renovate-rules:/ }, ({ path }) => ({ path: path.slice('renovate-rules:'.length), namespace: 'rules' }));
      build.onLoad({ filter: /.*/, namespace: 'rules' }, ({ path }) => {
        // As a string: JSON.parse is twice as fast as a literal of this size.
        const text = JSON.stringify(JSON.stringify(facts.flattened[path].packageRules));
        return { contents: `export const packageRules = JSON.parse(${text});`, loader: 'js' };
      });
      // Only relative imports: how Renovate's modules name each other, and how src/ would never name them.
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, kind }) => {
        if (!importer.startsWith(upstream)) return undefined;
        const target = relative(upstream, join(dirname(importer), path)).replaceAll('\\', '/');
        const standIn = STAND_INS[target];
        if (standIn !== undefined) return { path: join(root, 'src/renovate/upstream', standIn), sideEffects: false };
        const datasource = /^modules\/datasource\/([\w-]+)\/index\.js$/.exec(target);
        if (datasource !== null) return { path: datasource[1], namespace: 'datasource', sideEffects: false };
        if (NEVER_CALLED.some((pattern) => pattern.test(target))) return { path: target, namespace: 'never-called', sideEffects: false };
        return kind === 'dynamic-import' ? undefined : { path: join(upstream, target), sideEffects: undefined };
      });
      build.onResolve({ filter: /^jsonata$/ }, ({ importer }) => (importer.startsWith(upstream) ? { path: join(root, 'src/renovate/upstream/jsonata.ts') } : undefined));
      build.onResolve({ filter: /^yaml$/ }, ({ importer }) => (importer === join(upstream, 'util/yaml.js') ? { path: join(root, 'src/renovate/upstream/yaml.ts') } : undefined));
      build.onResolve({ filter: /^renovate-yaml$/ }, () => build.resolve('yaml', { kind: 'import-statement', resolveDir: upstream }));
      for (const name of ['jsonata', 'croner', 'luxon']) {
        build.onResolve({ filter: new RegExp(`^renovate-${name}$`) }, () => build.resolve(name, { kind: 'import-statement', resolveDir: upstream }));
      }
      // Conda's solver, 4 MB of WebAssembly; no chart has a conda version. Zod's forty languages.
      build.onResolve({ filter: /^@baszalmstra\/rattler$/ }, ({ path }) => ({ path, namespace: 'never-called', sideEffects: false }));
      build.onResolve({ filter: /\/locales\/index\.js$/ }, ({ path }) => ({ path, namespace: 'never-called', sideEffects: false }));
      build.onLoad({ filter: /.*/, namespace: 'datasource' }, ({ path }) => ({ contents: facts.modules[path] ?? 'export {}', loader: 'js' }));
      build.onLoad({ filter: /.*/, namespace: 'never-called' }, () => ({
        contents: `const refuse = () => { throw new Error('not part of the bundle'); };
          module.exports = new Proxy({}, { get: (_, key) => (key === '__esModule' ? true : refuse) });`,
        loader: 'js',
      }));
    },
  };
}

/** CommonJS packages inside a bundle call require for Node's own modules. */
const BANNER = "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

async function bundle(out) {
  const { build } = await import('esbuild');
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'src/renovate/worker.ts'), join(root, 'src/renovate/adapter.ts')],
    outdir: join(out, 'src/renovate'),
    bundle: true,
    // One file: a dynamic import becomes a function that runs the module when it is called, which costs less than sixty files to find and link.
    splitting: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'external',
    metafile: true,
    logLevel: 'warning',
    external: ['re2'],
    plugins: [renovatePlugin(renovateFacts())],
    banner: { js: BANNER },
  });
  if (process.env.BUILD_META) writeFileSync(process.env.BUILD_META, JSON.stringify(result.metafile));
}

/**
 * The runner as a handful of files: start-up counts, since it runs in every pipeline, and zod alone is sixty of them. What of the validator it imports when it needs it stays where tsc put it.
 */
async function bundleRunner(out) {
  const { build } = await import('esbuild');
  rmSync(join(out, 'runner'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'runner/bin.ts')],
    outdir: join(out, 'runner'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'external',
    logLevel: 'warning',
    plugins: [
      {
        name: 'runner',
        setup(build) {
          build.onResolve({ filter: /\/src\/index\.ts$/ }, () => ({ path: '../src/index.js', external: true }));
          // The same classes without their own requester, which ours takes the place of (runner/gitlab/requester.ts): rest makes a subclass of each of 150.
          build.onResolve({ filter: /^@gitbeaker\/rest$/ }, () => build.resolve('@gitbeaker/core', { kind: 'import-statement', resolveDir: join(root, 'node_modules/@gitbeaker/rest') }));
          // zod's forty languages
          build.onResolve({ filter: /\/locales\/index\.js$/ }, ({ path }) => ({ path, namespace: 'empty', sideEffects: false }));
          build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export {}', loader: 'js' }));
        },
      },
    ],
    banner: { js: BANNER },
  });
}

/** Compiles into a folder beside dist/ and swaps, so that dist/ is complete at any moment. */
async function main() {
  const stamp = fingerprint();
  const out = `${dist}.${process.pid}`;
  try {
    rmSync(out, { recursive: true, force: true });
    const tsc = spawnSync(node24(), [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', out], {
      cwd: root,
      stdio: 'inherit',
    });
    // The thread's modules live in the bundle only: compiled one by one they would load the whole of Renovate.
    for (const file of filesBelow(join(out, 'src/renovate')).filter((path) => path.endsWith('.js') && !/\/(client|protocol|types)\.js$/.test(path))) rmSync(file);
    await bundle(out);
    await bundleRunner(out);
    if (tsc.status === 0) writeFileSync(join(out, '.fingerprint'), stamp);
    if (existsSync(dist)) renameSync(dist, `${out}.old`);
    renameSync(out, dist);
    if (tsc.status !== 0) process.exitCode = 1;
  } finally {
    rmSync(out, { recursive: true, force: true });
    rmSync(`${out}.old`, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && (process.argv.includes('--force') || !isFresh())) await main();
