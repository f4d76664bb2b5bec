import { MAX_DEPTH, parseJson5, type Dialect, type JsonPath, type Parsed } from '../../../src/source/json5.ts';

function cut(text: string, path: JsonPath, part: 'key' | 'value'): string {
  const parsed = parseJson5(text, 'json5') as Extract<Parsed, { ok: true }>;
  const { start, end } = parsed.positions[part](path);
  return text.slice(start, end);
}

describe('positions', () => {
  it.each<[string, string, JsonPath, string]>([
    ['a string, without quotes', '{"a": "x"}', ['a'], 'x'],
    ['a string in single quotes', "{a: 'x'}", ['a'], 'x'],
    ['an array entry', '{"a": ["x", "yy"]}', ['a', 1], 'yy'],
    ['a nested entry', '[{"b": {"c": [1, {"d": true}]}}]', [0, 'b', 'c', 1, 'd'], 'true'],
    ['behind comments', '// x: {\n{ /* "a": 1, */ "a": /* , */ 12 /* } */, // end\n}', ['a'], '12'],
    ['behind a string with brackets and escapes', '{"x": "}\\"],", "a": 1}', ['a'], '1'],
    ['a key with escapes', '{"\\u0061b": 7}', ['ab'], '7'],
    ['a key without quotes', '{$a_1: 7,}', ['$a_1'], '7'],
    ['numbers of JSON5', '{a: +.5, b: 0xFF, c: -Infinity}', ['c'], '-Infinity'],
    ['the last of equal keys, as JSON5 reads them', '{"a": 1, "a": 2}', ['a'], '2'],
    ['the nearest ancestor of what does not exist', '{"a": {"b": 1}}', ['a', 'c', 0], '{"b": 1}'],
    ['an object', ' {"a": {"b": 1} } ', ['a'], '{"b": 1}'],
    ['a string over two lines', '{"a": "x\\\ny"}', ['a'], 'x\\\ny'],
  ])('%s', (_name, text, path, value) => {
    expect(cut(text, path, 'value')).toBe(value);
  });

  it.each<[string, string, JsonPath, string]>([
    ['a key in quotes', '{"ab": 1}', ['ab'], 'ab'],
    ['a bare key', '{ab: 1}', ['ab'], 'ab'],
    ['an array entry has none: its value', '{"a": [5]}', ['a', 0], '5'],
  ])('%s', (_name, text, path, key) => {
    expect(cut(text, path, 'key')).toBe(key);
  });
});

describe('dialects', () => {
  it.each<[string, string, Dialect]>([
    ['comments and trailing commas in JSON', '{\n // x\n "a": [1,],\n}', 'strict'],
    ['everything in JSON5', "{a: 'x', b: 0x1, 'a': 2}", 'json5'],
    ['numbers of JSON', '{"a": [-1.5e+3, 0, true, null]}', 'strict'],
  ])('accepts %s', (_name, text, dialect) => {
    expect(parseJson5(text, dialect)).toMatchObject({ ok: true });
  });

  it.each<[string, string, Dialect, string, number]>([
    ['single quotes in JSON', "{\"a\": 'x'}", 'strict', 'single quotes', 6],
    ['a bare key in JSON', '{a: 1}', 'strict', 'write "a"', 1],
    ['a duplicate key in JSON', '{"a": 1, "a": 2}', 'strict', 'stands here twice', 10],
    ['a hexadecimal number in JSON', '{"a": 0x1}', 'strict', 'no value of JSON', 6],
    ['a comma too many', '{"a": 1,, "b": 2}', 'json5', "invalid character ','", 8],
    ['an unclosed object', '{"a": 1', 'json5', 'invalid end of input', 7],
    ['a line end in a string', '{\n"a": "x\n"}', 'json5', 'invalid character', 9],
    ['an empty text', '', 'json5', 'invalid end of input', 0],
    ['a text after the value', '{} x', 'json5', 'invalid character', 3],
    ['a tower of brackets', '['.repeat(MAX_DEPTH + 2) + ']'.repeat(MAX_DEPTH + 2), 'json5', 'nested deeper', MAX_DEPTH + 1],
  ])('refuses %s', (_name, text, dialect, message, offset) => {
    expect(parseJson5(text, dialect)).toEqual({ ok: false, message: expect.stringContaining(message), offset });
  });
});
