import type { FileDiff } from '../../../runner/gitlab/schema.ts';
import { applicationsOf, changedLines, touchedPins, type PinLine } from '../../../runner/incidents/touched.ts';

it.each<[string, string, readonly (readonly [number, string, string | null])[]]>([
  ['a line', '@@ -8,3 +8,3 @@\n   a\n-  version: 1\n+  version: 2\n   b\n', [[9, '  version: 1', '  version: 2']]],
  ['two lines in a row', '@@ -1,2 +1,2 @@\n-a: 1\n-b: 1\n+a: 2\n+b: 2\n', [[1, 'a: 1', 'a: 2'], [2, 'b: 1', 'b: 2']]],
  ['two hunks', '@@ -1 +1 @@\n-a\n+b\n@@ -10,2 +10,2 @@\n c\n-d\n+e\n', [[1, 'a', 'b'], [11, 'd', 'e']]],
  ['a removal', '@@ -3,2 +3 @@\n-a\n b\n', [[3, 'a', null]]],
  ['nothing but additions', '@@ -3,1 +3,2 @@\n a\n+b\n', []],
  ['a line of dashes', '@@ -1,1 +1,1 @@\n---\n+--\n', [[1, '--', '--']]],
  ['line ends of Windows', '@@ -1 +1 @@\r\n-a\r\n+b\r\n', [[1, 'a', 'b']]],
  ['no end of line', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n', [[1, 'a', 'b']]],
])('%s', (_name, diff, expected) => {
  expect(changedLines(diff).map(({ line, before, after }) => [line, before, after])).toEqual(expected);
});

const PINS: readonly PinLine[] = [
  { application: 'web', file: 'values.yaml', line: 3, text: '  version: 1.0.0' },
  { application: 'db', file: 'values.yaml', line: 7, text: '  version: 1.0.0' },
  { application: 'cache', file: 'values.yaml', line: 11, text: '  version: 2.0.0' },
  { application: 'cert', file: 'cert.yaml', line: 9, text: '    targetRevision: v1.0.0' },
  { application: null, file: 'cert.yaml', line: 20, text: '    tag: 1.0.0' },
];

function diff(path: string, line: number, before: string, known: Partial<FileDiff> = {}): FileDiff {
  return { oldPath: path, newPath: path, added: false, truncated: false, diff: `@@ -${line},1 +${line},1 @@\n-${before}\n+changed\n`, ...known };
}

it.each<[string, readonly FileDiff[], readonly string[]]>([
  ['nothing', [], []],
  ['another file', [diff('README.md', 3, '  version: 1.0.0')], []],
  ['another line', [diff('cert.yaml', 2, 'kind: Application')], []],
  ['a version', [diff('cert.yaml', 9, '    targetRevision: v1.0.0')], ['cert']],
  ['a version that has moved', [diff('cert.yaml', 5, '    targetRevision: v1.0.0')], ['cert']],
  ['one of two equal lines, by its number', [diff('values.yaml', 7, '  version: 1.0.0')], ['db']],
  ['one of two equal lines, moved: both', [diff('values.yaml', 5, '  version: 1.0.0')], ['db', 'web']],
  ['two files', [diff('cert.yaml', 9, '    targetRevision: v1.0.0'), diff('values.yaml', 11, '  version: 2.0.0')], ['cache', 'cert']],
  ['a version of no application', [diff('cert.yaml', 20, '    tag: 1.0.0')], []],
  ['a file that is renamed', [diff('values.yaml', 1, 'x', { newPath: 'other.yaml' })], ['cache', 'db', 'web']],
  ['a diff that is cut short', [diff('cert.yaml', 1, 'x', { truncated: true })], ['cert']],
])('a change of %s touches', (_name, diffs, expected) => {
  expect(applicationsOf(touchedPins(diffs, PINS))).toEqual(expected);
});
