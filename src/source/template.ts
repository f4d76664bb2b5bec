/**
 * Go-template actions in YAML. They are masked in place: the masked text has the same length, so every offset in it is an offset in
 * the file, and a YAML parser sees an ordinary scalar where an action stood.
 */

export interface Action {
  /** Of `{{` and behind `}}`, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Text between the braces without trim markers, trimmed. */
  readonly body: string;
  /** Offset of `body` in the text. */
  readonly bodyStart: number;
}

export interface Masked {
  readonly text: string;
  readonly actions: readonly Action[];
}

/** Private-use characters stand for an action: no real file of the corpus has one, and YAML takes them as plain text. */
const FIRST_MARK = 0xe000;
const MARKS = 6400;

/**
 * Masks every `{{ … }}`; an unclosed one is left as it is.
 * @param inline keep a mark for actions that stand alone too: the text is a value, not lines of a file
 */
export function maskTemplate(text: string, inline = false): Masked {
  if (!text.includes('{{')) return { text, actions: [] };
  const actions: Action[] = [];
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at)) {
    const end = actionEnd(text, at);
    if (end !== -1) actions.push(readAction(text, at, end));
    at = end === -1 ? at + 2 : end;
  }
  return { text: cover(text, actions, inline), actions };
}

/** Offset behind `}}`, skipping strings and comments, or -1. */
function actionEnd(text: string, start: number): number {
  const comment = /^\{\{-?\s*\/\*/.exec(text.slice(start, start + 40));
  if (comment) {
    const close = text.indexOf('*/', start + comment[0].length);
    if (close !== -1) {
      const braces = text.indexOf('}}', close);
      return braces === -1 ? -1 : braces + 2;
    }
  }
  for (let i = start + 2; i < text.length; i += 1) {
    const char = text[i];
    if (char === '}' && text[i + 1] === '}') return i + 2;
    if (char === '`') {
      const close = text.indexOf('`', i + 1);
      if (close === -1) return -1;
      i = close;
    } else if (char === '"') {
      i = stringEnd(text, i);
    } else if (char === '{' && text[i + 1] === '{') {
      return -1;
    }
  }
  return -1;
}

/** Offset of the closing quote; a string that does not close on its line is no string (an apostrophe in YAML, say). */
function stringEnd(text: string, open: number): number {
  for (let i = open + 1; i < text.length && text[i] !== '\n'; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i;
    else if (text[i] === '}' && text[i + 1] === '}') {
      // `"{{ .x }}"` inside a quoted action argument is legal Go, but far more often the quote belongs to YAML
      // so it is believed only where the quote closes on this line and the action soon after
      if (!/^[^"\n]*"[^"{}]*}}/.test(text.slice(i + 2, i + 300))) return open;
    }
  }
  return open;
}

function readAction(text: string, start: number, end: number): Action {
  let from = start + 2;
  let to = end - 2;
  if (text[from] === '-') from += 1;
  if (text[to - 1] === '-' && /\s|\//.test(text[to - 2] ?? '')) to -= 1;
  const raw = text.slice(from, to);
  const body = raw.trim();
  return { start, end, body, bodyStart: from + (raw.length - raw.trimStart().length) };
}

function cover(text: string, actions: readonly Action[], inline: boolean): string {
  const parts: string[] = [];
  let last = 0;
  for (let i = 0; i < actions.length; i += 1) {
    const action = actions[i]!;
    parts.push(text.slice(last, action.start));
    parts.push(!inline && standsAlone(text, actions, i) ? blank(text.slice(action.start, action.end)) : mark(i, action.end - action.start));
    last = action.end;
  }
  parts.push(text.slice(last));
  return parts.join('');
}

const CONTROL = /^(?:if|else|end|range|with|define|block|template|break|continue|\/\*|\$[\w]*\s*(?:,\s*\$\w+\s*)?:?=)/;

/** True when nothing but blanks and other actions shares the action's lines: then it produces whole lines, or none. */
function standsAlone(text: string, actions: readonly Action[], index: number): boolean {
  const action = actions[index]!;
  let before = action.start;
  for (let i = index - 1; ; i -= 1) {
    while (before > 0 && (text[before - 1] === ' ' || text[before - 1] === '\t')) before -= 1;
    if (i >= 0 && actions[i]!.end === before) before = actions[i]!.start;
    else break;
  }
  let after = action.end;
  for (let i = index + 1; ; i += 1) {
    while (after < text.length && (text[after] === ' ' || text[after] === '\t' || text[after] === '\r')) after += 1;
    if (i < actions.length && actions[i]!.start === after) after = actions[i]!.end;
    else break;
  }
  const startsLine = before === 0 || text[before - 1] === '\n';
  const endsLine = after === text.length || text[after] === '\n';
  if (startsLine && endsLine) return true;
  // `{{ if .x }}key: value{{ end }}`: a control action produces nothing by itself
  return CONTROL.test(action.body) && (startsLine || endsLine);
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function mark(index: number, length: number): string {
  return String.fromCharCode(FIRST_MARK + (index % MARKS)).repeat(length);
}

const MARK_RUN = /([\uE000-\uF8FF])\1*/g;

/** A scalar with actions: its literal pieces and its actions, in order. */
export type Part = string | Action;

/**
 * Splits a scalar value of the masked text into literal pieces and actions. A string constant in braces, the usual way to write
 * `{{name}}` for an ApplicationSet inside a Helm template, becomes literal text.
 * @param from offset at or before the scalar, from which its actions are searched
 */
export function splitParts(value: string, actions: readonly Action[], from: number): readonly Part[] {
  if (actions.length === 0 || !/[\uE000-\uF8FF]/.test(value)) return [value];
  const parts: Part[] = [];
  let last = 0;
  let next = firstAtOrAfter(actions, from);
  function literal(text: string): void {
    const previous = parts.at(-1);
    if (typeof previous === 'string') parts[parts.length - 1] = previous + text;
    else if (text !== '') parts.push(text);
  }
  for (const run of value.matchAll(MARK_RUN)) {
    literal(value.slice(last, run.index));
    last = run.index + run[0].length;
    const wanted = run[0].charCodeAt(0) - FIRST_MARK;
    while (next < actions.length && next % MARKS !== wanted) next += 1;
    const action = actions[next];
    if (!action) continue;
    next += 1;
    const constant = stringConstant(action.body);
    if (constant === null) parts.push(action);
    else literal(constant);
  }
  literal(value.slice(last));
  return parts;
}

/** The text of a body that is one Go string constant (`"…"` or between backquotes), else null. */
function stringConstant(body: string): string | null {
  if (/^`[^`]*`$/.test(body)) return body.slice(1, -1);
  if (/^"(?:[^"\\]|\\.)*"$/.test(body)) return body.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return null;
}

function firstAtOrAfter(actions: readonly Action[], offset: number): number {
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (actions[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
