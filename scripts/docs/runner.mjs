/** docs/runner-reference.md and schemas/runner.json, from the program itself. */
import { variables } from '../../runner/config/environment.ts';
import { configJsonSchema } from '../../runner/config/json-schema.ts';
import { commands } from '../../runner/commands/index.ts';
import { PROGRAM } from '../../runner/main.ts';
import { projectChecks, tokenChecks } from '../../runner/preflight/checks/index.ts';
import { SKIP_REASONS } from '../../runner/projects/project.ts';
import { PROCESS_ENDS, RESULTS } from '../../runner/renovate/outcome.ts';
import { WHOM } from '../../runner/report/waiting.ts';
import { programHelp } from '../../src/program/help.ts';

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function table(head, rows) {
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join('\n');
}

/** @param section renders one command, as docs/cli.md has it */
export function runnerPage(mark, section) {
  const keys = variables().map(({ path, name, description, fallback, form }) => [`\`${path.join('.')}\``, `\`${name}\``, `${description}${form === 'crons' ? ' (in the variable separated by semicolons)' : ''}`, fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``]);
  const outcomes = Object.entries({ ...RESULTS, ...PROCESS_ENDS }).map(([code, { status, temporary, text, remedy }]) => [`\`${code}\``, `${status}${temporary ? ', tried again' : ''}`, text, remedy ?? '']);
  return [
    '# Runner reference',
    mark,
    'How to set it up and operate it: [runner.md](runner.md).',
    '```text\n' + programHelp(PROGRAM) + '```',
    '`NO_COLOR` switches colours off. Answers go to stdout, progress and diagnostics to stderr. `--format json` prints exactly one document.',
    ...commands.map((command) => section('renovate-argocd-runner', command)),
    '## Configuration',
    'A file `runner.json5` in the current directory, or `--config FILE`. Every key can be set by its variable instead, which wins over the file; options win over both. [JSON Schema](../schemas/runner.json). The token is in `RENOVATE_TOKEN`, or in the file that `RENOVATE_TOKEN_FILE` names, and nowhere else.',
    table(['key', 'variable', 'what for', 'default'], keys),
    '## Why a project is skipped',
    table(['reason', ''], Object.entries(SKIP_REASONS).map(([code, text]) => [`\`${code}\``, text])),
    '## How a project ends',
    "Renovate's own results, and below them what can become of its process.",
    table(['outcome', 'counts as', 'meaning', 'remedy'], outcomes),
    '## What an update waits for',
    table(['code', 'who has to act'], Object.entries(WHOM).map(([code, whom]) => [`\`${code}\``, whom])),
    '## What preflight checks',
    table(['check', 'what', 'why'], [...tokenChecks, ...projectChecks].map(({ name, title, why }) => [`\`${name}\``, title, why])),
  ].join('\n\n') + '\n';
}

export function runnerSchema() {
  const { $schema, ...rest } = configJsonSchema();
  return `${JSON.stringify({ $schema, title: 'runner.json5 of renovate-argocd-runner', ...rest }, null, 2)}\n`;
}
