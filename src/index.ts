/** Public API: the analysis that the commands print, and the rules that judge it. */
export { analyse, type Analysis, type AnalyseRequest } from './cli/analyse.ts';
export { openCoverage, type CoverageReader } from './cli/coverage.ts';
export { openScheduleFit, type MissedSchedule, type ScheduleFitReader, type ScheduleFitRequest } from './cli/schedule-fit.ts';
export { judge } from './cli/judge.ts';
export { rules } from './lint/rules/index.ts';
export { FailureError, type Failure, type FailureCode } from './base/failure.ts';
export type { Finding, Rule, Severity } from './lint/rule.ts';
export type { CoveredPin, ManagedBy, PinStatus, ReasonCode } from './coverage/coverage.ts';
export type { Pin, PinKind } from './pins/pin.ts';
export type { ConfigMessage, Engine, JsonObject, ManagerRun, MissingPreset, PresetSources } from './renovate/types.ts';
