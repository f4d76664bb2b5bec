import { escapeRegex } from '../base/escape-regex.ts';
import { lineIndex } from '../base/location.ts';
import type { Lookup } from '../lint/rule.ts';
import type { Pin } from '../pins/pin.ts';
import type { JsonObject } from '../renovate/types.ts';

export type ExactManager = JsonObject & { readonly matchStrings: readonly string[] };

/** Fields of a custom manager for what a comment would say. */
const TEMPLATES: Readonly<Record<string, string>> = {
  datasource: 'datasourceTemplate',
  depName: 'depNameTemplate',
  packageName: 'packageNameTemplate',
  registryUrl: 'registryUrlTemplate',
  versioning: 'versioningTemplate',
};

/** How many lines above the version may be needed to tell it from others. */
const MAX_LINES = 40;

/**
 * A custom manager that reads one version of one file and no other: for JSON, for texts inside YAML blocks, and for keys that no generic manager
 * takes for a version. Null where the surroundings do not tell the version from others.
 */
export function exactManager(text: string, pin: Pin, lookup: Lookup): ExactManager | null {
  const values = Object.entries(lookup);
  if (values.some(([, value]) => value.includes('{{'))) return null;
  const regex = uniqueRegex(text, pin);
  if (regex === null) return null;
  return {
    customType: 'regex',
    description: [`${lookup.depName ?? pin.value} in ${pin.file}`],
    managerFilePatterns: [`/^${escapeRegex(pin.file)}$/`],
    matchStrings: [regex],
    ...Object.fromEntries(values.map(([key, value]) => [TEMPLATES[key]!, value])),
  };
}

/** Grows upwards, line by line, until only this place fits. */
function uniqueRegex(text: string, { line, offset, value }: Pin): string | null {
  const lines = lineIndex(text);
  const end = text.indexOf('\n', offset);
  const rest = text.slice(offset + value.length, end === -1 ? undefined : end).replace(/\r$/, '');
  const behind = /^["']?/.exec(rest)![0];
  const group = behind === '' ? String.raw`(?<currentValue>[^\s"',#]+)` : `(?<currentValue>[^${behind}\\s]+)${behind}`;
  // a value that such a group would not take as a whole, such as a range with spaces
  if (!new RegExp(`^${behind === '' ? String.raw`[^\s"',#]+` : `[^${behind}\\s]+`}$`).test(value)) return null;
  for (let first = line; first >= Math.max(1, line - MAX_LINES); first -= 1) {
    const start = lines.start(first);
    const before = text.slice(start, offset);
    const pattern = `${start === 0 ? '^' : String.raw`\n`}${generalised(before)}${group}`;
    const places = [...text.matchAll(new RegExp(pattern, 'g'))];
    if (places.length === 1 && places[0]!.index + places[0]![0].length === offset + value.length + behind.length) return pattern;
    if (start === 0) return null;
  }
  return null;
}

/** Literal text, but for other versions in it, which change too, and for line ends. */
function generalised(text: string): string {
  return text
    .split(/(\r?\n|\bv?\d+\.\d+[\w.+-]*)/)
    .map((part, index) => (index % 2 === 0 ? escapeRegex(part) : part.includes('\n') ? String.raw`\r?\n` : String.raw`[\w.+-]+`))
    .join('');
}
