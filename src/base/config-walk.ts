/** Walks a Renovate config as it was written, for rules: plain values and where they stand. */

export type ConfigPath = readonly (string | number)[];

export type Fields = { readonly [key: string]: unknown };

export interface WrittenText {
  readonly text: string;
  readonly path: ConfigPath;
}

export interface WrittenObject {
  readonly fields: Fields;
  readonly path: ConfigPath;
  /** Objects around it, the nearest first: Renovate lets what they say hold inside as well. */
  readonly around: readonly Fields[];
}

/** Every object of the config, itself first. */
export function* objectsIn(value: unknown, path: ConfigPath = [], around: readonly Fields[] = []): Generator<WrittenObject> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* objectsIn(entry, [...path, index], around);
    return;
  }
  if (!isFields(value)) return;
  yield { fields: value, path, around };
  for (const [key, entry] of Object.entries(value)) yield* objectsIn(entry, [...path, key], [value, ...around]);
}

/** The references of each `extends`, at any depth; a single string is a list of one (Renovate 44.121.2 migrates it). */
export function extendsIn(config: unknown): WrittenText[][] {
  return [...objectsIn(config)].map(({ fields, path }) => textsIn(fields['extends'], [...path, 'extends'])).filter((list) => list.length > 0);
}

/** A string, or the strings of an array. */
export function textsIn(value: unknown, path: ConfigPath): WrittenText[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index): WrittenText[] => (typeof entry === 'string' ? [{ text: entry, path: [...path, index] }] : []));
}

/** The strings of a list, in their order; none of what is no list. */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What holds inside an object: its own word, else the nearest one around it, else undefined. */
export function inForce({ fields, around }: WrittenObject, key: string): unknown {
  return [fields, ...around].find((level) => level[key] !== undefined)?.[key];
}
