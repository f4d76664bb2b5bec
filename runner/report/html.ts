import { oneLine, xml } from '../../src/base/text.ts';
import { webAddress, type Page, type Piece, type Row, type Section } from './page.ts';

/** Rows of a section that stand open; the rest is folded, or nobody would see the next section. */
const SHOWN = 50;

/** One page with everything in it: opened from disk or as a job artifact it fetches nothing. It is whole without its script, which only filters. */
export function reportHtml({ tone, verdict, alerts, facts, counts, since, sections }: Page): string {
  const ids = new Set(sections.map(({ id }) => id));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${text(verdict)}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="${tone}">
<h1>${text(verdict)}</h1>
${alerts.map((alert) => `<p class="alert">${text(alert)}</p>\n`).join('')}<p>${facts.map(text).join(' · ')}</p>
<ul class="counts">
${counts.map(([figure, label, section]) => `<li>${countHtml(`<b>${text(figure)}</b> ${text(label)}`, ids.has(section) && figure !== '0' ? section : null)}</li>`).join('\n')}
</ul>
${sinceHtml(since)}</header>
<form id="filter" autocomplete="off">
<label id="search" hidden>Filter <input type="search" name="text" placeholder="project, chart, person"></label>
<label><input type="checkbox" name="only" id="only"> only what needs a person</label>
<output id="found"></output>
</form>
<main>
${sections.map(sectionHtml).join('\n')}
${sections.some(({ forPeople }) => forPeople) ? '' : '<p class="calm">Nothing needs a person.</p>\n'}</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function countHtml(words: string, section: string | null): string {
  return section === null ? `<span>${words}</span>` : `<a href="#${section}">${words}</a>`;
}

function sinceHtml([head, ...lines]: readonly string[]): string {
  if (head === undefined) return '';
  return lines.length === 0 ? `<p>${text(head)} nothing of this has changed.</p>\n` : `<p>${text(head)}:</p>\n<ul class="since">${lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>\n`;
}

function sectionHtml({ id, title, note, forPeople, columns, rows, idle }: Section): string {
  const rest = rows.slice(SHOWN);
  const count = rows.length + (idle?.rows.length ?? 0);
  const folds = [...(rest.length === 0 ? [] : [{ title: `${rest.length} more`, rows: rest }]), ...(idle === null ? [] : [idle])];
  return `<section id="${id}"${forPeople ? ' class="person"' : ''} aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}${count === 0 ? '' : ` <small>${count}</small>`}</h2>
${note === '' ? '' : `<p>${text(note)}</p>\n`}${rows.length === 0 ? '' : tableHtml(id, columns, rows.slice(0, SHOWN))}
${folds.map((fold) => `<details><summary>${text(fold.title)}</summary>\n${tableHtml(id, columns, fold.rows)}\n</details>`).join('\n')}
</section>`;
}

function tableHtml(id: string, columns: readonly string[], rows: readonly Row[]): string {
  return `<table aria-labelledby="${id}-title">
<thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(rowHtml).join('\n')}
</tbody>
</table>`;
}

function rowHtml([first = [], ...cells]: Row): string {
  return `<tr><th scope="row">${cellHtml(first)}</th>${cells.map((cell) => `<td>${cellHtml(cell)}</td>`).join('')}</tr>`;
}

function cellHtml(pieces: readonly Piece[]): string {
  const written = pieces.map(pieceHtml);
  return pieces.length === 1 ? written.join('') : written.map((piece) => `<p>${piece}</p>`).join('');
}

function pieceHtml({ text: said, tag, url, file, share, soft }: Piece): string {
  // our own remedies quote commands
  const words = text(said).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
  const address = file === undefined ? webAddress(url) : fileAddress(file);
  const linked = address === null ? words : `<a href="${xml(address)}"${file === undefined ? ' rel="noreferrer"' : ''}>${words.trim() === '' ? 'link' : words}</a>`;
  const bar = share === undefined ? '' : `<i style="--share:${Math.round(share * 100)}%"></i>`;
  const label = tag === undefined ? '' : `<b>${text(tag)}</b> `;
  return `${label}${soft ? `<small>${linked}</small>` : linked}${bar}`;
}

/** Of a file in the report's folder, or in one beside it, where the jobs of a sharded run leave theirs; null for one elsewhere. */
function fileAddress(file: string): string | null {
  const up = file.startsWith('../') ? '../' : '';
  const parts = file.slice(up.length).split('/');
  return parts.some((part) => ['', '.', '..'].includes(part)) ? null : `${up}${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`;
}

function text(raw: string): string {
  return xml(oneLine(raw).toWellFormed());
}

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --soft: #f4f5f7; --line: #d9dce1; --text: #1c2127; --dim: #57606a; --link: #0b5cad; --good: #1a7f37; --busy: #8a5a00; --bad: #b42318; --bar: #5b8def; }
@media (prefers-color-scheme: dark) { :root { --page: #14181c; --soft: #1e242a; --line: #39414a; --text: #e4e7ea; --dim: #9aa5b1; --link: #6cb6ff; --good: #4ac26b; --busy: #e3b341; --bad: #ff8b80; --bar: #4f7fd9; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 0 1.5rem 3rem; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
p { margin: 0; }
header { margin-top: 1.2rem; padding-left: 1rem; border-left: 5px solid var(--tone); }
.good { --tone: var(--good); } .busy { --tone: var(--busy); } .bad { --tone: var(--bad); }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .3rem; }
header p, section > p { color: var(--dim); }
header .alert { color: var(--tone); font-weight: 600; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: .9rem 0; padding: 0; }
.counts li > * { display: block; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); color: var(--dim); font-size: 13.5px; }
.counts b { display: block; font-size: 1.2rem; color: var(--text); }
.counts a b { color: var(--link); }
.since { margin: 0; padding-left: 1.2rem; }
form { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; position: sticky; top: 0; z-index: 1; margin-top: 1rem; padding: .6rem 0; background: var(--page); border-bottom: 1px solid var(--line); }
input[type=search] { font: inherit; width: 15rem; max-width: 100%; padding: .25rem .5rem; border: 1px solid var(--dim); border-radius: 4px; background: var(--soft); color: inherit; }
output { color: var(--dim); }
section { margin-top: 1.8rem; scroll-margin-top: 3.5rem; }
h2 { font-size: 1.15rem; margin: 0 0 .2rem; }
h2 small { font-weight: 400; color: var(--dim); }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin-top: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--dim); font-size: 13px; }
th:first-child { width: 26%; }
#people th:nth-child(4), #nobody th:nth-child(4) { width: 6rem; }
#people th:nth-child(3), #nobody th:nth-child(3) { width: 26%; }
#happened td b { min-width: 4.6rem; text-align: center; }
#projects th:nth-child(n+3) { width: 11rem; } #projects th:nth-child(5) { width: 3rem; }
#problems th:first-child { width: auto; }
td b, tbody th b { display: inline-block; padding: 0 .4rem; border: 1px solid var(--line); border-radius: 4px; background: var(--soft); font-size: 12.5px; font-weight: 500; }
td small { color: var(--dim); font-size: 13.5px; }
code { font: 13px ui-monospace, monospace; }
td i { display: block; height: 6px; margin-top: 2px; border-radius: 3px; background: linear-gradient(90deg, var(--bar) var(--share), var(--rest, var(--line)) 0); }
#coverage i, #projects td:nth-child(3) i { --bar: var(--good); --rest: var(--busy); }
summary { cursor: pointer; padding: .45rem 0; color: var(--link); }
.calm { display: none; margin-top: 1.8rem; }
body:has(#only:checked) section:not(.person), [hidden] { display: none; }
body:has(#only:checked) .calm { display: block; }
@media (max-width: 40rem) {
  body { padding: 0 .9rem 2rem; }
  form { position: static; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, tbody th, td { display: block; width: auto; }
  tbody th, td { border: 0; padding: 0; }
  tbody th:first-child { width: auto; font-weight: 600; }
  #people td:nth-child(n+3), #nobody td:nth-child(n+3) { display: inline-block; margin-right: .6rem; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
}
@media print { form { display: none; } }
`;

const SCRIPT = `
const form = document.getElementById('filter');
const field = form.elements.text;
const rows = [...document.querySelectorAll('tbody tr')].map((row) => [row, row.textContent.toLowerCase()]);
function show() {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let found = 0;
  for (const [row, said] of rows) {
    row.hidden = !words.every((word) => said.includes(word));
    if (!row.hidden) found += 1;
  }
  for (const part of document.querySelectorAll('main section, main details')) {
    const fits = part.querySelector('tbody tr:not([hidden])') !== null;
    part.hidden = words.length > 0 && !fits;
    if (part.localName === 'details') part.open = words.length > 0 && fits;
  }
  document.getElementById('found').textContent = words.length === 0 ? '' : found + ' of ' + rows.length + ' rows';
}
document.getElementById('search').hidden = false;
field.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
`;
