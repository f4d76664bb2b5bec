import { commentEdit, commentStyle } from '../../../src/fix/comment.ts';
import { applyEdits } from '../../../src/fix/edit.ts';
import type { Lookup } from '../../../src/lint/rule.ts';
import { lineIndex } from '../../../src/base/location.ts';
import { pin } from '../lint/harness.ts';

const LOOKUP: Lookup = { datasource: 'helm', depName: 'redis', registryUrl: 'https://charts.example.org' };
const COMMENT = '# renovate: datasource=helm depName=redis registryUrl=https://charts.example.org';

/** The text with a comment for the version 1.2.3; null where it gets none. */
function commented(text: string, style: readonly string[] = [], lookup = LOOKUP): string | null {
  const offset = text.indexOf('1.2.3');
  const edit = commentEdit(text, pin({ value: '1.2.3', offset, ...lineIndex(text).at(offset) }), lookup, style);
  return edit === null ? null : applyEdits(text, [edit]);
}

it.each([
  ['above a key', 'a: 1\nversion: 1.2.3\n', `a: 1\n${COMMENT}\nversion: 1.2.3\n`],
  ['on the first line, without a line end', 'version: "1.2.3"', `${COMMENT}\nversion: "1.2.3"`],
  ['in the indentation of the key', 'a:\n    v: 1.2.3 # why\n', `a:\n    ${COMMENT}\n    v: 1.2.3 # why\n`],
  ['above the item of a list', 'a:\n  - version: 1.2.3\n', `a:\n  ${COMMENT}\n  - version: 1.2.3\n`],
  ['above an anchor', 'v: &v 1.2.3\n', `${COMMENT}\nv: &v 1.2.3\n`],
  ['with the line end of the line', 'v: 1.2.3\r\n', `${COMMENT}\r\nv: 1.2.3\r\n`],
  ['in the place of one that is read by nobody', 'a:\n  # renovate: chart=redis\n  v: 1.2.3\n', `a:\n  ${COMMENT}\n  v: 1.2.3\n`],
])('%s', (_name, text, expected) => {
  expect(commented(text)).toBe(expected);
});

it.each([
  ['a flow map', 'a: { v: 1.2.3 }\n'],
  ['a version behind other text', 'image: redis:1.2.3\n'],
  ['an entry without a key', '- 1.2.3\n'],
])('no comment speaks of %s', (_name, text) => {
  expect(commented(text)).toBeNull();
});

it('no setting breaks out of its comment', () => {
  expect(commented('v: 1.2.3\n', [], { ...LOOKUP, depName: 'x\nevil: 1' })).toBeNull();
});

it('takes the settings that most comments of the repository have, in their order', () => {
  const style = commentStyle(['# renovate: registryUrls=x chart=y\nv: 1\n# renovate: see the wiki\n', '# renovate: registryUrls=x chart=y\n', '# renovate: datasource=helm\n']);
  expect(style).toEqual(['registryUrls', 'chart']);
  expect(commented('v: 1.2.3\n', style)).toBe('# renovate: registryUrls=https://charts.example.org chart=redis\nv: 1.2.3\n');
  expect(commented('v: 1.2.3\n', ['depName', 'branch'])).toBeNull();
});
