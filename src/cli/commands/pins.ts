import { CONFIG_OPTIONS, COULD_NOT_RUN, DIRECTORY, type Command } from '../command.ts';
import { requestOf } from '../request.ts';

export const pins: Command = {
  name: 'pins',
  question: 'Where is every version that Argo CD would deploy, and which Renovate manager keeps it up to date?',
  details:
    'Finds the versions by reading the files as Argo CD does, without asking Renovate; then asks Renovate what it would extract and write back, and joins the two. `check` judges the result.',
  operand: DIRECTORY,
  formats: [
    { name: 'table', description: 'for people' },
    { name: 'json', description: 'one document' },
  ],
  options: CONFIG_OPTIONS,
  exits: [{ code: 0, meaning: 'the versions are listed, managed or not' }, ...COULD_NOT_RUN],

  async run(args, context) {
    const request = requestOf(args, context);
    const { analyse, noteMissing, noteNotices } = await import('../analyse.ts');
    const analysis = await analyse({ ...request, validate: false });
    noteNotices(analysis, context);
    noteMissing(analysis.resolved, context);
    const report = { engine: analysis.engine, pins: analysis.pins, config: analysis.config.exists ? analysis.config.document.file : null };
    if (args.format === 'json') return { text: (await import('../../report/pins-json.ts')).pinsJson(report), exit: 0 };
    return { text: (await import('../../report/pins-table.ts')).pinsTable(report, context.style), exit: 0 };
  },
};
