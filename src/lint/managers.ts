import { isFields, stringsOf } from '../base/config-walk.ts';
import type { Json, JsonObject, ManagerRun } from '../renovate/types.ts';
import { isOwnPreset, type Document, type WrittenManager } from './rule.ts';

/**
 * Managers that the user configured, with what came of them. Built-in presets are not among the documents: they bring managers that fit
 * few repositories, and nobody here can correct them.
 */
export function writtenManagers(documents: readonly Document[], runs: readonly ManagerRun[], resolved: JsonObject): WrittenManager[] {
  return documents
    .filter(({ source }) => !isOwnPreset(source))
    .flatMap((document) => [...builtIn(document, runs, resolved), ...custom(document, runs)]);
}

function builtIn({ source, value }: Document, runs: readonly ManagerRun[], resolved: JsonObject): WrittenManager[] {
  return Object.entries(value).flatMap(([manager, settings]): WrittenManager[] => {
    if (!isFields(settings) || settings['enabled'] === false) return [];
    const written = patternsOf(settings, [manager]);
    const run = runs.find((candidate) => candidate.manager === manager && candidate.index === null) ?? null;
    // A preset that is named with --preset but extended by nobody has no say.
    const inForce = stringsOf(isFields(resolved[manager]) ? resolved[manager]['managerFilePatterns'] : undefined);
    if (written === null) return NO_DEFAULT_PATTERNS.includes(manager) && inForce.length === 0 ? [{ source, manager, label: `the ${manager} manager`, path: [manager], patterns: [], settings, run }] : [];
    const patterns = written.filter(({ pattern }) => inForce.length === 0 || inForce.includes(pattern));
    return patterns.length === 0 ? [] : [{ source, manager, label: `the ${manager} manager`, path: [manager], patterns, settings, run }];
  });
}

/** Managers that read nothing until they are told what (44.121.2). */
const NO_DEFAULT_PATTERNS: readonly string[] = ['argocd', 'kubernetes'];

/** An entry without a run is invalid, which config-invalid says, or stands in a preset that nobody extends. */
function custom({ source, value }: Document, runs: readonly ManagerRun[]): WrittenManager[] {
  const entries = value['customManagers'];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((settings: Json, index): WrittenManager[] => {
    const own = runs.filter((run) => run.source?.source === source && run.source.index === index && run.index !== null);
    const run = own.find(({ matchedFiles }) => matchedFiles.length > 0) ?? own[0];
    if (run === undefined || !isFields(settings)) return [];
    const path = ['customManagers', index];
    return [{ source, manager: run.manager, label: `customManagers[${index}] (${run.manager})`, path, patterns: patternsOf(settings, path) ?? [], settings, run }];
  });
}

/** As written; `fileMatch` of older configs took regexes without slashes, and Renovate migrates it. Null when neither is there. */
function patternsOf(settings: JsonObject, base: readonly (string | number)[]): WrittenManager['patterns'] | null {
  for (const key of ['managerFilePatterns', 'fileMatch']) {
    const value = settings[key];
    const list = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(list)) continue;
    return stringsOf(list).map((entry, index) => ({ pattern: key === 'fileMatch' ? `/${entry}/` : entry, path: [...base, key, index] }));
  }
  return null;
}
