import { accuse, changeOf, parseBlame, type Suspect } from '../../../runner/incidents/blame.ts';

const SHA = 'a'.repeat(40);
const PORCELAIN = `${SHA} 9 12 1\nauthor Bot\nauthor-time 1772330400\ncommitter-time 1772334000\nsummary Update web\nprevious ${'b'.repeat(40)} old.yaml\nfilename old.yaml\n\t    targetRevision: 1.0.1\n`;

it.each<[string, string, ReturnType<typeof parseBlame>]>([
  ['a line that a commit changed', PORCELAIN, { sha: SHA, file: 'old.yaml', line: 9, at: '2026-03-01T03:00:00.000Z', summary: 'Update web', boundary: false }],
  ['a line of the first commit', PORCELAIN.replace('filename', 'boundary\nfilename'), { sha: SHA, file: 'old.yaml', line: 9, at: '2026-03-01T03:00:00.000Z', summary: 'Update web', boundary: true }],
  ['no answer', '', null],
  ['something else', 'fatal: no such path\n', null],
])('blame of %s', (_name, porcelain, expected) => {
  expect(parseBlame(porcelain)).toEqual(expected);
});

it.each<[string, string, string, string | null]>([
  ['the version alone', '-    targetRevision: 1.0.0\n+    targetRevision: 1.0.1', '1.0.1', '1.0.0'],
  ['a longer one', '-    targetRevision: 1.0.0\n+    targetRevision: 1.0.10', '1.0.10', '1.0.0'],
  ['quotes stay', "-  version: '1'\n+  version: '2'", '2', '1'],
  ['within more text', '-image: x/y:1.0@sha256:a # keep\n+image: x/y:1.1@sha256:a # keep', '1.1', '1.0'],
  ['the line was new', '+    targetRevision: 1.0.1', '1.0.1', null],
  ['more than the version changed', '-    chartVersion: 1.0.0\n+    targetRevision: 1.0.1', '1.0.1', null],
  ['nothing stood there before', '-    targetRevision: \n+    targetRevision: 1.0.1', '1.0.1', null],
  ['the version is not in it', '-a: 1\n+a: 2', '3', null],
  ['quotes came with it', "-  version: '1'\n+  version: 2", '2', null],
  ['only the quotes went', "-  version: '1.0'\n+  version: 1.0", '1.0', '1.0'],
  ['only a comment went', '-  version: 1.0 # kept\n+  version: 1.0', '1.0', '1.0'],
  ['the line ends changed', '-  version: 1.0\r\n+  version: 1.0', '1.0', '1.0'],
  ['it begins like the one before', '-  version: 1.0.1\n+  version: 1.0', '1.0', '1.0.1'],
])('the version before, when %s', (_name, lines, version, expected) => {
  const [removed, added] = ['-', '+'].map((sign) => lines.split('\n').filter((line) => line.startsWith(sign)).length);
  expect(changeOf(`@@ -9,${removed!} +9,${added!} @@\n${lines}\n`, 9, version).from).toBe(expected);
});

it('where the line stood before', () => {
  expect(changeOf('@@ -4 +9 @@\n-a: 1\n+a: 2\n', 9, '2')).toEqual({ line: 4, from: '1' });
});

const SINCE = '2026-03-08T12:00:00Z';

function suspect(sha: string, at: string, known: Partial<Suspect> = {}): Suspect {
  return { file: 'web.yaml', line: 9, name: 'web', nth: 0, from: '1.0.0', to: '1.0.1', sha, at, summary: '', mergeRequest: null, isRevert: false, ...known };
}

it.each<[string, readonly Suspect[], string | null, readonly string[], boolean]>([
  ['nothing changed', [], null, [], false],
  ['one change', [suspect('a', '2026-03-08T11:00:00Z')], 'a', [], true],
  ['the latest of two is named, the other as well', [suspect('a', '2026-03-05T11:00:00Z'), suspect('b', '2026-03-08T11:00:00Z')], 'b', ['a'], true],
  ['two within a day: not for sure', [suspect('a', '2026-03-08T10:00:00Z'), suspect('b', '2026-03-08T11:00:00Z')], 'b', ['a'], false],
  ['two versions by one merge request are one change', [suspect('a', '2026-03-08T11:00:00Z'), suspect('a', '2026-03-08T11:00:00Z', { file: 'values.yaml' })], 'a', ['a'], true],
  ['what came later is not suspected', [suspect('a', '2026-03-08T11:00:00Z'), suspect('b', '2026-03-08T12:00:01Z')], 'a', [], true],
  ['what is older than a week is not', [suspect('a', '2026-03-01T11:59:59Z')], null, [], false],
])('%s', (_name, suspects, accused, others, sure) => {
  const accusation = accuse(suspects, SINCE);
  expect([accusation.suspect?.sha ?? null, accusation.alternatives.map(({ sha }) => sha), accusation.sure]).toEqual([accused, others, sure]);
});
