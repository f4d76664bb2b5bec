import { oneLine } from '../../src/base/text.ts';
import type { Command } from '../../src/program/command.ts';
import type { RunnerContext } from '../context.ts';
import { mergeRequestOf, MERGE_REQUEST_OPTIONS } from './merge-request.ts';
import { CONNECTION_OPTIONS } from './options.ts';
import { COULD_NOT_REACH, TABLE_AND_JSON } from './shared.ts';

export const gate: Command<RunnerContext> = {
  name: 'gate',
  question: 'May this merge request be merged, or has an application that it touches an open incident?',
  details: 'For a job in merge request pipelines of the cluster repository: it fails while an application whose version the change touches has an open incident, unless it has the label renovate-argocd-revert (opened by `revert`) or renovate-argocd-fix (a person says that it mends the application). With "Pipelines must succeed" nothing merges past it.',
  operand: null,
  formats: TABLE_AND_JSON,
  options: [
    ...CONNECTION_OPTIONS,
    ...MERGE_REQUEST_OPTIONS,
  ],
  exits: [{ code: 0, meaning: 'it may pass' }, { code: 1, meaning: 'an incident is in its way' }, ...COULD_NOT_REACH],

  async run(args, context) {
    const [{ setup }, { gateOf }] = await Promise.all([import('../setup.ts'), import('../incidents/check.ts')]);
    const { path, iid } = mergeRequestOf(args, context.io.env);
    const verdict = await gateOf(setup(args, context), path, iid, context);
    const text = args.format === 'json' ? `${JSON.stringify({ version: 1, ...verdict }, null, 2)}\n` : [`${verdict.open ? '✓ open' : '✗ closed'}: ${oneLine(verdict.reason)}`, ...verdict.holds.map(({ incident }) => `  ${incident.project}#${incident.iid} ${incident.title === null ? '' : `${oneLine(incident.title)} `}${incident.url}`)].join('\n') + '\n';
    return { text, exit: verdict.open ? 0 : 1 };
  },
};
