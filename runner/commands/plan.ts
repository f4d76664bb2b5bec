import { join } from 'node:path';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { CONNECTION_OPTIONS, REPORT_OPTION, SELECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const plan: Command<RunnerContext> = {
  name: 'plan',
  question: 'Which projects would run, in which job, and why is each other one skipped?',
  details: 'Asks GitLab for all that the configuration selects, and looks into each project for a Renovate config. No project is left out without a reason. Changes nothing.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [...CONNECTION_OPTIONS, ...SELECTION_OPTIONS, REPORT_OPTION],
  exits: [{ code: 0, meaning: 'the projects are listed' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ requireSelection, setup }, { planOf, jobsOf, previousOf }, { planJson, planTable }, { shards }] = await Promise.all([import('../setup.ts'), import('../run.ts'), import('../report/plan.ts'), import('../shard/plan.ts')]);
    const ready = setup(args, context);
    requireSelection(ready);
    context.step(`asking ${ready.endpoint}`);
    const { members, skipped } = await planOf(ready);
    const previous = previousOf(ready.config, join(context.io.cwd, ready.config.report.directory), context.io.cwd);
    const known = new Map(previous?.projects.map((project) => [project.path, project.seconds]));
    const sharded = shards(jobsOf(members, previous), ready.config.shard);
    const shardOf = new Map(sharded.flatMap(({ number, projects }) => projects.map((path) => [path, number] as const)));
    const projects = members.map(({ project: { path }, account }) => ({ path, account: account.name, seconds: known.get(path) ?? null, shard: shardOf.get(path)! }));
    const report = { endpoint: ready.endpoint, projects, skipped, shards: sharded.length };
    return { text: args.format === 'json' ? planJson(report) : planTable(report, context.style), exit: 0 };
  },
};
