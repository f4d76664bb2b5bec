import { fail } from '../../src/base/failure.ts';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { CONNECTION_OPTIONS, SELECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const preflight: Command<RunnerContext> = {
  name: 'preflight',
  question: 'Is everything in GitLab as automerge needs it, and if not, what has to be changed where?',
  details:
    'Looks at the token, its user and GitLab itself, and at the settings, rights and CI of every selected project. Each check has a verdict: ok, warning, problem, or unknown where GitLab does not say. Changes nothing.',
  operand: null,
  formats: [...TABLE_AND_JSON, { name: 'markdown', description: 'for an issue or a merge request' }],
  options: [
    ...CONNECTION_OPTIONS,
    ...SELECTION_OPTIONS,
    { name: 'fail-on', value: 'VERDICT', choices: ['problem', 'warning'], description: 'from which verdict on the exit code is 1' },
    { name: 'webhook', value: 'URL', description: 'address under which GitLab reaches `serve`: each project is looked through for a webhook that leads there' },
    { name: 'all', value: null, description: 'show in the table what is well, too' },
  ],
  exits: [{ code: 0, meaning: 'no problem' }, { code: 1, meaning: 'a problem; with --fail-on warning a warning, too' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ setup }, { preflight: look }, { fails, preflightJson, summarize }, { preflightTable }, { preflightMarkdown }] = await Promise.all([
      import('../setup.ts'),
      import('../preflight/preflight.ts'),
      import('../preflight/report.ts'),
      import('../preflight/table.ts'),
      import('../preflight/markdown.ts'),
    ]);
    const webhook = args.value('webhook');
    if (webhook !== null && !/^https?:$/.test(URL.parse(webhook)?.protocol ?? '')) return fail({ code: 'usage', message: `--webhook cannot be ${JSON.stringify(webhook)}`, remedy: 'Write the address as it stands in the webhook: https://renovate.example.com/webhook.' });
    const ready = setup(args, context);
    context.step(`asking ${ready.endpoint}`);
    const report = await look({ setup: ready, webhook, now: context.io.now(), step: context.step });
    const text = { json: () => preflightJson(report), markdown: () => preflightMarkdown(report), table: () => preflightTable(report, args.given('all'), context.style) }[args.format as 'json' | 'markdown' | 'table']();
    return { text, exit: fails(summarize(report), args.value('fail-on') === 'warning' ? 'warning' : 'problem') ? 1 : 0 };
  },
};
