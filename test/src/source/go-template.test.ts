import { readStatement } from '../../../src/source/go-template.ts';
import { maskTemplate } from '../../../src/source/template.ts';

const values = (...path: string[]) => ({ kind: 'field', start: '', path: ['Values', ...path] });
const text = (value: string, at: number) => ({ kind: 'text', value, at });

test.each([
  ['.Values.a.b', values('a', 'b')],
  ['.Values.a | quote', { kind: 'call', name: 'quote', args: [values('a')] }],
  ['.Values.a | default "1.2.3"', { kind: 'call', name: 'default', args: [text('1.2.3', 21), values('a')] }],
  ['default "1.2.3" .Values.a', { kind: 'call', name: 'default', args: [text('1.2.3', 9), values('a')] }],
  ['get $.Values.site $name', { kind: 'call', name: 'get', args: [{ kind: 'field', start: '$', path: ['Values', 'site'] }, { kind: 'field', start: '$name', path: [] }] }],
  ['(index .Values "a").b', { kind: 'call', name: 'get', args: [{ kind: 'call', name: 'index', args: [values(), text('a', 16)] }, text('b', 0)] }],
  ['`{{ .name }}`', text('{{ .name }}', 1)],
  ['.', { kind: 'field', start: '', path: [] }],
])('the term of %s', (body, term) => {
  expect(readStatement(body).term).toEqual(term);
});

test.each([
  ['if .Values.a', 'if', []],
  ['else if .Values.a', 'else if', []],
  ['range $key, $value := .Values.apps', 'range', ['$key', '$value']],
  ['range .Values.apps', 'range', []],
  ['$x := .Values.a', null, ['$x']],
  ['with .Values.a', 'with', []],
  ['end', 'end', []],
  ['/* a comment */', null, []],
])('%s is %p', (body, keyword, variables) => {
  expect(readStatement(body)).toMatchObject({ keyword, variables });
});

test.each([
  ['an inline action keeps its length', 'a: {{ .x }}\n', /^a: (.)\1{7}\n$/u, ['.x']],
  ['a control line becomes blank', '{{- if .x }}\na: 1\n{{- end }}\n', /^ {12}\na: 1\n {10}\n$/, ['if .x', 'end']],
  ['a comment over lines keeps its line ends', '{{/* a\nb */}}\na: 1\n', /^ {6}\n {6}\na: 1\n$/, ['/* a\nb */']],
  ['braces in a string are not the end', 'a: {{ printf "}}" }}\n', /^a: (.)\1{16}\n$/u, ['printf "}}"']],
  ['braces between backquotes are not the end', "a: '{{`{{ .name }}`}}'\n", /^a: '(.)\1{16}'\n$/u, ['`{{ .name }}`']],
  ['a constant in braces over lines', 'a: "{{\n  "{{ .x | y }}"\n}}"\n', /^a: "(.)\1{21}"\n$/su, ['"{{ .x | y }}"']],
  ['an unclosed action hides none behind it', 'a: {{ .x\nb: {{ .y }}\n', /^a: \{\{ \.x\nb: (.)\1{7}\n$/u, ['.y']],
  ['an unclosed action stays', 'a: {{ .x\n', /^a: \{\{ \.x\n$/, []],
])('mask: %s', (_name, source, masked, bodies) => {
  const result = maskTemplate(source);
  expect(result.text).toMatch(masked);
  expect(result.actions.map((action) => action.body)).toEqual(bodies);
});
