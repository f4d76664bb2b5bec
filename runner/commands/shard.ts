import { resolve } from 'node:path';
import { fail } from '../../src/base/failure.ts';
import { plural } from '../../src/base/text.ts';
import type { Answer, Arguments, Command } from '../../src/program/command.ts';
import { packageVersion } from '../../src/program/package.ts';
import type { RunnerContext } from '../context.ts';
import { CONNECTION_OPTIONS, SELECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH } from './shared.ts';

export const shard: Command<RunnerContext> = {
  name: 'shard',
  question: 'Which child pipeline spreads the run over several jobs?',
  details:
    'Writes a GitLab child pipeline: jobs of about the same length by the durations of the last report, each with its own projects, and one behind them that makes one report of theirs. Start it with `trigger: include: artifact:`. With --collect it is that last job: it merges the reports, and names every planned project that no job has reported.',
  operand: null,
  formats: [
    { name: 'gitlab', description: 'the pipeline' },
    { name: 'json', description: 'the shards with their projects' },
  ],
  options: [...CONNECTION_OPTIONS, ...SELECTION_OPTIONS, { name: 'collect', value: null, description: 'merge the reports of the jobs' }],
  exits: [{ code: 0, meaning: 'the pipeline is written; with --collect: every project was run' }, { code: 1, meaning: 'with --collect: some projects failed, or no job reported them' }, ...COULD_NOT_REACH],

  async run(args, context) {
    return args.given('collect') ? collect(args, context) : write(args, context);
  },
};

async function write(args: Arguments, context: RunnerContext): Promise<Answer> {
  const [{ requireSelection, setup }, { planOf, jobsOf, previousOf }, { shards }, { childPipeline, MOST_BYTES }] = await Promise.all([import('../setup.ts'), import('../run.ts'), import('../shard/plan.ts'), import('../shard/pipeline.ts')]);
  const { cwd } = context.io;
  const ready = setup(args, context);
  requireSelection(ready);
  context.step(`asking ${ready.endpoint} for the projects`);
  const { members, skipped } = await planOf(ready);
  const previous = previousOf(ready.config, resolve(cwd, ready.config.report.directory), cwd);
  const planned = shards(jobsOf(members, previous), ready.config.shard);
  context.note(`${plural(members.length, 'project')} in ${plural(planned.length, 'job')}, ${skipped.length} skipped (\`plan\` names them)`);
  if (args.format === 'json') return { text: `${JSON.stringify({ version: 1, shards: planned }, null, 2)}\n`, exit: 0 };
  const text = childPipeline({ shards: planned, config: ready.config, configFile: args.value('config'), version: packageVersion() });
  if (Buffer.byteLength(text) > MOST_BYTES) fail({ code: 'runner-config', message: `the child pipeline has ${Buffer.byteLength(text)} bytes, and GitLab takes ${MOST_BYTES}`, remedy: 'Split the configuration into two, by groups, with a schedule each.' });
  return { text, exit: 0 };
}

async function collect(args: Arguments, context: RunnerContext): Promise<Answer> {
  const [{ requireSelection, setup }, { planOf, previousOf }, { collectShards }, { reportFiles }, { writeFiles }, { reportTable }] = await Promise.all([
    import('../setup.ts'),
    import('../run.ts'),
    import('../shard/collect.ts'),
    import('../report/files.ts'),
    import('../report/write.ts'),
    import('../report/table.ts'),
  ]);
  const { cwd } = context.io;
  const ready = setup(args, context);
  requireSelection(ready);
  const directory = resolve(cwd, ready.config.report.directory);
  const previous = previousOf(ready.config, directory, cwd);
  const plan = await planOf(ready);
  const report = collectShards({ directory, plan, previous, endpoint: ready.endpoint, now: context.io.now(), jobs: ready.config.shard.jobs });
  await writeFiles(directory, reportFiles(report));
  return { text: reportTable(report, context.style), exit: report.summary.failed > 0 || report.interrupted ? 1 : 0 };
}
