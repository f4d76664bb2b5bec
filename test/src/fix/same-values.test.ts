import { sameValues } from '../../../src/fix/same-values.ts';

it.each<[string, string, string, boolean]>([
  ['a comment', 'a: 1\n', '# x\na: 1\n', true],
  ['a comment in a text of a block', 'a: |\n  b\n', 'a: |\n  # x\n  b\n', false],
  ['a comment in a template', 'a: {{ .Values.x }}\n{{- if .y }}\nb: 1\n{{- end }}\n', 'a: {{ .Values.x }}\n{{- if .y }}\n# x\nb: 1\n{{- end }}\n', true],
  ['a comment in the middle of a scalar', 'a: b\n  c\n', 'a: b\n  # x\n  c\n', false],
  ['another number that is as great', 'a: 1.1\n', 'a: 1.10\n', false],
  ['a text in the place of a number', 'a: 1\n', 'a: "1"\n', false],
  ['another order', 'a: 1\nb: 2\n', 'b: 2\na: 1\n', false],
  ['aliases of aliases', `a: &a [x]\nb: &b [*a, *a]\n`, `# x\na: &a [x]\nb: &b [*a, *a]\n`, true],
])('%s', (_name, before, after, same) => {
  expect(sameValues(before, after)).toBe(same);
});
