import * as z from 'zod';

/** What the runner reads of Renovate's NDJSON log at level debug (44.121.2). Messages are Renovate's own words, and the only sign of what it does. */

const Upgrade = z.object({ depName: z.string().nullish(), currentValue: z.string().nullish(), newValue: z.string().nullish(), newVersion: z.string().nullish(), updateType: z.string().nullish(), packageFile: z.string().nullish() });

export const Branch = z.object({
  branchName: z.string(),
  prNo: z.number().nullish(),
  prTitle: z.string().nullish(),
  /** `pending`, `needs-approval`, `pr-created`, … (workers/types, BranchResult). */
  result: z.string().nullish(),
  upgrades: z.array(Upgrade).default([]),
});
export type Branch = z.infer<typeof Branch>;

const Line = z.looseObject({
  level: z.number(),
  msg: z.string(),
  repository: z.string().optional(),
  branch: z.string().optional(),
  result: z.unknown().optional(),
  durationMs: z.unknown().optional(),
  branchesInformation: z.unknown().optional(),
  config: z.unknown().optional(),
});
export type LogLine = z.infer<typeof Line>;

export const WARN = 40;

/** `packageFiles with updates`: by manager, file and dependency. */
const PackageFiles = z.record(z.string(), z.array(z.object({ packageFile: z.string(), deps: z.array(z.object({ warnings: z.array(z.object({ message: z.string() })).default([]) })) })));

/** Null for what is no line of the log: a crash writes plain text between them. */
export function parseLine(text: string): LogLine | null {
  if (!text.startsWith('{')) return null;
  try {
    const parsed = Line.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export type LogEvent =
  | { readonly type: 'started'; readonly project: string }
  | { readonly type: 'finished'; readonly project: string; readonly result: string | null; readonly seconds: number }
  | { readonly type: 'branches'; readonly project: string; readonly branches: readonly Branch[] }
  | { readonly type: 'branch'; readonly project: string; readonly branch: string; readonly what: 'created' | 'updated' | 'merged' | 'pushed' }
  | { readonly type: 'lookups'; readonly project: string; readonly failed: readonly string[] }
  | { readonly type: 'problem'; readonly project: string | null; readonly severity: 'warning' | 'error'; readonly message: string };

/** Messages about one branch that tell of a change in GitLab. */
const CHANGES: Readonly<Record<string, 'created' | 'updated' | 'merged' | 'pushed'>> = {
  'PR created': 'created',
  'PR updated': 'updated',
  'Branch updated': 'updated',
  'PR automerged': 'merged',
  'Branch automerged': 'pushed',
};

/** Said at level warn of what a policy asks for: an OCI chart without a release date passes the soak by `minimumReleaseAgeBehaviour: timestamp-optional`. */
const HARMLESS = [/did not have a releaseTimestamp, but as we're running with minimumReleaseAgeBehaviour=timestamp-optional/];

export function eventOf(line: LogLine): LogEvent | null {
  const { msg, level, repository: project, branch } = line;
  if (project !== undefined) {
    if (msg === 'Repository started') return { type: 'started', project };
    if (msg === 'Repository finished') return { type: 'finished', project, result: typeof line.result === 'string' ? line.result : null, seconds: typeof line.durationMs === 'number' ? line.durationMs / 1000 : 0 };
    if (msg === 'branches info extended') return { type: 'branches', project, branches: z.array(Branch).catch([]).parse(line.branchesInformation) };
    if (msg === 'packageFiles with updates') return { type: 'lookups', project, failed: failedLookups(line.config) };
    const what = CHANGES[msg];
    if (what !== undefined && branch !== undefined) return { type: 'branch', project, branch, what };
  }
  return level < WARN || HARMLESS.some((pattern) => pattern.test(msg)) ? null : { type: 'problem', project: project ?? null, severity: level >= 50 ? 'error' : 'warning', message: problemText(line) };
}

/** A registry that is dead, or does not know the chart, is no problem to Renovate: it says so at level debug only, and on the dashboard. */
function failedLookups(config: unknown): string[] {
  const files = Object.values(PackageFiles.catch({}).parse(config)).flat();
  return files.flatMap(({ packageFile, deps }) => deps.flatMap(({ warnings }) => warnings.map(({ message }) => `${packageFile}: ${message}`.slice(0, 300))));
}

/** The reason stands beside the message, in an error whose own message says most. */
function problemText(line: LogLine): string {
  const { err, host, packageName } = line as { err?: { message?: unknown }; host?: unknown; packageName?: unknown };
  const details = [packageName, host, err?.message].filter((part) => typeof part === 'string' && part !== '' && !line.msg.includes(part));
  return [line.msg, ...details].join(': ').slice(0, 500);
}
