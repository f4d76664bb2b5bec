import { flattened } from 'renovate-facts';
import { groups } from 'renovate/dist/config/presets/internal/index.js';
import { isObject, tagBuiltIn } from './sources.ts';
import type { Json, JsonObject } from './types.ts';

/**
 * `config:recommended` is seven hundred presets deep, and Renovate merges them by copying everything so far for each: a second of work with
 * the same result every time (44.121.2). scripts/build.mjs does it once; here one placeholder stands for the hundreds of rules until the
 * rest is resolved.
 */
const PLACEHOLDER = 'renovate-argocd:built-in';

let originals: Readonly<Record<string, JsonObject>> | null = null;

function place(reference: string, preset: JsonObject): void {
  const [group = '', name = ''] = reference.split(':');
  (groups as Record<string, Record<string, JsonObject>>)[group]![name] = preset;
}

/** `flat` is not for configs with `ignorePresets`, which can take any preset out of the seven hundred. */
export function prepareBuiltIn(flat: boolean): void {
  if (originals === null) {
    tagBuiltIn(groups);
    originals = Object.fromEntries(Object.keys(flattened).map((reference) => [reference, original(reference)]));
  }
  for (const [reference, { rest }] of Object.entries(flattened)) {
    const preset = flat ? { ...(structuredClone(rest) as JsonObject), packageRules: [{ [PLACEHOLDER]: reference }] } : originals[reference]!;
    place(reference, preset);
  }
}

function original(reference: string): JsonObject {
  const [group = '', name = ''] = reference.split(':');
  return (groups as Record<string, Record<string, JsonObject>>)[group]![name]!;
}

/** Puts the rules in the placeholders' stead. */
export async function builtInRules(config: JsonObject): Promise<JsonObject> {
  const rules = config['packageRules'];
  if (!Array.isArray(rules)) return config;
  const complete: Json[] = [];
  for (const rule of rules as readonly Json[]) {
    const reference = isObject(rule) ? rule[PLACEHOLDER] : undefined;
    if (typeof reference !== 'string') complete.push(rule);
    else complete.push(...((await flattened[reference]!.rules()).packageRules as JsonObject[]));
  }
  return { ...config, packageRules: complete };
}
