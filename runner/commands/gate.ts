import { fail } from '../../src/base/failure.ts';
import { oneLine } from '../../src/base/text.ts';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { CONNECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const gate: Command<RunnerContext> = {
  name: 'gate',
  question: 'May this merge request be merged, or has an application that it touches an open incident?',
  details: 'For a job in merge request pipelines of the cluster repository: it fails while an application whose version the change touches has an open incident, unless the change is the way back or labelled as the mending (renovate-argocd::fix). With "Pipelines must succeed" nothing merges past it.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [
    ...CONNECTION_OPTIONS,
    { name: 'project', value: 'PATH', description: 'the project, in GitLab CI by default the one of the job' },
    { name: 'merge-request', value: 'IID', description: 'its number, in GitLab CI by default the one of the pipeline' },
  ],
  exits: [{ code: 0, meaning: 'it may pass' }, { code: 1, meaning: 'an incident is in its way' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ setup }, { gateOf }] = await Promise.all([import('../setup.ts'), import('../incidents/check.ts')]);
    const { env } = context.io;
    const path = args.value('project') ?? env['CI_PROJECT_PATH'];
    const iid = Number(args.value('merge-request') ?? env['CI_MERGE_REQUEST_IID']);
    if (path === undefined || !Number.isInteger(iid) || iid < 1) return fail({ code: 'usage', message: 'no merge request is named', remedy: 'Run it in a merge request pipeline (rules: - if: $CI_PIPELINE_SOURCE == "merge_request_event"), or write --project PATH --merge-request IID.' });
    const verdict = await gateOf(setup(args, context), path, iid, context);
    const text = args.format === 'json' ? `${JSON.stringify({ version: 1, ...verdict }, null, 2)}\n` : [`${verdict.open ? '✓ open' : '✗ closed'}: ${oneLine(verdict.reason)}`, ...verdict.holds.map(({ incident }) => `  ${incident.project}#${incident.iid} ${oneLine(incident.title)} ${incident.url}`)].join('\n') + '\n';
    return { text, exit: verdict.open ? 0 : 1 };
  },
};
