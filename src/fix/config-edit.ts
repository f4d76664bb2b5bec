import type { ConfigChange } from '../lint/rule.ts';
import type { Json, JsonObject } from '../renovate/types.ts';
import { parseJson5, type Dialect, type Item, type JsonPath, type Positions } from '../source/json5.ts';
import { configStyle, writeItem, writeValue, type ConfigStyle } from './config-style.ts';
import { applyEdits, type Edit } from './edit.ts';

/** A config file: its text, and where in it the config begins (`renovate` in a package.json). */
export interface ConfigText {
  readonly text: string;
  readonly dialect: Dialect;
  readonly base: JsonPath;
}

/**
 * The text with the changes made and nothing else: comments, order, quoting, indentation and line ends stay. A change whose result does not
 * read as it should is left out.
 */
export function changeConfig({ text, dialect, base }: ConfigText, changes: readonly ConfigChange[]): string {
  return inOrder(changes).reduce((current, change) => changed(current, dialect, { ...change, path: [...base, ...change.path] }) ?? current, text);
}

/** Whatever shifts the indexes of a list comes last, and from its end, so that every path still means what it meant. */
function inOrder(given: readonly ConfigChange[]): ConfigChange[] {
  // two findings can ask for the same
  const changes = [...new Map(given.map((change) => [JSON.stringify(change), change])).values()];
  const shifting = changes.filter(({ kind }) => kind === 'insert' || kind === 'remove');
  return [...changes.filter((change) => !shifting.includes(change)), ...shifting.sort((a, b) => byPath(b.path, a.path))];
}

function byPath(a: JsonPath, b: JsonPath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [left, right] = [a[i]!, b[i]!];
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.length - b.length;
}

function changed(text: string, dialect: Dialect, change: ConfigChange): string | null {
  const source = text.trim() === '' ? '{}\n' : text;
  const parsed = parseJson5(source, dialect);
  if (!parsed.ok) return null;
  const edits = editsFor(source, parsed.positions, configStyle(source, parsed.positions, Object.keys(parsed.value as object), dialect), change);
  const wanted = valueAfter(parsed.value as Json, change);
  if (edits === null || wanted === undefined) return null;
  const result = applyEdits(source, edits);
  const reread = parseJson5(result, dialect);
  return reread.ok && JSON.stringify(reread.value) === JSON.stringify(wanted) ? result : null;
}

function editsFor(text: string, positions: Positions, style: ConfigStyle, change: ConfigChange): Edit[] | null {
  const { path } = change;
  const parent = path.slice(0, -1);
  switch (change.kind) {
    case 'set': {
      const item = positions.item(path);
      if (item !== null) return [{ ...item.value, text: writeValue(change.value, style, indentAt(text, item.value.start)) }];
      // the objects that are not there yet come with it
      if (!positions.has(parent)) return editsFor(text, positions, style, { ...change, path: parent, value: wrapped(path.at(-1)!, change.value) });
      return addItem(text, positions, style, parent, (base) => writeItem(String(path.at(-1)), change.value, style, base));
    }
    case 'append':
      if (!positions.has(path)) return editsFor(text, positions, style, { ...change, kind: 'set', value: [change.value] });
      return addItem(text, positions, style, path, (base) => writeValue(change.value, style, base));
    case 'insert': {
      const item = positions.item(path);
      if (item === null) return null;
      const indent = indentAt(text, item.whole.start);
      const separator = standsAlone(text, item) ? `,${style.lineEnd}${indent}` : ', ';
      return [{ start: item.whole.start, end: item.whole.start, text: `${writeValue(change.value, style, indent)}${separator}` }];
    }
    case 'remove':
      return removeItem(text, positions, path);
  }
}

function wrapped(key: string | number, value: Json): JsonObject {
  return { [String(key)]: value };
}

/** Behind the last item; the comma goes to that item, before a comment that speaks of it. */
function addItem(text: string, positions: Positions, style: ConfigStyle, path: JsonPath, write: (base: string) => string): Edit[] | null {
  const container = positions.item(path);
  if (container === null || !/^[{[]/.test(text.slice(container.value.start))) return null;
  const outside = indentAt(text, container.value.start);
  const last = positions.items(path).at(-1);
  if (last === undefined) {
    const inside = outside + style.indent;
    return [{ ...container.value, text: `${text[container.value.start]!}${style.lineEnd}${inside}${write(inside)}${style.lineEnd}${outside}${text[container.value.end - 1]!}` }];
  }
  if (!standsAlone(text, last) && !text.slice(container.value.start, last.whole.start).includes('\n')) {
    return [{ start: last.whole.end, end: last.whole.end, text: `, ${write(outside)}` }];
  }
  const inside = indentAt(text, last.whole.start);
  const rest = /^(?<comma>[ \t]*,)?(?<tail>[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?)/.exec(text.slice(last.whole.end, container.value.end - 1))?.groups;
  const comma = rest?.['comma'] ?? '';
  const end = last.whole.end + comma.length + (rest?.['tail'] ?? '').trimEnd().length;
  const added: Edit = { start: end, end, text: `${style.lineEnd}${inside}${write(inside)}${comma === '' ? '' : ','}` };
  return comma === '' ? [{ start: last.whole.end, end: last.whole.end, text: ',' }, added] : [added];
}

/** With its comma, and with its line when nothing else stands there. */
function removeItem(text: string, positions: Positions, path: JsonPath): Edit[] | null {
  const siblings = positions.items(path.slice(0, -1));
  const item = positions.item(path);
  const index = siblings.findIndex(({ whole }) => whole.start === item?.whole.start);
  if (item === null || index === -1) return null;
  const next = siblings[index + 1];
  const before = siblings[index - 1];
  const comma = /^\s*,/.exec(text.slice(item.whole.end))?.[0].length ?? 0;
  const end = item.whole.end + comma;
  const lineStart = text.lastIndexOf('\n', item.whole.start - 1) + 1;
  const rest = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length;
  const whole = standsAlone(text, item) && rest !== undefined;
  if (next !== undefined || comma > 0) return [whole ? { start: lineStart, end: end + rest, text: '' } : { start: item.whole.start, end: next?.whole.start ?? end, text: '' }];
  if (before === undefined) return [{ start: item.whole.start, end, text: '' }];
  // it was the last: the comma that separated it goes too
  const separator = text.indexOf(',', before.whole.end);
  if (!whole) return [{ start: before.whole.end, end, text: '' }];
  return [{ start: separator, end: separator + 1, text: '' }, { start: lineStart, end: end + rest, text: '' }];
}

/** Whether nothing stands before it on its line. */
function standsAlone(text: string, { whole }: Item): boolean {
  return text.slice(text.lastIndexOf('\n', whole.start - 1) + 1, whole.start).trim() === '' && text.lastIndexOf('\n', whole.start) !== -1;
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}

/** What the config has to read as afterwards; undefined where the change cannot be made. */
function valueAfter(value: Json, change: ConfigChange): Json | undefined {
  const copy = structuredClone(value) as MutableJson;
  const parent = change.path.slice(0, change.kind === 'append' ? change.path.length : -1).reduce<MutableJson | undefined>((at, step) => (isContainer(at) ? ((at as Record<string, MutableJson>)[step] ??= {}) : undefined), copy);
  if (!isContainer(parent)) return undefined;
  const key = change.path.at(-1)!;
  if (change.kind === 'append') {
    if (Array.isArray(parent)) parent.push(change.value as MutableJson);
    else return valueAfter(value, { ...change, kind: 'set', value: [change.value] });
  } else if (change.kind === 'set') {
    (parent as Record<string, MutableJson>)[key] = change.value as MutableJson;
  } else if (Array.isArray(parent)) {
    parent.splice(Number(key), change.kind === 'remove' ? 1 : 0, ...(change.kind === 'insert' ? [change.value as MutableJson] : []));
  } else if (change.kind === 'remove') {
    delete (parent as Record<string, MutableJson>)[key];
  }
  return copy as Json;
}

type MutableJson = Json | { [key: string]: MutableJson } | MutableJson[];

function isContainer(value: MutableJson | undefined): value is { [key: string]: MutableJson } | MutableJson[] {
  return typeof value === 'object' && value !== null;
}
