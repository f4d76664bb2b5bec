/**
 * What labels the series of a PromQL expression carry. Enough of the language for that: precedence matters only where a side decides, and values not at all.
 * What is not understood is null, and then nothing is said.
 */
export interface Series {
  /** Metrics that the series come from. */
  readonly metrics: readonly string[];
  /** Names of the labels; null for all that the metrics have, but for `dropped`. */
  readonly labels: readonly string[] | null;
  readonly dropped: readonly string[];
  /** Labels that can have one value only, because the selector asks for it. */
  readonly fixed: Readonly<Record<string, string>>;
}

type Shape = Series | 'number';

/** Null for what cannot be read, or is a plain number. */
export function seriesOf(expression: string): Series | null {
  const tokens = tokenize(expression);
  if (tokens === null) return null;
  const reader: Reader = { tokens, at: 0 };
  try {
    const shape = readBinary(reader, 0);
    return reader.at === tokens.length && shape !== 'number' ? shape : null;
  } catch (error) {
    // nested too deeply to be meant
    if (error instanceof Unreadable || error instanceof RangeError) return null;
    throw error;
  }
}

class Unreadable extends Error {}

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'symbol';
  readonly value: string;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

const TOKEN = /\s+|#[^\n]*|(?<text>"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|`[^`]*`)|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+|(?:ms|[smhdwy])(?:\d+(?:ms|[smhdwy]))*)?|0x[\da-fA-F]+)|(?<name>[A-Za-z_:][\w:]*)|(?<symbol>=~|!~|!=|==|>=|<=|[-+*/%^(){}[\],=<>@:])/y;

function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) return null;
    for (const kind of ['text', 'number', 'name', 'symbol'] as const) if (groups[kind] !== undefined) tokens.push({ kind, value: groups[kind] });
  }
  return tokens;
}

function peek({ tokens, at }: Reader): string | null {
  const token = tokens[at];
  return token === undefined || token.kind === 'text' ? null : token.value;
}

function take(reader: Reader, value: string): boolean {
  if (peek(reader)?.toLowerCase() !== value) return false;
  reader.at += 1;
  return true;
}

function expect(reader: Reader, value: string): void {
  if (!take(reader, value)) throw new Unreadable();
}

/** From the loosest to the tightest (promql/parser/generated_parser.y). */
const PRECEDENCE: Readonly<Record<string, number>> = { or: 1, and: 2, unless: 2, '==': 3, '!=': 3, '<': 3, '>': 3, '<=': 3, '>=': 3, '+': 4, '-': 4, '*': 5, '/': 5, '%': 5, atan2: 5, '^': 6 };

function readBinary(reader: Reader, floor: number): Shape {
  let left = readUnary(reader);
  for (;;) {
    const operator = peek(reader)?.toLowerCase() ?? '';
    const precedence = PRECEDENCE[operator];
    if (precedence === undefined || precedence <= floor) return left;
    reader.at += 1;
    take(reader, 'bool');
    const matching = readMatching(reader);
    // only ^ binds to the right
    const right = readBinary(reader, operator === '^' ? precedence - 1 : precedence);
    left = combine(operator, left, right, matching);
  }
}

interface Matching {
  readonly kind: 'on' | 'ignoring' | null;
  readonly labels: readonly string[];
  readonly group: 'group_left' | 'group_right' | null;
  readonly brought: readonly string[];
}

function readMatching(reader: Reader): Matching {
  const kind = take(reader, 'on') ? 'on' : take(reader, 'ignoring') ? 'ignoring' : null;
  const labels = kind === null ? [] : readNames(reader);
  const group = take(reader, 'group_left') ? 'group_left' : take(reader, 'group_right') ? 'group_right' : null;
  const brought = group !== null && peek(reader) === '(' ? readNames(reader) : [];
  return { kind, labels, group, brought };
}

function combine(operator: string, left: Shape, right: Shape, matching: Matching): Shape {
  if (left === 'number') return right;
  if (right === 'number') return left;
  if (operator === 'and' || operator === 'unless') return left;
  if (operator === 'or') return either(left, right);
  const metrics = [...new Set([...left.metrics, ...right.metrics])];
  const [many, one] = matching.group === 'group_right' ? [right, left] : [left, right];
  if (matching.group !== null) return { ...keepMore(many, matching.brought, one), metrics };
  if (matching.kind === 'on') return { ...keepOnly(left, matching.labels), metrics };
  return { ...(matching.kind === 'ignoring' ? drop(left, matching.labels) : left), metrics };
}

function either(left: Series, right: Series): Series {
  const all = left.labels === null || right.labels === null;
  return {
    metrics: [...new Set([...left.metrics, ...right.metrics])],
    labels: all ? null : [...new Set([...left.labels, ...right.labels])],
    dropped: left.dropped.filter((label) => right.dropped.includes(label)),
    fixed: Object.fromEntries(Object.entries(left.fixed).filter(([label, value]) => right.fixed[label] === value)),
  };
}

function has({ labels, dropped }: Series, label: string): boolean {
  return labels === null ? !dropped.includes(label) : labels.includes(label);
}

function keepOnly(series: Series, names: readonly string[]): Series {
  const labels = names.filter((name) => has(series, name));
  return { ...series, labels, dropped: [], fixed: restricted(series.fixed, (name) => labels.includes(name)) };
}

function drop(series: Series, names: readonly string[]): Series {
  const { labels, dropped } = series;
  const fixed = restricted(series.fixed, (name) => !names.includes(name));
  return labels === null ? { ...series, dropped: [...new Set([...dropped, ...names])], fixed } : { ...series, labels: labels.filter((name) => !names.includes(name)), fixed };
}

/** group_left(a, b): those labels come from the one side. */
function keepMore(series: Series, names: readonly string[], from: Series): Series {
  const without = drop(series, names);
  const fixed = { ...without.fixed, ...restricted(from.fixed, (name) => names.includes(name)) };
  return without.labels === null ? { ...without, dropped: without.dropped.filter((name) => !names.includes(name)), fixed } : { ...without, labels: [...without.labels, ...names], fixed };
}

function restricted(fixed: Series['fixed'], keep: (name: string) => boolean): Series['fixed'] {
  return Object.fromEntries(Object.entries(fixed).filter(([name]) => keep(name)));
}

function readUnary(reader: Reader): Shape {
  if (take(reader, '-') || take(reader, '+')) return readBinary(reader, PRECEDENCE['*']!);
  const shape = readPrimary(reader);
  return readSuffixes(reader, shape);
}

/** `[5m]`, `[1h:5m]`, `offset 5m`, `@ start()`: none of them changes a label. */
function readSuffixes(reader: Reader, shape: Shape): Shape {
  for (;;) {
    if (take(reader, '[')) skipTo(reader, ']');
    else if (take(reader, 'offset')) {
      take(reader, '-');
      reader.at += 1;
    } else if (take(reader, '@')) {
      take(reader, '-');
      reader.at += 1;
      if (take(reader, '(')) expect(reader, ')');
    } else return shape;
  }
}

function skipTo(reader: Reader, close: string): void {
  while (reader.at < reader.tokens.length) {
    reader.at += 1;
    if (reader.tokens[reader.at - 1]!.value === close) return;
  }
  throw new Unreadable();
}

const AGGREGATIONS = new Set(['sum', 'min', 'max', 'avg', 'group', 'stddev', 'stdvar', 'count', 'count_values', 'bottomk', 'topk', 'quantile', 'limitk', 'limit_ratio']);
/** These choose among series and leave them as they are. */
const CHOOSING = new Set(['bottomk', 'topk', 'limitk', 'limit_ratio']);

function readPrimary(reader: Reader): Shape {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw new Unreadable();
  if (token.kind === 'number' || token.kind === 'text') {
    reader.at += 1;
    return 'number';
  }
  if (take(reader, '(')) {
    const inner = readBinary(reader, 0);
    expect(reader, ')');
    return inner;
  }
  if (token.value === '{') return readSelector(reader, null);
  if (token.kind !== 'name') throw new Unreadable();
  reader.at += 1;
  const name = token.value;
  const next = peek(reader)?.toLowerCase();
  if (AGGREGATIONS.has(name.toLowerCase()) && (next === '(' || next === 'by' || next === 'without')) return readAggregation(reader, name.toLowerCase());
  if (next === '(') return readCall(reader, name);
  if (/^(?:inf|nan)$/i.test(name)) return 'number';
  return readSelector(reader, name);
}

function readSelector(reader: Reader, name: string | null): Series {
  const fixed: Record<string, string> = {};
  if (take(reader, '{')) {
    while (!take(reader, '}')) {
      const label = reader.tokens[reader.at];
      const operator = reader.tokens[reader.at + 1]?.value ?? '';
      const value = reader.tokens[reader.at + 2];
      if (label?.kind !== 'name' || !['=', '!=', '=~', '!~'].includes(operator) || value?.kind !== 'text') throw new Unreadable();
      reader.at += 3;
      if (operator === '=') fixed[label.value] = unquoted(value.value);
      if (!take(reader, ',') && peek(reader) !== '}') throw new Unreadable();
    }
  }
  const { __name__: named, ...rest } = fixed;
  return { metrics: [name ?? named ?? ''], labels: null, dropped: [], fixed: rest };
}

function readAggregation(reader: Reader, name: string): Series {
  const before = readGrouping(reader);
  const args = readArguments(reader);
  const grouping = before ?? readGrouping(reader);
  const series = args.findLast((shape) => shape !== 'number');
  if (series === undefined) throw new Unreadable();
  if (CHOOSING.has(name)) return series;
  const aggregated = grouping === null ? keepOnly(series, []) : grouping.kind === 'by' ? keepOnly(series, grouping.labels) : drop(series, grouping.labels);
  // its label is named in a string
  if (name === 'count_values') throw new Unreadable();
  return aggregated;
}

function readGrouping(reader: Reader): { kind: 'by' | 'without'; labels: readonly string[] } | null {
  const kind = take(reader, 'by') ? 'by' : take(reader, 'without') ? 'without' : null;
  return kind === null ? null : { kind, labels: readNames(reader) };
}

function readNames(reader: Reader): string[] {
  expect(reader, '(');
  const names: string[] = [];
  while (!take(reader, ')')) {
    const token = reader.tokens[reader.at];
    if (token?.kind !== 'name') throw new Unreadable();
    names.push(token.value);
    reader.at += 1;
    if (!take(reader, ',') && peek(reader) !== ')') throw new Unreadable();
  }
  return names;
}

function readArguments(reader: Reader): Shape[] {
  expect(reader, '(');
  const args: Shape[] = [];
  while (!take(reader, ')')) {
    args.push(readBinary(reader, 0));
    if (!take(reader, ',') && peek(reader) !== ')') throw new Unreadable();
  }
  return args;
}

function readCall(reader: Reader, name: string): Shape {
  const args = readArguments(reader);
  const series = args.find((shape) => shape !== 'number');
  switch (name) {
    case 'time':
    case 'pi':
    case 'scalar':
      return 'number';
    case 'vector':
      return { metrics: [], labels: [], dropped: [], fixed: {} };
    case 'absent':
    case 'absent_over_time':
      // one series, with what the selector says exactly
      return series === undefined ? 'number' : { ...series, labels: Object.keys(series.fixed), dropped: [] };
    case 'histogram_quantile':
      return series === undefined ? 'number' : drop(series, ['le']);
    // their labels are named in strings
    case 'label_replace':
    case 'label_join':
    case 'info':
      throw new Unreadable();
    default:
      return series ?? 'number';
  }
}

function unquoted(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1) : text.slice(1, -1).replace(/\\(.)/g, '$1');
}
