/** Whether two places of a YAML text belong to one entry, told from lines and indentation: templates are often no YAML. */

/** `document`: a line `---` stands between them. `entry`: they stand in different items of a list or map. */
export type Crossing = 'document' | 'entry';

export interface TextLine {
  readonly text: string;
  /** Column from 0 of the first key, behind the dashes of list items; -1 on a line without a key. */
  readonly column: number;
  readonly key: string;
}

/** A key, plain or in quotes, behind any dashes; `# renovate:` counts as one, since each opens an entry of its own. */
const KEY = /^(?<before>[ \t]*(?:-[ \t]+)*)(?:(?<key>["']?[\w./-]+["']?):(?=[ \t\r]|$)|(?<comment>#[ \t]*renovate:))/;

export function readLine(text: string): TextLine {
  const { before = '', key, comment } = KEY.exec(text)?.groups ?? {};
  const name = key?.replaceAll(/["']/g, '') ?? (comment === undefined ? '' : '# renovate:');
  return { text, column: name === '' ? -1 : before.length, key: name };
}

/**
 * How the text between two offsets leaves the entry that it began in, null when it does not, or cannot be told. A key that comes back in the same column
 * belongs to another entry: no mapping has a key twice.
 */
export function crossing(text: string, first: number, second: number): Crossing | null {
  const [from, to] = first < second ? [first, second] : [second, first];
  const begin = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  const lines = text.slice(begin, end === -1 ? undefined : end).split('\n').map(readLine);
  const between = lines.slice(1, -1);
  const [head, tail] = [lines[0]!, lines.at(-1)!];
  if (between.some((line) => /^---(?:\s|$)/.test(line.text))) return /^[ \t]*#/.test(head.text) ? null : 'document';
  // either branch of a template may have the key
  if (head.column === -1 || between.some((line) => /\{\{-?[ \t]*(?:if|else|end|range|with)\b/.test(line.text))) return null;
  if (isInKey(head, from - begin)) return tail.column > head.column && between.some((line) => line.column !== -1 && line.column <= head.column && !line.text.trimStart().startsWith('#')) ? 'entry' : null;
  return recurs(head, between, tail) || (head.column === tail.column && recurs(tail, between, tail)) ? 'entry' : null;
}

function isInKey({ column, key }: TextLine, at: number): boolean {
  return key !== '# renovate:' && at < column + key.length;
}

/** `name: … value: …` lists of parameters repeat every key, and one item speaks of another. */
function recurs({ key, column }: TextLine, between: readonly TextLine[], tail: TextLine): boolean {
  if (key === 'value' || tail.column < column) return false;
  return between.some((line) => line.key === key && line.column === column);
}
