import { regexParts } from '../../../src/lint/regex-parts.ts';

it.each([
  ['ab+c*?', ['a', 'b+', 'c*?']],
  [String.raw`\s+\.\x41\p{L}{2,}`, [String.raw`\s+`, String.raw`\.`, String.raw`\x41`, String.raw`\p{L}{2,}`]],
  [String.raw`[^\]"]+[]a][[:alpha:]]x`, [String.raw`[^\]"]+`, '[]a]', '[[:alpha:]]', 'x']],
  ['(?<a>b|(c)[)])*(?:d)', ['(?<a>b|(c)[)])*', '(?:d)']],
  ['a|b', ['a|b']],
  ['(a', ['(a']],
  ['a)', ['a)']],
  ['', []],
])('%s', (regex, parts) => {
  expect(regexParts(regex)).toEqual(parts);
});
