import type { Cell, PolicyRow } from '../policy/cell.ts';
import { UPDATE_TYPES } from '../renovate/types.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './explain-page.ts';
import { deciderText, OTHER_TYPES, ruleText, verdictOf, VERSION_TYPES, type ExplainReport } from './explain-report.ts';
import { xml } from '../base/text.ts';

/** One page with everything in it: opened from disk or as a job artifact it fetches nothing. */
export function explainHtml(report: ExplainReport): string {
  const { rows, against, engine } = report;
  const types = [...VERSION_TYPES, ...OTHER_TYPES];
  const title = against === null ? 'What merges by itself' : `What changes against ${against.name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${xml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${xml(title)}</h1>
<p>${rows.length} versions; what Renovate ${xml(engine.renovate)} would do with a newer one of each kind. Open a cell to see which rules say so.</p>
<form id="filter" autocomplete="off">
<label>Application or chart <input type="search" name="text" placeholder="cert-manager"></label>
<label>Action <select name="action"><option value="">any</option><option>automerge</option><option>merge-request</option><option>approval</option><option>disabled</option></select></label>
<label><input type="checkbox" name="all"> all update types</label>
<output id="count"></output>
</form>
</header>
<main>
<table>
<thead><tr><th scope="col">Application</th><th scope="col">Chart</th><th scope="col">Version</th>${types.map((type) => `<th scope="col"${classFor(type)}>${type}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => rowHtml(row, against?.before(row) ?? null, types)).join('\n')}
</tbody>
</table>
${rows.length === 0 ? '<p>Nothing to show.</p>' : ''}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

type Types = readonly (typeof UPDATE_TYPES)[number][];

function classFor(type: Types[number]): string {
  return VERSION_TYPES.includes(type) ? '' : ' class="other"';
}

function rowHtml({ pin, updates }: PolicyRow, before: PolicyRow | null, types: Types): string {
  const name = pin.name ?? '(unknown)';
  const actions = pin.status === 'managed' ? VERSION_TYPES.map((type) => updates[type].action).join(' ') : pin.status;
  const where = `${pin.file}:${pin.line}`;
  const cells = types.map((type) => (pin.status === 'managed' ? cellHtml(type, updates[type], before?.updates[type] ?? null) : `<td${classFor(type)}><span class="status">${xml(pin.status)}</span></td>`));
  return `<tr data-text="${xml(`${pin.application ?? ''} ${name} ${where}`.toLowerCase())}" data-actions="${xml(actions)}"><th scope="row">${xml(pin.application ?? '–')}<small>${xml(where)}</small></th><td>${xml(name)}</td><td><code>${xml(pin.value)}</code></td>${cells.join('')}</tr>`;
}

function cellHtml(type: Types[number], cell: Cell, before: Cell | null): string {
  const was = before === null || verdictOf(before) === verdictOf(cell) ? '' : `<s>${xml(verdictOf(before))}</s> `;
  const settings = [
    ['schedule', cell.schedule.join(', ')],
    ['automergeSchedule', cell.automergeSchedule.join(', ')],
    ['group', cell.groupName ?? ''],
    ['labels', cell.labels.join(', ')],
  ].filter(([, value]) => value !== '' && value !== 'at any time');
  const rules = cell.rules.length === 0 ? [deciderText(cell)] : cell.rules.map(ruleText);
  const maybe = cell.undecided.map((rule) => `may apply too, which only a lookup can tell: ${ruleText(rule)}`);
  return `<td${classFor(type)}><details class="${cell.action}"><summary>${was}${xml(verdictOf(cell))}</summary><ol>${[...rules, ...maybe].map((text) => `<li>${xml(text)}</li>`).join('')}</ol>${settings.map(([key, value]) => `<p>${xml(key!)}: ${xml(value!)}</p>`).join('')}</details></td>`;
}
