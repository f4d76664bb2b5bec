/** A place in a text file. Lines and columns count from 1, in UTF-16 code units, as editors and GitLab do. */
export interface Location {
  /** Path from the judged directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is underlined: `length` characters from the column on. */
export interface Place extends Location {
  readonly length: number;
}

/** Translates offsets of one text into lines and columns. */
export interface LineIndex {
  /** `offset` counts UTF-16 code units from 0. */
  at(offset: number): { line: number; column: number };
  /** Text of a line (counted from 1) without its line end. */
  line(line: number): string;
  /** Offset of the first character of a line (counted from 1). */
  start(line: number): number;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  function lineOf(offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  return {
    at(offset) {
      const line = lineOf(offset);
      return { line: line + 1, column: offset - starts[line]! + 1 };
    },
    line(line) {
      const start = starts[line - 1];
      if (start === undefined) return '';
      return text.slice(start, starts[line] ?? text.length).replace(/\r?\n$/, '');
    },
    start: (line) => starts[Math.max(0, Math.min(line, starts.length) - 1)]!,
  };
}
