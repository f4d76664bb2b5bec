import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { CONNECTION_OPTIONS, SELECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const incidents: Command<RunnerContext> = {
  name: 'incidents',
  question: 'Which deployment incidents are open, which application does each concern, which change is suspected, and what is held?',
  details: 'Reads the incidents of each project, joins them with the versions that the project deploys and with the history of each, and says what follows. Changes nothing: `run` and `serve` write the notes, labels and holds.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [...CONNECTION_OPTIONS, ...SELECTION_OPTIONS],
  exits: [{ code: 0, meaning: 'no incident is open' }, { code: 1, meaning: 'some are open, or could not be read' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ requireSelection, setup }, { botsOf, planOf }, { incidentRounds }, { incidentsJson, incidentsTable }, { incidentSettings }, { lazyCoverage }] = await Promise.all([
      import('../setup.ts'),
      import('../run.ts'),
      import('../incidents/rounds.ts'),
      import('../incidents/report.ts'),
      import('../incidents/settings.ts'),
      import('../validator.ts'),
    ]);
    const ready = setup(args, context);
    requireSelection(ready);
    const { members } = await planOf(ready);
    const bots = await botsOf(members);
    const coverage = lazyCoverage();
    try {
      const { scope, ...settings } = incidentSettings(ready.config);
      const { rounds, problems } = await incidentRounds(members, { ...settings, scope: scope === 'off' ? 'application' : scope, now: context.io.now(), coverage, redact: ready.redact, env: context.io.env, signal: context.world.ending, botOf: ({ account }) => bots.get(account)!.username, write: false });
      const open = rounds.some(({ judged }) => judged.some(({ incident }) => incident.open));
      const text = args.format === 'json' ? incidentsJson({ rounds, problems }) : incidentsTable({ rounds, problems }, context.style);
      return { text, exit: open || problems.length > 0 ? 1 : 0 };
    } finally {
      await coverage.close();
    }
  },
};
