import { fail } from '../../src/base/failure.ts';
import { oneLine } from '../../src/base/text.ts';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { CONNECTION_OPTIONS, DRY_RUN_OPTION } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const revert: Command<RunnerContext> = {
  name: 'revert',
  question: 'Which merge request puts the application of an incident back to the version before?',
  details: 'Opens it on the current default branch, whatever else has changed there since, links it with the incident, and keeps the bad version from coming again until a newer one is released or a person takes its label off. Never twice for an incident, never what a person changed since, never a revert of a revert.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [...CONNECTION_OPTIONS, { name: 'project', value: 'PATH', description: 'the project that has the incident' }, { name: 'incident', value: 'IID', description: 'its number' }, DRY_RUN_OPTION],
  exits: [{ code: 0, meaning: 'the merge request is opened, or is there already' }, { code: 1, meaning: 'it is not possible; the answer says why' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ setup }, { undo }] = await Promise.all([import('../setup.ts'), import('../incidents/undo.ts')]);
    const path = args.value('project');
    const iid = Number(args.value('incident'));
    if (path === null || !Number.isInteger(iid) || iid < 1) return fail({ code: 'usage', message: 'no incident is named', remedy: 'Write --project platform/cluster --incident 3; `incidents` lists them.' });
    const outcome = await undo(setup(args, context), path, iid, !args.given('dry-run'), context);
    const { mergeRequest, title, versions, refusal } = outcome;
    const there = refusal === null || ['merge-request-open', 'done-before', 'already-back'].includes(refusal.code);
    const rows = versions.map(({ file, good, bad }) => `  ${oneLine(file)}: ${bad} → ${good}`);
    const head = refusal !== null ? `nothing to do: ${oneLine(refusal.reason)}` : mergeRequest === null ? `would open: ${oneLine(title ?? '')}` : `opened !${mergeRequest.iid} ${oneLine(title ?? '')} ${mergeRequest.url}`;
    return { text: args.format === 'json' ? `${JSON.stringify({ version: 1, ...outcome }, null, 2)}\n` : `${[head, ...rows].join('\n')}\n`, exit: there ? 0 : 1 };
  },
};
