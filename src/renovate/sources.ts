import { RULE_BLOCKS } from '../base/update-types.ts';
import type { EntrySource, Json, JsonObject } from './types.ts';
import { SOURCE_KEY } from './types.ts';

/**
 * Custom managers and package rules carry where they were written through Renovate's whole resolution, as a string under SOURCE_KEY: arrays
 * concatenate over presets and nothing else tells their entries apart.
 */
const TRACKED = ['customManagers', 'packageRules'] as const;
/** With the names that migration renames to those. */
const WRITTEN = [...TRACKED, 'regexManagers', 'packages', 'pathRules'];

export function isObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function encode({ source, index }: EntrySource): string {
  return `${index} ${source}`;
}

function decode(text: string): EntrySource {
  const space = text.indexOf(' ');
  return { index: Number(text.slice(0, space)), source: text.slice(space + 1) };
}

/** Copy of an entry that survives massageConfig with its source: of a rule that it splits it keeps only `match…` and the block in the second (44.121.2). */
function tagged(entry: JsonObject, text: string): JsonObject {
  const copy: { [key: string]: Json } = { ...entry, [SOURCE_KEY]: text };
  for (const type of RULE_BLOCKS) {
    const block = copy[type];
    if (isObject(block)) copy[type] = { ...block, [SOURCE_KEY]: text };
  }
  return copy;
}

/** Copy of a config whose entries name their source; `where` may name another one than the file that holds the entry. */
export function tag(config: JsonObject, where: (list: string, entry: JsonObject, index: number) => EntrySource): JsonObject {
  const copy: { [key: string]: Json } = { ...config };
  for (const list of WRITTEN) {
    const entries = copy[list];
    if (!Array.isArray(entries)) continue;
    copy[list] = entries.map((entry: Json, index) => (isObject(entry) ? tagged(entry, encode(where(list, entry, index))) : entry));
  }
  return copy;
}

/** Tags Renovate's built-in presets in place, by group and name; each entry is named after the preset that has it, not the one that brought it in. */
export function tagBuiltIn(groups: Record<string, Record<string, JsonObject>>): void {
  for (const [group, presets] of Object.entries(groups)) {
    for (const [name, preset] of Object.entries(presets)) {
      const source = group === 'default' ? `:${name}` : `${group}:${name}`;
      presets[name] = tag(preset, (_list, _entry, index) => ({ source, index }));
    }
  }
}

/** Turns the strings of a resolved config into `EntrySource`s. */
export function untagged(config: JsonObject): JsonObject {
  const copy: { [key: string]: Json } = { ...config };
  for (const list of TRACKED) {
    const entries = copy[list];
    if (!Array.isArray(entries)) continue;
    copy[list] = entries.map((entry: Json) => {
      if (!isObject(entry)) return entry;
      const text = entry[SOURCE_KEY];
      return typeof text === 'string' ? { ...entry, [SOURCE_KEY]: { ...decode(text) } } : entry;
    });
  }
  return copy;
}

export function sourceOf(entry: JsonObject): EntrySource | null {
  const source = entry[SOURCE_KEY];
  return isObject(source) ? (source as unknown as EntrySource) : null;
}

/** Copy without any SOURCE_KEY, for what Renovate judges or prints. */
export function withoutSources<T extends Json>(value: T): T {
  if (Array.isArray(value)) return value.map((item: Json) => withoutSources(item)) as unknown as T;
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== SOURCE_KEY);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutSources(item)])) as T;
}

/** Text that is equal for deep-equal values. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_key, item: Json) => (isObject(item) ? Object.fromEntries(Object.entries(item).sort(byKey)) : item));
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
