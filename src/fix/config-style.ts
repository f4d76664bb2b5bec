import type { Json } from '../renovate/types.ts';
import type { Dialect, JsonPath, Positions } from '../source/json5.ts';
import { lineEnd } from './edit.ts';

/** How a config is written, so that what is added looks like the rest. */
export interface ConfigStyle {
  /** One step of indentation. */
  readonly indent: string;
  readonly lineEnd: '\n' | '\r\n';
  readonly quote: '"' | "'";
  /** Whether keys that can stand without quotes do so. */
  readonly bareKeys: boolean;
  /** A comma behind the last item, where items have lines of their own. */
  readonly trailingComma: boolean;
}

/** @param top keys of the config's own object */
export function configStyle(text: string, positions: Positions, top: readonly string[], dialect: Dialect): ConfigStyle {
  const json5 = dialect === 'json5';
  return {
    indent: /^[ \t]+(?=["'\w])/m.exec(text)?.[0] ?? '  ',
    lineEnd: lineEnd(text),
    quote: json5 && count(text, /'/g) > count(text, /"/g) ? "'" : '"',
    bareKeys: json5 && /^[ \t]*[A-Za-z_$][\w$]*[ \t]*:/m.test(text),
    trailingComma: [[], ...top.map((key) => [key])].some((path) => endsWithComma(text, positions, path)),
  };
}

function endsWithComma(text: string, positions: Positions, path: JsonPath): boolean {
  const last = positions.items(path).at(-1);
  return last !== undefined && /^\s*,/.test(text.slice(last.whole.end));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** @param base indentation of the line on which the value begins */
export function writeValue(value: Json, style: ConfigStyle, base: string): string {
  if (typeof value === 'string') return writeString(value, style);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = base + style.indent;
  if (Array.isArray(value)) return wrap('[', value.map((item: Json) => writeValue(item, style, inner)), ']', style, base);
  return wrap('{', Object.entries(value).map(([key, item]) => writeItem(key, item, style, inner)), '}', style, base);
}

export function writeItem(key: string, value: Json, style: ConfigStyle, base: string): string {
  const name = style.bareKeys && /^[A-Za-z_$][\w$]*$/.test(key) ? key : writeString(key, style);
  return `${name}: ${writeValue(value, style, base)}`;
}

function wrap(open: string, items: readonly string[], close: string, style: ConfigStyle, base: string): string {
  if (items.length === 0) return open + close;
  // a single plain string needs no lines of its own
  if (open === '[' && items.length === 1 && !/[\n{[]/.test(items[0]!.slice(0, 1))) return `[${items[0]!}]`;
  const inner = base + style.indent;
  const last = style.trailingComma ? ',' : '';
  return `${open}${style.lineEnd}${items.map((item) => inner + item).join(`,${style.lineEnd}`)}${last}${style.lineEnd}${base}${close}`;
}

/** JSON's escapes are JSON5's too; in single quotes only the quotes differ. */
function writeString(value: string, { quote }: ConfigStyle): string {
  const json = JSON.stringify(value);
  return quote === '"' ? json : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
