import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openRenovate, type RenovateOptions } from '../../../src/renovate/client.ts';
import type { ExtractedDependency, JsonObject, ManagerRun, PresetSources, Renovate, WriteBack } from '../../../src/renovate/types.ts';

const project = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** The client from source with the bundled thread: what users run, and what a stale dist/ would betray. */
export function openBuilt(options: RenovateOptions = {}): Renovate {
  return openRenovate({ worker: pathToFileURL(join(project, 'dist/src/renovate/worker.js')), ...options });
}

export const noPresets: PresetSources = { packageRoot: join(project, 'test/fixtures/renovate/package'), mapped: [] };

/** What extraction must agree on with Renovate itself. */
export interface Row {
  readonly manager: string;
  readonly file: string;
  readonly depName: string | null;
  readonly packageName: string | null;
  readonly datasource: string | null;
  readonly currentValue: string | null;
  readonly currentDigest: string | null;
  readonly registryUrls: readonly string[];
}

function byText(a: Row, b: Row): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

export function rowsOf(runs: readonly ManagerRun[]): Row[] {
  const rows = runs.flatMap(({ manager, dependencies }) =>
    dependencies.map(({ file, depName, packageName, datasource, currentValue, currentDigest, registryUrls }) => ({ manager: manager.replace('custom.', ''), file, depName, packageName, datasource, currentValue, currentDigest, registryUrls })),
  );
  return rows.sort(byText);
}

interface Report {
  readonly repositories: Readonly<Record<string, { readonly packageFiles?: Readonly<Record<string, readonly { readonly packageFile: string; readonly datasource?: string; readonly deps: readonly Partial<Row>[] }[]>> }>>;
}

/** What our adapter does not load, because Argo CD takes no version from it. */
const MANAGERS = ['argocd', 'flux', 'helm-requirements', 'helm-values', 'helmfile', 'helmv3', 'jsonata', 'kubernetes', 'kustomize', 'regex'];

function git(root: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'core.quotePath=false', '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** A git copy of a folder with this config, for both to read. */
export function repositoryCopy(folder: string, config: JsonObject): { root: string; files: string[]; remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'renovate-argocd-contract-'));
  const root = join(home, 'repository');
  cpSync(folder, root, { recursive: true, filter: (path) => !/\/\.git$/.test(path), verbatimSymlinks: true });
  writeFileSync(join(root, 'renovate.json'), JSON.stringify(config));
  git(root, 'init', '--quiet');
  // Renovate lists non-ASCII names wrongly on the local platform without it.
  git(root, 'config', 'core.quotePath', 'false');
  git(root, 'add', '--all', '--force');
  git(root, 'commit', '--quiet', '--no-verify', '--message', 'copy');
  return { root, files: git(root, 'ls-files', '-z').split('\0').filter(Boolean), remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** `renovate --platform=local --dry-run=extract`, which takes seconds. */
export function realExtraction(root: string, managers: readonly string[] = MANAGERS): Row[] {
  const report = join(dirname(root), 'report.json');
  // npm's own environment would name another Node and pass its settings on.
  execFileSync(join(project, 'node_modules/.bin/node'), [join(project, 'node_modules/renovate/dist/renovate.js'), '--platform=local', '--dry-run=extract'], {
    cwd: root,
    env: {
      PATH: [join(project, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      HOME: dirname(root),
      LOG_LEVEL: 'fatal',
      // yaml's, one for each templated key.
      NODE_NO_WARNINGS: '1',
      RENOVATE_REPORT_TYPE: 'file',
      RENOVATE_REPORT_PATH: report,
      RENOVATE_CACHE_DIR: join(dirname(root), 'cache'),
      RENOVATE_BASE_DIR: join(dirname(root), 'base'),
      RENOVATE_X_IGNORE_RE2: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(report)) throw new Error(`Renovate wrote no report for ${root}`);
  const { repositories } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const [repository] = Object.values(repositories);
  const rows = Object.entries(repository?.packageFiles ?? {}).flatMap(([manager, files]) =>
    // helmv3 names the datasource once for the file.
    files.flatMap(({ packageFile, deps, datasource }) => deps.map((dependency) => rowOf(manager, packageFile, datasource === undefined ? dependency : { datasource, ...dependency }))),
  );
  return rows.filter(({ manager }) => managers.includes(manager)).sort(byText);
}

function rowOf(manager: string, file: string, dependency: Partial<Row>): Row {
  const { depName = null, packageName = null, datasource = null, currentValue = null, currentDigest = null, registryUrls = [] } = dependency;
  return { manager, file, depName, packageName, datasource, currentValue, currentDigest, registryUrls };
}

/** Everything one config extracts from a few files, without presets. */
export async function extractFrom(renovate: Renovate, root: string, files: readonly string[], config: JsonObject): Promise<readonly ManagerRun[]> {
  const resolved = await renovate.resolve({ config, source: 'renovate.json', presets: noPresets });
  return renovate.extract({ root, files, config: resolved.config });
}

export function dependenciesOf(runs: readonly ManagerRun[]): readonly ExtractedDependency[] {
  return runs.flatMap(({ dependencies }) => dependencies);
}

/** A write-back as text: each place that would change, with what stands there. */
export function written(text: string, { currentValue, writeBack }: { readonly currentValue: string | null; readonly writeBack: WriteBack }): string {
  if (writeBack.kind === 'failed') return `failed: ${writeBack.reason}`;
  if (writeBack.kind === 'none') return 'none';
  const offsets = writeBack.kind === 'exact' ? [writeBack.offset] : writeBack.offsets;
  const lines = offsets.map((offset) => `${text.slice(0, offset).split('\n').length}:${text.slice(offset, offset + (currentValue ?? '').length)}`);
  return `${writeBack.kind} ${lines.join(' ')}`;
}
