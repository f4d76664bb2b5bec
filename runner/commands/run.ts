import { resolve } from 'node:path';
import { FailureError } from '../../src/base/failure.ts';
import type { Command } from '../../src/program/command.ts';
import { packageVersion } from '../../src/program/package.ts';
import type { RunnerContext } from '../context.ts';
import { CONCURRENCY_OPTION, CONNECTION_OPTIONS, DRY_RUN_OPTION, REPORT_OPTION, SELECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const run: Command<RunnerContext> = {
  name: 'run',
  question: 'Run Renovate on every project, and say what came of it.',
  details: 'Finds the projects, shares them out among Renovate processes, goes on when some fail, repeats what failed for a time only, and writes report.json, report.md, report.html and junit.xml with a log for each process.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [...CONNECTION_OPTIONS, ...SELECTION_OPTIONS, CONCURRENCY_OPTION, REPORT_OPTION, DRY_RUN_OPTION],
  exits: [{ code: 0, meaning: 'every project was run' }, { code: 1, meaning: 'some projects failed, or a signal ended the run; the report says which' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const { io, style } = context;
    const [{ requireSelection, setup }, { planOf, previousOf, run: runAll }, { installedRenovate }, { startTicker }, { reportJson, writeFiles }, { reportFiles }, { reportTable }, { lazyCoverage }] = await Promise.all([
      import('../setup.ts'),
      import('../run.ts'),
      import('../renovate/installed.ts'),
      import('../progress.ts'),
      import('../report/write.ts'),
      import('../report/files.ts'),
      import('../report/table.ts'),
      import('../validator.ts'),
    ]);
    const ready = setup(args, context);
    requireSelection(ready);
    const directory = resolve(io.cwd, ready.config.report.directory);
    const previous = previousOf(ready.config, directory, io.cwd);
    context.step(`asking ${ready.endpoint} for the projects`);
    const plan = await planOf(ready);
    const renovate = installedRenovate();
    const coverage = ready.config.report.coverage ? lazyCoverage() : null;
    const ticker = startTicker(io, style, plan.members.length);
    try {
      const facts = { runner: packageVersion(), renovate: renovate.version, dryRun: args.given('dry-run') };
      const report = await runAll({ setup: ready, context, plan, previous, facts, renovate: renovate.entry, directory, coverage, tell: ticker.tell });
      ticker.end();
      const text = args.format === 'json' ? reportJson(report) : reportTable(report, style);
      const answer = { text, exit: report.summary.failed > 0 || report.interrupted ? 1 : 0 } as const;
      try {
        await writeFiles(directory, reportFiles(report));
      } catch (error) {
        // what half an hour found out must not be lost with the disk
        if (error instanceof FailureError) io.stdout(text);
        throw error;
      }
      return answer;
    } finally {
      ticker.end();
      await coverage?.close();
    }
  },
};
