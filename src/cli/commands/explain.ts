import { fail } from '../../base/failure.ts';
import { nearest } from '../../base/nearest.ts';
import type { PolicyRow } from '../../policy/cell.ts';
import type { ExplainReport } from '../../report/explain-report.ts';
import type { Style } from '../../base/style.ts';
import { CONFIG_OPTIONS, COULD_NOT_RUN, DIRECTORY, type Command } from '../command.ts';
import { requestOf } from '../request.ts';

export const explain: Command = {
  name: 'explain',
  question: 'For each version and update type: automerge, merge request, approval or nothing, after how long, by which rule?',
  details:
    'Renovate\'s own rule engine is asked what it would do with a newer version of each kind. Every answer names the rules that made it. What a change of the config or of a preset does to merging, --against shows.',
  operand: DIRECTORY,
  formats: [
    { name: 'table', description: 'for people' },
    { name: 'json', description: 'one document' },
    { name: 'markdown', description: 'for a note on a merge request' },
    { name: 'html', description: 'one page that needs no network' },
  ],
  options: [
    ...CONFIG_OPTIONS,
    { name: 'app', value: 'NAME', repeatable: true, description: 'only the versions of this Application (of Flux: HelmRelease or Kustomization), or of this chart' },
    { name: 'against', value: 'REF-or-FILE', description: 'only what differs from the config as it stands in a git revision, or from another config file' },
    { name: 'fail-on', value: 'CHANGE', choices: ['nothing', 'automerge', 'any'], description: 'with --against, which difference makes the exit code 1: a bump that would merge by itself from now on, or any' },
  ],
  exits: [{ code: 0, meaning: 'explained' }, { code: 1, meaning: 'a difference that --fail-on names' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const failOn = args.value('fail-on')!;
    const reference = args.value('against');
    if (reference === null && failOn !== 'nothing') fail({ code: 'usage', message: `--fail-on ${failOn} needs something to compare with`, remedy: 'Name a git revision or another config file with --against.' });
    const request = { ...requestOf(args, context), validate: false, decide: true };
    const [{ noteMissing, noteNotices }, { explained }, format] = await Promise.all([import('../analyse.ts'), import('../explained.ts'), FORMATS[args.format]!()]);
    const { analysis, rows, before } = await explained(request, reference);
    noteNotices(analysis, context);
    noteMissing(analysis.resolved, context);
    const chosen = ofApps(rows, args.values('app'));
    const shown = before === null ? chosen : chosen.filter((row) => before.differs(row));
    const report: ExplainReport = {
      engine: analysis.engine,
      rows: shown,
      against: before === null ? null : { name: reference!, before: before.row },
      config: analysis.config.exists ? analysis.config.document.file : null,
    };
    const grave = failOn === 'any' ? shown.length > 0 : failOn === 'automerge' && shown.some((row) => before!.beginsToMerge(row));
    return { text: format(report, context.style), exit: grave ? 1 : 0 };
  },
};

function ofApps(rows: readonly PolicyRow[], names: readonly string[]): readonly PolicyRow[] {
  for (const name of names) {
    if (rows.some((row) => isCalled(row, name))) continue;
    const known = [...new Set(rows.flatMap(({ pin }) => [pin.application, pin.name].filter((text) => text !== null)))];
    const near = nearest(name, known);
    fail({ code: 'usage', message: `no version here belongs to an Application or chart ${JSON.stringify(name)}`, remedy: near === null ? '`renovate-argocd pins` lists them.' : `Did you mean ${near}?` });
  }
  return names.length === 0 ? rows : rows.filter((row) => names.some((name) => isCalled(row, name)));
}

function isCalled({ pin }: PolicyRow, name: string): boolean {
  return pin.application === name || pin.name === name;
}

type Format = (report: ExplainReport, style: Style) => string;

const FORMATS: Record<string, () => Promise<Format>> = {
  table: async () => (await import('../../report/explain-table.ts')).explainTable,
  json: async () => (await import('../../report/explain-json.ts')).explainJson,
  markdown: async () => (await import('../../report/explain-markdown.ts')).explainMarkdown,
  html: async () => (await import('../../report/explain-html.ts')).explainHtml,
};
