import { parseYamlDocuments } from '../source/yaml.ts';

/** Letters that mean nothing to YAML inside a plain scalar; a colon only with something behind it. */
const PLAIN = /^[\p{L}\p{N}_./][\p{L}\p{N}_./+@#=~%:-]*(?<!:)$/u;

/** What YAML 1.1, in which Kubernetes' tools read, takes for a number, a date or a boolean, and 1.2 does not. */
const TYPED_BEFORE = /^(?:y|n|yes|no|on|off|[-+]?[\d_]*\.?[\d_]*(?:e[-+]?\d*)?|0[xob][\da-f_]+|\d+(?::\d+)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?.*)$/i;

/** Whether a text may stand without quotes and is the same text to every reader. */
export function isPlain(text: string): boolean {
  if (!PLAIN.test(text) || TYPED_BEFORE.test(text)) return false;
  const root = parseYamlDocuments(text)?.[0]?.root;
  return root?.kind === 'scalar' && root.value === text && !root.typed;
}

/** One line of text as a YAML scalar: plain where that is safe, else in double quotes. */
export function scalar(text: string): string {
  return isPlain(text) ? text : doubleQuoted(text);
}

function doubleQuoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** What stands between the quotes of an existing scalar, or in the place of a plain one. */
export function inStyleOf(quote: '"' | "'" | '', text: string): string {
  if (quote === '') return scalar(text);
  return quote === '"' ? doubleQuoted(text).slice(1, -1) : text.replaceAll("'", "''");
}

/** Lines of text as a literal block, each indented so far; ends with the block's last line, without a line end. */
export function literalBlock(text: string, indent: string): string {
  const lines = text.replaceAll('\r\n', '\n').replace(/^(?:[ \t]*\n)+/, '').trimEnd().split('\n');
  // a first line that is indented itself would be taken for the block's indentation
  const header = /^[ \t]/.test(lines[0]!) ? `|${indent.length === 0 ? 1 : 2}` : '|';
  return [header, ...lines.map((line) => (line.trim() === '' ? '' : `${indent}${line}`))].join('\n');
}
