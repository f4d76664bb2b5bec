/** Tables of the inputs of templates/, for docs/components.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** @param page text of docs/components.md */
export function componentsPage(root, page) {
  return page.replace(/(<!-- inputs: (.+?) -->\n)[\s\S]*?(<!-- end -->)/g, (_all, head, name, end) => `${head}${inputsTable(join(root, 'templates', name, 'template.yml'))}\n${end}`);
}

function inputsTable(file) {
  const [head] = parseAllDocuments(readFileSync(file, 'utf8'));
  const { inputs } = head.toJS().spec;
  const rows = Object.entries(inputs).map(([name, input]) => `| \`${name}\` | ${input.default === '' ? '' : `\`${input.default}\``} | ${input.description}${input.options === undefined ? '' : ` (${input.options.map((option) => `\`${option}\``).join(', ')})`} |`);
  return ['| input | default | |', '| --- | --- | --- |', ...rows].join('\n');
}
