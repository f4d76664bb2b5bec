import { lineIndex } from '../../../src/base/location.ts';
import { exactManager } from '../../../src/fix/exact-manager.ts';
import { pin } from '../lint/harness.ts';

function regexFor(text: string, value = '1.2.3'): string | undefined {
  const offset = text.lastIndexOf(value);
  return exactManager(text, pin({ file: 'a+b.json', value, offset, ...lineIndex(text).at(offset) }), { datasource: 'helm', depName: 'redis', registryUrl: 'https://x.org' })?.matchStrings[0];
}

it.each([
  ['a line that stands once', 'a: 1\nversion: 1.2.3\n', String.raw`\nversion: (?<currentValue>[^\s"',#]+)`],
  ['lines above that tell it from another', 'x:\n  v: 1.2.3\ny:\n  v: 1.2.3\n', String.raw`\ny:\r?\n  v: (?<currentValue>[^\s"',#]+)`],
  ['other versions above may change', 'a: { v: 2.0.0 }\nb: { w: 3.0.0, v: "1.2.3" }\n', String.raw`\nb: \{ w: [\w.+-]+, v: "(?<currentValue>[^"\s]+)"`],
  ['the first line', '{"v":"1.2.3"}', String.raw`^\{"v":"(?<currentValue>[^"\s]+)"`],
])('%s', (_name, text, regex) => {
  expect(regexFor(text)).toBe(regex);
});

it.each([
  ['a range with spaces', 'v: ">= 1.0 < 2.0"\n', '>= 1.0 < 2.0'],
  ['a place that nothing tells from another', `${'- 1.2.3\n'.repeat(50)}`, '1.2.3'],
])('none for %s', (_name, text, value) => {
  expect(regexFor(text, value)).toBeUndefined();
});

it('reads one file', () => {
  const text = 'v: 1.2.3\n';
  expect(exactManager(text, pin({ file: 'a+b/c.yaml', value: '1.2.3', offset: 3, line: 1, column: 4 }), { datasource: 'docker', depName: 'r', packageName: 'ghcr.io/r', versioning: 'helm' })).toEqual({
    customType: 'regex',
    description: ['r in a+b/c.yaml'],
    managerFilePatterns: [String.raw`/^a\+b/c\.yaml$/`],
    matchStrings: [String.raw`^v: (?<currentValue>[^\s"',#]+)`],
    datasourceTemplate: 'docker',
    depNameTemplate: 'r',
    packageNameTemplate: 'ghcr.io/r',
    versioningTemplate: 'helm',
  });
});
