import type { Lookup } from '../lint/rule.ts';
import type { Pin } from '../pins/pin.ts';
import { lineIndex } from '../base/location.ts';
import type { Edit } from './edit.ts';

/** Settings of a `# renovate:` comment in the order in which they stand. */
const SETTINGS = /#[ \t]*renovate:[ \t]*(?<settings>\w+=\S+(?:[ \t]+\w+=\S+)*)[ \t]*$/;

/** The order that most comments of the repository have; managers of its own may insist on it. Empty where there are none. */
export function commentStyle(texts: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    if (!text.includes('renovate:')) continue;
    for (const line of text.split(/\r?\n/)) {
      const settings = SETTINGS.exec(line)?.groups?.['settings'];
      if (settings !== undefined) count(counts, keysOf(settings).join(' '));
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most === undefined ? [] : most[0].split(' ');
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keysOf(settings: string): string[] {
  return settings.split(/[ \t]+/).map((setting) => setting.slice(0, setting.indexOf('=')));
}

/** What other managers call the same. */
const SYNONYMS: Readonly<Record<string, keyof Lookup>> = { registryUrls: 'registryUrl', packageName: 'depName', chart: 'depName', repository: 'registryUrl' };

/** The settings of a style, in its order; null where it has one that is not known of this version. */
function inStyle(lookup: Lookup, style: readonly string[]): Settings | null {
  const settings = style.map((key): [string, string | undefined] => [key, lookup[key as keyof Lookup] ?? lookup[SYNONYMS[key] as keyof Lookup]]);
  return settings.every(([, value]) => value !== undefined) ? (settings as unknown as Settings) : null;
}

type Settings = readonly (readonly [string, string])[];

/** A key with the version as its only value: what a comment above can speak of. The key may be a list item's first. */
const KEY = /^(?<indent>[ \t]*)(?:-[ \t]+)?["']?[\w./-]+["']?[ \t]*[:=][ \t]*(?:&\S+[ \t]+)?["']?$/;

/**
 * The comment above a version, or in the place of the one that is there and read by nobody. Null where the version has no line of its own.
 * Whether it may stand there (a text in a YAML block is no place for comments) shows when the file is read again.
 * @param style settings in their order, as the repository's own comments have them; empty for all that are known
 */
export function commentEdit(text: string, pin: Pin, lookup: Lookup, style: readonly string[]): Edit | null {
  const lines = lineIndex(text);
  const start = lines.start(pin.line);
  const indent = KEY.exec(text.slice(start, pin.offset))?.groups?.['indent'];
  const settings = style.length === 0 ? Object.entries(lookup) : inStyle(lookup, style);
  if (indent === undefined || settings === null || settings.some(([, value]) => /[\s"'`{}]/.test(value))) return null;
  const comment = `# renovate: ${settings.map(([key, value]) => `${key}=${value}`).join(' ')}`;
  const above = pin.line === 1 ? '' : lines.line(pin.line - 1);
  if (/^[ \t]*#[ \t]*renovate:/.test(above)) {
    const from = lines.start(pin.line - 1) + above.indexOf('#');
    return { start: from, end: lines.start(pin.line - 1) + above.length, text: comment };
  }
  const end = text.indexOf('\n', start);
  return { start, end: start, text: `${indent}${comment}${text[end - 1] === '\r' ? '\r\n' : '\n'}` };
}
