import type { CoverageReader } from '../../src/index.ts';
import type { RunnerContext } from '../context.ts';
import { actionText } from '../incidents/report.ts';
import { incidentRounds } from '../incidents/rounds.ts';
import { incidentSettings } from '../incidents/settings.ts';
import type { Member } from '../run.ts';
import type { Setup } from '../setup.ts';
import type { Log } from './log.ts';

export interface HolderOptions {
  readonly setup: Setup;
  readonly context: Pick<RunnerContext, 'io' | 'world'>;
  readonly dryRun: boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly coverage: CoverageReader;
}

/** What an incident's webhook sets off: the round that every run begins with, for one project and at once. Null where incidents are not read. */
export function holder({ setup, context, dryRun, log, signal, coverage }: HolderOptions): ((member: Member) => Promise<void>) | null {
  const { scope, ...settings } = incidentSettings(setup.config);
  if (scope === 'off') return null;
  return async (member) => {
    const { username } = await member.account.gitlab.user();
    const { actions, problems } = await incidentRounds([member], { ...settings, scope, now: context.io.now(), coverage, redact: setup.redact, env: context.io.env, signal, botOf: () => username, write: !dryRun });
    for (const one of actions) one.actions.forEach((action) => log(`${one.member.project.path}${dryRun ? ', not written' : ''}: ${actionText(action)}`));
    problems.forEach(({ path, message }) => log(`${path}: ${message}`));
  };
}
