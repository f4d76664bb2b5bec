import { fail } from '../../src/base/failure.ts';
import type { Arguments, Option } from '../../src/program/command.ts';
import type { Io } from '../../src/program/io.ts';

/** Options of commands that are about one merge request. */
export const MERGE_REQUEST_OPTIONS: readonly Option[] = [
  { name: 'project', value: 'PATH', description: 'the project, in GitLab CI by default the one of the job' },
  { name: 'merge-request', value: 'IID', description: 'its number, in GitLab CI by default the one of the pipeline' },
];

/** @throws FailureError `usage` when neither the options nor the pipeline name one */
export function mergeRequestOf(args: Arguments, env: Io['env']): { readonly path: string; readonly iid: number } {
  const path = args.value('project') ?? env['CI_PROJECT_PATH'];
  const iid = Number(args.value('merge-request') ?? env['CI_MERGE_REQUEST_IID']);
  if (path === undefined || !Number.isInteger(iid) || iid < 1) return fail({ code: 'usage', message: 'no merge request is named', remedy: 'Run it in a merge request pipeline (rules: - if: $CI_PIPELINE_SOURCE == "merge_request_event"), or write --project PATH --merge-request IID.' });
  return { path, iid };
}
