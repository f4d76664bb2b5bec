import { getConfig } from 'renovate/dist/config/defaults.js';
import { GlobalConfig } from 'renovate/dist/config/global.js';
import { getManagerConfig } from 'renovate/dist/config/index.js';
import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { getFilteredFileList, getMatchingFiles } from 'renovate/dist/workers/repository/extract/file-match.js';
import { normalizeDepNames } from 'renovate/dist/workers/repository/extract/manager-files.js';
import { isOwnPreset } from '../base/own-preset.ts';
import { decisiveRules, judgeDependency, readsAnything, type DependencyConfig } from './rules.ts';
import { droppedMatches, type Discarded } from './dropped.ts';
import { spared, speaksOfFlux } from './hints.ts';
import { isObject, sourceOf, withoutSources } from './sources.ts';
import type { ExtractedDependency, ExtractRequest, Json, JsonObject, ManagerRun, TextRange, WriteBack } from './types.ts';
import { forgetFiles, readLocalFile } from './upstream/fs.ts';
import { listening } from './upstream/logger.ts';
import { allManagersList, CUSTOM, getEnabledManagersList, loadManager } from './upstream/managers.ts';
import { upgradeOf, writeBack, type Upgrade } from './write-back.ts';

/** What is being done, for the message of a time-out: one of these before each piece of work that can take long. */
export type Progress = (doing: string) => void;

export interface PackageFile extends DependencyConfig {
  readonly packageFile: string;
  readonly deps: readonly DependencyConfig[];
}

/** One manager's config with the files it would read, as extractAllDependencies lists them (workers/repository/extract/index.js, 44.121.2). */
export interface Plan {
  readonly manager: string;
  readonly index: number | null;
  readonly entry: JsonObject | null;
  /** One of this package's own custom managers, which nobody but its tests judges. */
  readonly own: boolean;
  readonly config: DependencyConfig;
  /** Without the entry of `customManagers`: later phases know of it only what extraction returns. */
  readonly managerConfig: DependencyConfig;
  /** Kept out of the configs, because Renovate copies those several times for each dependency. */
  readonly packageRules: readonly Json[];
  readonly files: readonly string[];
}

/** A request whose config is known. */
export type ResolvedExtract = ExtractRequest & { readonly config: JsonObject };

/** The answer, and what later questions about the same dependencies need. */
export interface Extraction {
  readonly request: ResolvedExtract;
  readonly runs: readonly ManagerRun[];
  /** Before any package rule; one for each run, its dependencies in the same order. */
  readonly found: readonly Found[];
}

export interface Found {
  readonly plan: Plan;
  readonly packageFiles: readonly PackageFile[];
}

/**
 * Every manager that reads a file, with what it extracts. As upstream's extract phase, but one after the other, so that a time-out knows its
 * culprit; `processSupersedesManagers` is left out: only bun, deno and poetry supersede others (44.121.2).
 */
export async function extractAll(request: ResolvedExtract, progress: Progress): Promise<Extraction> {
  GlobalConfig.set({ localDir: request.root, platform: 'local' });
  forgetFiles(request.texts);
  const runs: ManagerRun[] = [];
  const found: Found[] = [];
  for (const plan of plans(request)) {
    const packageFiles: PackageFile[] = [];
    runs.push(await run(plan, request.config['enabled'] !== false, progress, packageFiles));
    found.push({ plan, packageFiles });
  }
  forgetFiles();
  return { request, runs, found };
}

/**
 * Nothing that is asked here reads them, and Renovate copies the whole config several times for each dependency. `description` is long: each
 * preset adds to it.
 */
const UNREAD = [
  ...['bump', 'customDatasources', 'description', 'digest', 'group', 'hostRules', 'lockFileMaintenance', 'major', 'minor', 'packageRules'],
  ...['patch', 'pin', 'pinDigest', 'postUpgradeTasks', 'prBodyDefinitions', 'replacement', 'rollback', 'vulnerabilityAlerts'],
];

function without(config: DependencyConfig, keys: readonly string[]): DependencyConfig {
  const copy: { [key: string]: unknown } = { ...config };
  for (const key of keys) delete copy[key];
  for (const [key, value] of Object.entries(copy)) if (value === null || value === undefined) delete copy[key];
  return copy;
}

/**
 * Defaults that extraction, package rules and auto-replace read. The other three hundred are copied for nothing; they stay only where a rule's
 * expression could look at any of them.
 */
function slimDefaults(rules: readonly Json[]): DependencyConfig {
  const defaults = getConfig() as DependencyConfig;
  if (rules.some((rule) => readsAnything(rule))) return defaults;
  const words = new Set(rules.flatMap((rule) => JSON.stringify(rule).match(/\w+/g) ?? []));
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => READ.has(key) || allManagersList.includes(key) || words.has(key)));
}

const READ = new Set([
  ...['autoReplaceGlobalMatch', 'autoReplaceStringTemplate', 'constraints', 'customManagers', 'datasource', 'enabled', 'enabledManagers', 'excludeCommitPaths'],
  ...['ignoreDeps', 'ignorePaths', 'includePaths', 'pinDigests', 'rangeStrategy', 'registryAliases', 'registryUrls', 'updateInternalDeps'],
  ...['updatePinnedDependencies', 'versioning'],
]);

function plans({ config: resolved, files }: ResolvedExtract): Plan[] {
  const { customManagers, ...rest } = resolved;
  const packageRules = withoutSources(decisiveRules(resolved) as Json) as readonly Json[];
  const defaults = slimDefaults(packageRules);
  const config = mergeChildConfig(without(defaults, UNREAD), { ...withoutSources(without(rest, UNREAD) as JsonObject), packageRules: [] }) as DependencyConfig;
  const common = without(config, allManagersList);
  const customs = Array.isArray(customManagers) ? (customManagers as readonly Json[]) : [];
  const matching = matcher(files);
  const found: Plan[] = [];
  for (const manager of getEnabledManagersList(config['enabledManagers'])) {
    const managerConfig: DependencyConfig = { ...getManagerConfig({ ...common, [manager]: config[manager] }, manager) };
    if (!CUSTOM.has(manager)) {
      found.push({ manager, index: null, entry: null, own: false, config: managerConfig, managerConfig, packageRules, files: matching(managerConfig) });
      continue;
    }
    for (const [index, entry] of customs.entries()) {
      if (!isObject(entry) || entry['customType'] !== manager) continue;
      const merged = mergeChildConfig(managerConfig, withoutSources(entry)) as DependencyConfig;
      found.push({ manager, index, entry, own: isOwnPreset(sourceOf(entry)?.source ?? ''), config: merged, managerConfig, packageRules, files: matching(merged) });
    }
  }
  return found.filter(({ files, index }) => files.length > 0 || index !== null);
}

/**
 * Nearly all managers share `ignorePaths`, and ours their file patterns too, and Renovate compiles each pattern anew for each file
 * (file-match.js, 44.121.2): equal settings are answered once, by the same array.
 */
function matcher(files: readonly string[]): (config: DependencyConfig) => readonly string[] {
  const lists = new Map<string, readonly string[]>();
  function once(key: string, make: () => readonly string[]): readonly string[] {
    const list = lists.get(key) ?? make();
    lists.set(key, list);
    return list;
  }
  return ({ includePaths, ignorePaths, manager, managerFilePatterns }) => {
    const paths = JSON.stringify([includePaths, ignorePaths]);
    const list = once(paths, () => getFilteredFileList({ includePaths, ignorePaths }, files));
    return once(`${paths} ${JSON.stringify(managerFilePatterns)}`, () => getMatchingFiles({ manager, managerFilePatterns: managerFilePatterns ?? [] }, list));
  };
}

async function run(plan: Plan, repositoryEnabled: boolean, progress: Progress, kept: PackageFile[]): Promise<ManagerRun> {
  const { manager, index, entry, config, files } = plan;
  const name = CUSTOM.has(manager) ? `custom.${manager}` : manager;
  const errors = new Set<string>();
  const dependencies: ExtractedDependency[] = [];
  const dropped: Discarded[] = [];
  const warned = (message: string, details: unknown) => errors.add(describeWarning(message, details));
  const discarded = plan.own ? () => {} : (details: unknown) => dropped.push(details as Discarded);
  // Renovate does not even extract with a manager that is off; here its dependencies tell what is off on purpose.
  const enabled = repositoryEnabled && config['enabled'] !== false;
  const found = await listening({ warned, discarded }, () => packageFiles(plan, (file) => progress(describe(name, index, file)), errors));
  // apart, because writing back extracts the same again and again
  await listening({ warned }, async () => {
    for (const packageFile of found) {
      progress(`${describe(name, index, packageFile.packageFile)}, writing back`);
      dependencies.push(...(await judgeFile(plan, packageFile, enabled)));
      kept.push(packageFile);
    }
  });
  return {
    manager: name,
    index,
    source: entry === null ? null : sourceOf(entry),
    filePatterns: config['managerFilePatterns'] ?? [],
    matchStrings: entry === null ? [] : (config['matchStrings'] ?? []),
    matchedFiles: files,
    dependencies,
    dropped: await droppedMatches(dropped),
    error: errors.size === 0 ? null : [...errors].join('; '),
  };
}

function describe(manager: string, index: number | null, file: string): string {
  return index === null ? `${manager} on ${file}` : `${manager} (customManagers[${index}]) on ${file}`;
}

/** Of Renovate's warnings those that say why a dependency is lost; hidden characters in a file are not this program's business. */
function describeWarning(message: string, details: unknown): string {
  const cause = isObject(details) ? (details as { err?: { message?: string } }).err?.message : undefined;
  return cause === undefined ? message : `${message} ${firstLine(cause)}`;
}

function firstLine(text: string): string {
  return text.trim().split('\n').slice(0, 3).join(' ');
}

/** Renovate stops the whole repository at a manager's error; here the other files are still worth an answer. */
async function packageFiles({ manager, config, entry, files }: Plan, progress: (file: string) => void, errors: Set<string>): Promise<PackageFile[]> {
  if (files.length === 0) return [];
  const found: PackageFile[] = [];
  const { extractAllPackageFiles, extractPackageFile } = await loadManager(manager);
  const source = entry === null ? null : sourceOf(entry);
  if (extractAllPackageFiles !== undefined) {
    progress(files.length === 1 ? files[0]! : `${files.length} files`);
    try {
      found.push(...(((await extractAllPackageFiles(config, await worthReading(manager, files))) as PackageFile[] | null) ?? []));
    } catch (error) {
      errors.add(describeError(error));
    }
  } else {
    for (const file of files) {
      progress(file);
      const content = await readLocalFile(file);
      if (!content || spared(source, content)) continue;
      try {
        const result = (await extractPackageFile?.(content, file, config)) as PackageFile | null | undefined;
        if (result) found.push({ ...result, packageFile: file });
      } catch (error) {
        errors.add(describeError(error));
      }
    }
  }
  for (const { deps } of found) for (const dependency of deps) normalizeDepNames(dependency);
  return found;
}

/** The flux manager parses every file that it is given, and is mostly given all of them. */
async function worthReading(manager: string, files: readonly string[]): Promise<readonly string[]> {
  if (manager !== 'flux') return files;
  const read: string[] = [];
  for (const file of files) if (speaksOfFlux(file, (await readLocalFile(file)) ?? '')) read.push(file);
  return read;
}

/** Renovate's own errors carry their words in `validationError` and their code in `message`. */
function describeError(error: unknown): string {
  const { message, validationError, validationMessage } = error as { message: string; validationError?: string; validationMessage?: string };
  return [validationError ?? message, validationMessage].filter((text) => text !== undefined).join(': ');
}

async function judgeFile({ manager, own, managerConfig, packageRules }: Plan, packageFile: PackageFile, enabled: boolean): Promise<ExtractedDependency[]> {
  const { deps, ...file } = packageFile;
  const fileConfig = mergeChildConfig({ ...managerConfig, manager }, file) as DependencyConfig;
  const content = (await readLocalFile(packageFile.packageFile)) ?? '';
  const upgrades: (Upgrade | null)[] = [];
  const judged = [];
  for (const [index, dependency] of deps.entries()) {
    const answer = await judgeDependency(fileConfig, dependency, packageRules);
    judged.push(answer);
    upgrades.push(upgradeOf(answer.config, index));
  }
  const written = await writeBack(content, upgrades, manager);
  return judged.map(({ config, enabled: ruled, skipReason }, index) => ({
    file: packageFile.packageFile,
    depName: text(config['depName']),
    packageName: text(config['packageName']),
    datasource: text(config['datasource']),
    currentValue: text(deps[index]!['currentValue']),
    currentDigest: text(deps[index]!['currentDigest']),
    versioning: text(config['versioning']),
    registryUrls: (config['registryUrls'] ?? []) as string[],
    enabled: enabled && ruled,
    skipReason,
    match: manager === 'regex' && !own ? matchOf(content, deps[index]!['replaceString'], written[index]!) : null,
    writeBack: written[index]!,
  }));
}

/** Renovate keeps what matched, not where: the place of the version tells equal texts apart. */
function matchOf(content: string, matched: unknown, written: WriteBack): TextRange | null {
  if (typeof matched !== 'string' || matched === '') return null;
  const offset = written.kind === 'exact' ? content.lastIndexOf(matched, written.offset) : content.indexOf(matched);
  return offset === -1 ? null : { offset, length: matched.length };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
