import { releaseNotesIn } from '../../../runner/incidents/release-notes.ts';

const NOTES = ['### Release Notes', '<details>', '<summary>example/charts (web)</summary>', '### [`v1.0.2`](https://git.example.org/charts/-/releases/v1.0.2)', '[Compare Source](https://git.example.org/compare)', '##### Fixes', '### [`web-1.0.1`](https://git.example.org/charts/-/releases/web-1.0.1)'].join('\n\n');

it.each<[string, string, string, string | null]>([
  ['the version with a v', NOTES, '1.0.2', 'https://git.example.org/charts/-/releases/v1.0.2'],
  ['a tag with the name of the chart', NOTES, 'v1.0.1', 'https://git.example.org/charts/-/releases/web-1.0.1'],
  ['another version that ends alike', NOTES, '0.1', null],
  ['none', 'Nothing is said.', '1.0.2', null],
  ['an address that is none of the web', '### [`1.0.2`](javascript:alert(1))', '1.0.2', null],
  ['an address that would end its link', '### [`1.0.2`](https://x.example.org/a>b)', '1.0.2', null],
])('%s', (_name, description, version, expected) => {
  expect(releaseNotesIn(description, version)).toBe(expected);
});
