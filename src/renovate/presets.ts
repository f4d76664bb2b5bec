import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, sep } from 'node:path';
import { pathFrom, shortPath } from '../base/paths.ts';
import { massageConfig } from 'renovate/dist/config/massage.js';
import { migrateConfig } from 'renovate/dist/config/migration.js';
import { getPreset, presetSources, resolveConfigPresets } from 'renovate/dist/config/presets/index.js';
import { parsePreset } from 'renovate/dist/config/presets/parse.js';
import { fetchPreset, parsePreset as parsePresetText } from 'renovate/dist/config/presets/util.js';
import { builtInRules, prepareBuiltIn } from './built-in.ts';
import { canonical, isObject, tag, untagged } from './sources.ts';
import type { EntrySource, Json, JsonObject, MissingPreset, PresetSources, Resolved, ResolveRequest } from './types.ts';

const PACKAGE_NAME = 'renovate-argocd';

/** What Renovate's `parsePreset` makes of a reference and hands to a preset source. */
interface Reference {
  readonly presetSource: string;
  readonly repo: string;
  readonly presetPath?: string | undefined;
  readonly presetName: string;
  readonly tag?: string | undefined;
}

/** Renovate words a failed preset by this error's message (fetchPreset of config/presets/index.js, 44.121.2). */
const NOT_FOUND = 'dep not found';

/** Presets whose arguments grow on every turn never repeat a reference, which is all that Renovate's own check for cycles sees. */
const LOAD_LIMIT = 500;

/** Path inside the preset repository, or null when it leaves it. */
function insideRepository(file: string): string | null {
  const path = posix.normalize(file);
  return path === '..' || path.startsWith('../') || posix.isAbsolute(path) ? null : path;
}

function isOwnPackage({ presetSource, repo }: Reference): boolean {
  // As an npm package its presets would have to stand in package.json, where they do not.
  return presetSource !== 'npm' && basename(repo) === PACKAGE_NAME;
}

/** Only what the package publishes as presets. */
function ownFile(packageRoot: string, file: string): string | null {
  const path = insideRepository(file);
  if (path === null || (path !== 'default.json' && !path.startsWith('presets/'))) return null;
  return join(packageRoot, path);
}

/** A file of the repository that `--preset REF=PATH` names: PATH itself, or what stands as far from PATH as `file` from REF's file. */
function mappedFile(reference: Reference, file: string, presets: PresetSources): string | null {
  const inRepository = insideRepository(file);
  if (inRepository === null) return null;
  const siblings = presets.mapped.flatMap((mapping) => {
    const target = parseOrNull(mapping.reference);
    return target !== null && target.presetSource === reference.presetSource && target.repo === reference.repo ? [{ target, path: mapping.file }] : [];
  });
  const exact = siblings.find(({ target }) => samePreset(target, reference));
  if (exact !== undefined) return exact.path;
  const beside = siblings.map(({ target, path }) => join(dirname(path), posix.relative(target.presetPath ?? '', inRepository)));
  return beside.find((path) => existsSync(path)) ?? null;
}

function samePreset(a: Reference, b: Reference): boolean {
  return (a.presetPath ?? '') === (b.presetPath ?? '') && a.presetName === b.presetName;
}

function parseOrNull(reference: string): Reference | null {
  try {
    return parsePreset(reference) as Reference;
  } catch {
    return null;
  }
}

/** A raw file URL as the git hosts write them: `…/renovate-argocd/-/raw/main/presets/x/y.json`. */
const OWN_URL = /\/renovate-argocd\/(?:.*\/)?(default\.json|presets\/.+\.json)$/;

/** Deep-equal entries of this package's preset files, for default.json, which is generated from them. */
function entriesOfPackage(packageRoot: string): Map<string, EntrySource> {
  const found = new Map<string, EntrySource>();
  const folder = join(packageRoot, 'presets');
  if (!existsSync(folder)) return found;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  for (const file of files.sort()) {
    const source = posix.join('presets', file.split(sep).join('/'));
    const preset = parsePresetText(readFileSync(join(folder, file), 'utf8'), file) as Json;
    if (!isObject(preset)) continue;
    tag(preset, (list, entry, index) => {
      const key = `${list} ${canonical(entry)}`;
      if (!found.has(key)) found.set(key, { source, index });
      return { source, index };
    });
  }
  return found;
}

interface Loader {
  readonly load: (reference: Reference) => Promise<JsonObject>;
  readonly missing: Failed[];
  /** Whether some preset read has `ignorePresets`, which reaches into the built-in ones. */
  ignores: boolean;
}

interface Failed extends Reference {
  readonly message: string;
}

function openLoader(presets: PresetSources): Loader {
  const missing: Failed[] = [];
  let ownEntries: Map<string, EntrySource> | undefined;
  let loads = 0;

  function read(reference: Reference, file: string): JsonObject {
    const mapped = mappedFile(reference, file, presets);
    const path = mapped ?? (isOwnPackage(reference) ? ownFile(presets.packageRoot, file) : null);
    if (path === null || !existsSync(path)) throw new Error(NOT_FOUND);
    const preset = parsePresetText(readFileSync(path, 'utf8'), path) as Json;
    if (!isObject(preset)) throw new Error('invalid preset');
    if (mapped !== null) return tag(preset, (_list, _entry, index) => ({ source: shortPath(process.cwd(), path), index }));
    const source = pathFrom(presets.packageRoot, path);
    if (source !== 'default.json') return tag(preset, (_list, _entry, index) => ({ source, index }));
    ownEntries ??= entriesOfPackage(presets.packageRoot);
    return tag(preset, (list, entry, index) => ownEntries!.get(`${list} ${canonical(entry)}`) ?? { source, index });
  }

  function readUrl(reference: Reference): JsonObject {
    const mapped = presets.mapped.find((mapping) => mapping.reference === reference.repo);
    if (mapped !== undefined) return read({ ...reference, presetName: '' }, 'default.json');
    const own = OWN_URL.exec(reference.repo.replace(/[?#].*$/, ''));
    if (own === null) throw new Error(NOT_FOUND);
    return read({ presetSource: 'local', repo: PACKAGE_NAME, presetName: '' }, own[1]!);
  }

  const loader: Loader = {
    missing,
    ignores: false,
    async load(reference) {
      loads += 1;
      try {
        if (loads > LOAD_LIMIT) throw new Error(NOT_FOUND);
        if (reference.presetSource === 'http') return readUrl(reference);
        // Renovate's own rules for file names, `default`, and presets inside a file.
        const preset = await fetchPreset({
          repo: reference.repo,
          filePreset: reference.presetName,
          presetPath: reference.presetPath,
          endpoint: '',
          tag: reference.tag,
          fetch: async (_repo: string, file: string) => read(reference, file),
        });
        loader.ignores ||= preset.ignorePresets !== undefined;
        return preset as JsonObject;
      } catch (error) {
        if (loads <= LOAD_LIMIT + 1) missing.push({ ...reference, message: (error as Error).message });
        return {};
      }
    },
  };
  return loader;
}

/** Renovate's table of preset sources is an exported object: from here on all of them read from disk. */
function install(loader: Loader, flat: boolean): void {
  for (const [presetSource, entry] of Object.entries(presetSources as Record<string, { load: () => Promise<unknown> }>)) {
    entry.load = async () => ({
      getPreset: (reference: Omit<Reference, 'presetSource'>) => loader.load({ ...reference, presetSource }),
    });
  }
  prepareBuiltIn(flat);
}

/** Every reference in an `extends` of the config, at any depth. */
function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => references(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key !== 'extends') return references(item);
    return (Array.isArray(item) ? item : [item]).filter((entry): entry is string => typeof entry === 'string');
  });
}

function written({ presetSource, repo, presetPath, presetName, tag }: Reference): string {
  const path = presetPath === undefined ? (presetName === 'default' ? '' : `:${presetName}`) : `//${presetPath}/${presetName}`;
  return `${presetSource}>${repo}${path}${tag === undefined ? '' : `#${tag}`}`;
}

/** The words of Renovate's fetchPreset for the errors that a preset source throws. */
const WORDS: Record<string, string> = {
  [NOT_FOUND]: "Cannot find preset's package",
  'preset not found': 'Preset name not found within published preset config',
  'invalid preset': 'Preset is invalid',
  'invalid preset JSON': 'Preset is invalid JSON',
};

function asMissing(reference: Failed, inConfig: readonly string[]): MissingPreset {
  const own = inConfig.find((text) => {
    const parsed = parseOrNull(text);
    return parsed !== null && parsed.presetSource === reference.presetSource && parsed.repo === reference.repo && parsed.tag === reference.tag && samePreset(parsed, reference);
  });
  const text = own ?? (reference.presetSource === 'http' ? reference.repo : written(reference));
  return { reference: text, message: `${WORDS[reference.message] ?? 'Preset caused unexpected error'} (${text})` };
}

/** Reference inside the words of Renovate's fetchPreset. */
const REFERENCE_IN_WORDS = /^.*? \((?<reference>.*?)\)(?:\. |$)/s;

/**
 * As mergeRenovateConfig does (44.121.2): migrate, massage, resolve, migrate again. Renovate stops at the first preset that is missing; here
 * it is noted and the others are resolved.
 */
export async function resolvePresets(request: ResolveRequest): Promise<Resolved> {
  const config = tag(request.config, (_list, _entry, index) => ({ source: request.source, index }));
  const massaged = massageConfig(migrateConfig(config).migratedConfig) as JsonObject;
  const ignored: string[] = Array.isArray(massaged['ignorePresets']) ? massaged['ignorePresets'].filter((entry) => typeof entry === 'string') : [];
  const refused: MissingPreset[] = [];
  let flat = ignored.length === 0;
  for (;;) {
    const loader = openLoader(request.presets);
    install(loader, flat);
    try {
      const { config: resolved } = await resolveConfigPresets(structuredClone(massaged), undefined, [...ignored, ...refused.map(({ reference }) => reference)]);
      if (flat && loader.ignores) {
        flat = false;
        continue;
      }
      const migrated = await builtInRules(migrateConfig(resolved).migratedConfig as JsonObject);
      const inConfig = references(massaged);
      return { config: untagged(migrated), missing: unique([...refused, ...loader.missing.map((reference) => asMissing(reference, inConfig))]) };
    } catch (error) {
      const message = (error as { validationError?: string }).validationError;
      const reference = message === undefined ? undefined : REFERENCE_IN_WORDS.exec(message)?.groups?.['reference'];
      if (message === undefined || reference === undefined || refused.some((known) => known.reference === reference)) throw error;
      refused.push({ reference, message });
    }
  }
}

function unique(missing: readonly MissingPreset[]): MissingPreset[] {
  return [...new Map(missing.map((entry) => [entry.reference, entry])).values()];
}

/** For validation, which resolves the `extends` of rules and throws at one that is missing: drops those. */
export async function withoutMissingPresets(config: JsonObject, presets: PresetSources): Promise<JsonObject> {
  install(openLoader(presets), false);
  const rules = config['packageRules'];
  if (!Array.isArray(rules)) return config;
  const kept: Json[] = [];
  for (const rule of rules as readonly Json[]) {
    if (!isObject(rule) || !Array.isArray(rule['extends'])) {
      kept.push(rule);
      continue;
    }
    const found: Json[] = [];
    for (const reference of rule['extends'] as readonly Json[]) if (await resolves(reference)) found.push(reference);
    kept.push({ ...rule, extends: found });
  }
  return { ...config, packageRules: kept };
}

async function resolves(reference: Json): Promise<boolean> {
  if (typeof reference !== 'string') return true;
  try {
    await getPreset(reference, {});
    return true;
  } catch {
    return false;
  }
}
