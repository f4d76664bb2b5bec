import { version } from 'renovate-facts';
import { massageConfig } from 'renovate/dist/config/massage.js';
import { migrateConfig } from 'renovate/dist/config/migration.js';
import { regexEngineStatus } from 'renovate/dist/util/regex.js';
import type { Extraction, Progress, ResolvedExtract } from './extract.ts';
import { withoutSources } from './sources.ts';
import type { ConfigMessage, DecideRequest, Decisions, Engine, MatchRequest, Resolved, ResolveRequest, RuleMatches, ScheduleAnswer, ScheduleRequest, ValidateRequest } from './types.ts';

/**
 * Answers the port with Renovate's own code; with its neighbours in this folder the only importer of `renovate/dist`. It runs in the
 * thread that client.ts starts. What one question alone needs is loaded when it is asked.
 */
export async function engine(): Promise<Engine> {
  return { renovate: version, regex: regexEngineStatus.type === 'available' ? 'RE2' : 'RegExp' };
}

export async function resolve(request: ResolveRequest): Promise<Resolved> {
  const { resolvePresets } = await import('./presets.ts');
  return resolvePresets(request);
}

export async function extract(request: ResolvedExtract, progress: Progress): Promise<Extraction> {
  const { extractAll } = await import('./extract.ts');
  return extractAll(request, progress);
}

export async function matchRules(request: MatchRequest, extraction: Extraction, progress: Progress): Promise<RuleMatches> {
  const { judgeRules } = await import('./match.ts');
  return judgeRules(request, extraction, progress);
}

export async function decide(request: DecideRequest, extraction: Extraction, progress: Progress): Promise<Decisions> {
  const { decideAll } = await import('./decide.ts');
  return decideAll(request, extraction, progress);
}

export async function schedules(request: ScheduleRequest, progress: Progress): Promise<ScheduleAnswer> {
  const { judgeSchedules } = await import('./schedules.ts');
  return judgeSchedules(request, progress);
}

/** As migrateAndValidate (config/migrate-validate.js, 44.121.2), which every repository config goes through. */
export async function validate(request: ValidateRequest): Promise<ConfigMessage[]> {
  const { withoutMissingPresets } = await import('./presets.ts');
  const { validateConfig } = await import('renovate/dist/config/validation.js');
  const massaged = massageConfig(migrateConfig(withoutSources(request.config)).migratedConfig);
  const config = await withoutMissingPresets(massaged, request.presets ?? { packageRoot: '', mapped: [] });
  const { errors, warnings } = (await validateConfig('repo', config)) as Record<'errors' | 'warnings', { topic: string; message: string }[]>;
  return [
    ...errors.map(({ topic, message }): ConfigMessage => ({ level: 'error', topic, message })),
    ...warnings.map(({ topic, message }): ConfigMessage => ({ level: 'warning', topic, message })),
  ];
}
