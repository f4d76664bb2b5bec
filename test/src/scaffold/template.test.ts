import { parse } from 'yaml';
import { parseJson5 } from '../../../src/source/json5.ts';
import { render, type TemplateValues } from '../../../src/scaffold/template.ts';

/** Texts that YAML or JSON would read as something else, or not at all, without quotes. */
const NASTY = ['', 'plain', 'a b', '1.0', '0x1F', '1e3', '2024-01-01', 'true', 'No', 'null', '~', '- a', 'a: b', 'a #b', '#a', "it's", '"', '\\', 'a\nb: c', '\ttab', '{{ .Values.x }}', '[a]', '{a: b}', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a`', 'é', '\u2028', '\u0085', '\ufeff', '__OTHER__', 'https://a.example:8443/b', 'a:', 'a -'];

describe('a value as a scalar of its own', () => {
  it.each(NASTY)('%j is what YAML reads, of either version', (value) => {
    const text = render('a.yaml', 'key: __VALUE__\nlist:\n  - __VALUE__\n  - nested.key: __VALUE__\n', { VALUE: value, OTHER: 'other' });
    const expected = { key: value, list: [value, { 'nested.key': value }] };
    expect([parse(text, { version: '1.1' }), parse(text, { version: '1.2' })]).toEqual([expected, expected]);
  });

  it.each(NASTY)('%j is what JSON reads', (value) => {
    expect(JSON.parse(render('a.json', '{ "key": "__VALUE__" }', { VALUE: value, OTHER: 'other' }))).toEqual({ key: value });
  });

  it('a list is one', () => {
    expect(parse(render('a.yml.example', 'tags: __VALUE__', { VALUE: NASTY }))).toEqual({ tags: NASTY });
    expect(parseJson5(render('a.json5', "{ tags: \"__VALUE__\", other: 'x' }", { VALUE: ['a', 'b'] }), 'json5')).toMatchObject({ ok: true, value: { tags: ['a', 'b'], other: 'x' } });
  });

  it('is quoted only where it has to be', () => {
    expect(render('a.yaml', 'a: __A__\nb: __B__\nc: __C__', { A: 'https://a.example', B: 'off', C: 'a/b.git' })).toBe('a: https://a.example\nb: "off"\nc: a/b.git');
  });
});

it.each<[string, string, string, TemplateValues, string]>([
  ['text stays', 'README.md', '{{ x }} ${Y} __init__ __lower_case__ $[[ z ]]', {}, '{{ x }} ${Y} __init__ __lower_case__ $[[ z ]]'],
  ['an inert value stands within text', 'a.yaml', 'expr: absent(x{namespace="__NAME__"}) # __NAME__', { NAME: 'argocd' }, 'expr: absent(x{namespace="argocd"}) # argocd'],
  ['a line whose value is there', 'a.yaml', 'a: __NAME__ #@if NAME\nb: 1', { NAME: 'x' }, 'a: x\nb: 1'],
  ['a line whose value is empty', 'a.yaml', 'a: __NAME__ #@if NAME\nb: 1', { NAME: '' }, 'b: 1'],
  ['a line whose list is empty', 'a.yaml', 'a: __NAME__ #@if NAME\nb: 1', { NAME: [] }, 'b: 1'],
  ['a line of Markdown', 'a.md', 'a\nb <!--@if NAME-->\n<!--@if NAME-->', { NAME: 'x' }, 'a\nb\n'],
  ['a line of JSON5', 'a.json5', '{ a: 1,\nb: "__NAME__", //@if NAME\n}', { NAME: 'x' }, '{ a: 1,\nb: "x",\n}'],
])('%s', (_name, path, template, values, expected) => {
  expect(render(path, template, values)).toBe(expected);
});

it.each<[string, string, string, TemplateValues, RegExp]>([
  ['without a value', 'a.yaml', 'a: __NAME__', {}, /a\.yaml asks for NAME/],
  ['named as what every object has', 'a.md', '__CONSTRUCTOR__', Object.create({ CONSTRUCTOR: 'x' }) as TemplateValues, /asks for CONSTRUCTOR/],
  ['within a text, with a value that needs quotes', 'a.yaml', 'a: b/__NAME__', { NAME: 'x: y' }, /a\.yaml has NAME where its value would need quotes/],
  ['in Markdown, with braces', 'a.md', '__NAME__', { NAME: '{{ x }}' }, /would need quotes/],
  ['within a string of JSON', 'a.json', '{ "a": "b/__NAME__" }', { NAME: '"' }, /would need quotes/],
  ['a list within a text', 'a.md', '__NAME__', { NAME: ['a'] }, /would need quotes/],
])('a placeholder %s is a defect', (_name, path, template, values, message) => {
  expect(() => render(path, template, values)).toThrow(message);
});
