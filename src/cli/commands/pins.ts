import { fail } from '../../base/failure.ts';
import type { Answer, Arguments } from '../../program/command.ts';
import type { AnalyseRequest } from '../analyse.ts';
import { CONFIG_OPTIONS, COULD_NOT_RUN, DIRECTORY, type Command, type Context } from '../command.ts';
import { requestOf } from '../request.ts';

export const pins: Command = {
  name: 'pins',
  question: 'Where is every version that Argo CD or Flux would deploy, and which Renovate manager keeps it up to date?',
  details:
    'Finds the versions by reading the files as Argo CD and Flux do, without asking Renovate; then asks Renovate what it would extract and write back, and joins the two. `check` judges the result.',
  operand: DIRECTORY,
  formats: [
    { name: 'table', description: 'for people' },
    { name: 'json', description: 'one document' },
    { name: 'markdown', description: 'for a note on a merge request; with --against' },
  ],
  options: [
    ...CONFIG_OPTIONS,
    { name: 'against', value: 'REF', description: 'only what differs from a git revision: versions that are new, gone, or kept up to date by somebody else or nobody' },
    { name: 'fail-on', value: 'CHANGE', choices: ['nothing', 'any'], description: 'with --against, whether a difference makes the exit code 1' },
  ],
  exits: [{ code: 0, meaning: 'the versions are listed, managed or not' }, { code: 1, meaning: 'a difference that --fail-on names' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const request = { ...requestOf(args, context), validate: false };
    const reference = args.value('against');
    if (reference !== null) return against(reference, request, args, context);
    if (args.format === 'markdown' || args.value('fail-on') !== 'nothing') fail({ code: 'usage', message: `${args.format === 'markdown' ? '--format markdown' : '--fail-on'} needs something to compare with`, remedy: 'Name a git revision: --against origin/main.' });
    const { analyse, noteMissing, noteNotices } = await import('../analyse.ts');
    const analysis = await analyse(request);
    noteNotices(analysis, context);
    noteMissing(analysis.resolved, context);
    const report = { engine: analysis.engine, pins: analysis.pins, config: analysis.config.exists ? analysis.config.document.file : null };
    if (args.format === 'json') return { text: (await import('../../report/pins-json.ts')).pinsJson(report), exit: 0 };
    return { text: (await import('../../report/pins-table.ts')).pinsTable(report, context.style), exit: 0 };
  },
};

async function against(reference: string, request: AnalyseRequest, args: Arguments, context: Context): Promise<Answer> {
  const [{ noteMissing, noteNotices }, { coveredAgainst }, { coverageChanges }, formats] = await Promise.all([import('../analyse.ts'), import('../covered-against.ts'), import('../../coverage/compare.ts'), import('../../report/pins-changes.ts')]);
  const { analysis, before } = await coveredAgainst(request, reference);
  noteNotices(analysis, context);
  noteMissing(analysis.resolved, context);
  const changes = coverageChanges(before, analysis.pins);
  const report = { engine: analysis.engine, against: reference, before, after: analysis.pins, changes };
  const text = args.format === 'json' ? formats.changesJson(report) : args.format === 'markdown' ? formats.changesMarkdown(report) : formats.changesTable(report, context.style);
  return { text, exit: args.value('fail-on') === 'any' && changes.length > 0 ? 1 : 0 };
}
