import type { Branch, LogEvent } from './log.ts';

/** How a project's turn ended. Renovate's own words where it said one (constants/error-messages, 44.121.2), else ours for what became of its process. */
export type OutcomeCode = RenovateResult | ProcessEnd;

export type RenovateResult = keyof typeof RESULTS;

/** A process that ended before the project did. */
export type ProcessEnd = 'crashed' | 'killed' | 'out-of-memory' | 'hung' | 'time-limit' | 'not-started' | 'interrupted' | 'busy' | 'unknown';

export interface Meaning {
  /** `done`: Renovate did its work. `disabled`: it found that there is none to do. */
  readonly status: 'done' | 'disabled' | 'failed';
  /** Whether another try may help. */
  readonly temporary: boolean;
  readonly text: string;
  readonly remedy: string | null;
}

function done(text: string): Meaning {
  return { status: 'done', temporary: false, text, remedy: null };
}

function disabled(text: string, remedy: string | null = null): Meaning {
  return { status: 'disabled', temporary: false, text, remedy };
}

function failed(text: string, remedy: string, temporary = false): Meaning {
  return { status: 'failed', temporary, text, remedy };
}

const CONFIG_REMEDY = 'Run `renovate-argocd check` in the project: it shows the line. Renovate has opened an issue there, too.';
const TOKEN_REMEDY = 'Put a valid token into the variable, with the scopes api and write_repository.';

export const RESULTS = {
  done: done('done'),
  automerged: done('done, merged'),
  onboarding: done('a merge request proposes a Renovate config'),
  'no-work': done('nothing to do'),
  archived: disabled('archived'),
  blocked: failed('GitLab has blocked the repository', 'Ask its administrator.'),
  'cannot-fork': failed('it cannot be forked', 'Give the token the right to fork, or switch off fork mode.'),
  disabled: disabled('merge requests or the repository are switched off'),
  'disabled-closed-onboarding': disabled('somebody closed the merge request that proposed a config', 'Rename that merge request, or commit a renovate.json.'),
  'disabled-by-config': disabled('switched off by its own config (`enabled: false`)'),
  'disabled-no-config': disabled('no Renovate config', 'Commit a renovate.json, or set `onboarding: true`.'),
  empty: disabled('no commit yet'),
  'fork-missing': failed('the fork is missing', 'Create it, or switch off fork mode.'),
  'fork-mode-forked': disabled('a fork'),
  fork: disabled('a fork', 'Set `forks: true` to run forks.'),
  mirror: disabled('a mirror'),
  'no-package-files': disabled('no file that a manager reads', 'Run `renovate-argocd check`: it shows which versions nobody manages.'),
  'no-vulnerability-alerts': disabled('no vulnerability alerts'),
  'pending-deletion': disabled('about to be deleted'),
  renamed: failed('the project has another path now', 'Name it by its new path.'),
  uninitiated: disabled('not initiated'),
  forbidden: failed('the token may not enter it', "Make the token's user a Developer of the project, or exclude it."),
  'not-found': failed('it does not exist, or the token may not see it', 'Correct the path, or make the user of the token a member.'),

  'config-validation': failed('its Renovate config is invalid', CONFIG_REMEDY),
  'config-presets-invalid': failed('a preset of the global options cannot be used', 'Correct `renovate.extends` in runner.json5.'),
  'config-secrets-exposed': failed('its config would expose a secret', CONFIG_REMEDY),
  'config-secrets-invalid': failed('a secret of its config is invalid', CONFIG_REMEDY),
  'config-variables-invalid': failed('a variable of its config is invalid', CONFIG_REMEDY),
  'config-git-url-unavailable': failed('GitLab gives no address to clone from', 'Set `renovate: { gitUrl: "endpoint" }` in runner.json5.'),
  'config-inherit-not-found': failed('its inherited config does not exist', 'Create it, or switch off `inheritConfig`.'),
  'config-inherit-parse-error': failed('its inherited config cannot be read', CONFIG_REMEDY),
  'missing-api-credentials': failed('credentials are missing for something it updates', 'Pass them by RENOVATE_HOST_RULES; Renovate has opened an issue in the project.'),

  'external-host-error': failed('a host that it needs did not answer: GitLab, or a chart registry', 'See the warnings below for its name. Tried again in the next run.', true),
  'lockfile-error': failed('a lock file could not be updated', 'See the log.', true),
  'repository-changed': failed('somebody pushed while Renovate worked', 'Tried again in the next run.', true),
  'temporary-error': failed('a temporary error', 'Tried again in the next run.', true),
  'rate-limit-exceeded': failed('GitLab limits the rate of requests', 'Run less often, or spread the work over time.', true),
  'platform-not-found': failed('GitLab was not found', 'Check `endpoint`.', true),
  'platform-unknown-error': failed('GitLab failed', 'Tried again in the next run.', true),
  'platform-failure': failed('GitLab failed', 'Tried again in the next run.', true),
  'authentication-error': failed('GitLab refuses the token', TOKEN_REMEDY),
  'bad-credentials': failed('GitLab refuses the token', TOKEN_REMEDY),
  'integration-unauthorized': failed('the token lacks a right', 'Give its user the role Developer and the token the scope api.'),
  'gpg-failed': failed('the commit could not be signed', 'Check RENOVATE_GIT_PRIVATE_KEY.'),
  'disk-space': failed('the disk is full', 'Give the job more space, or fewer projects to a batch.', true),
  'out-of-memory': failed('not enough memory', 'Give the job more memory, or set `concurrency` lower.', true),
  'unknown-error': failed('an unexpected error', 'See the log.'),
} as const satisfies Readonly<Record<string, Meaning>>;

export const PROCESS_ENDS: Readonly<Record<ProcessEnd, Meaning>> = {
  crashed: failed('Renovate crashed while it worked on it', 'See the end of the log; report it to Renovate if it lasts.', true),
  killed: failed('something outside ended Renovate (SIGKILL)', 'Mostly the system, for want of memory: give the job more, or set `concurrency` lower.', true),
  'out-of-memory': failed('Renovate needed more memory than it may have', 'Give `memory` more megabytes, or the project a batch of its own.', true),
  hung: failed('Renovate fell silent and was ended', 'See the last lines of the log for what it waited for; `batch.stall` says how long silence may last.'),
  'time-limit': failed('the time limit ended it', 'Raise `batch.limit`, or split the project.'),
  'not-started': failed('Renovate ended before its turn', 'See the problems of the run.', true),
  interrupted: failed('the run was interrupted', 'It is done in the next run.'),
  busy: { ...disabled('another runner works on it', 'Nothing is lost: the other one reports it. A runner that was killed is waited for up to ten minutes.'), temporary: true },
  unknown: failed('Renovate gave a result that this version does not know', 'See the log.'),
};

export function meaningOf(code: OutcomeCode): Meaning {
  return code in RESULTS ? RESULTS[code as RenovateResult] : PROCESS_ENDS[code as ProcessEnd];
}

/** What the log tells of one project. */
export interface Trace {
  readonly project: string;
  /** Null as long as it is not finished. */
  readonly outcome: OutcomeCode | null;
  readonly seconds: number;
  /** Of the last pass: after an automerge Renovate starts the project over. */
  readonly branches: readonly Branch[];
  readonly changes: readonly { readonly branch: string; readonly what: 'created' | 'updated' | 'merged' | 'pushed' }[];
  readonly problems: readonly string[];
}

/** Adds one event to what is known; events of no project change nothing. */
export function traced(traces: ReadonlyMap<string, Trace>, event: LogEvent): ReadonlyMap<string, Trace> {
  if (event.project === null) return traces;
  const trace = traces.get(event.project) ?? { project: event.project, outcome: null, seconds: 0, branches: [], changes: [], problems: [] };
  return new Map(traces).set(event.project, advanced(trace, event));
}

function advanced(trace: Trace, event: LogEvent): Trace {
  switch (event.type) {
    case 'started':
      return trace;
    case 'finished':
      // both passes of a project that was started over are its time
      return { ...trace, outcome: explained(resultOf(event.result), trace.problems), seconds: trace.seconds + event.seconds };
    case 'branches':
      return { ...trace, branches: event.branches };
    case 'branch':
      return { ...trace, changes: [...trace.changes, { branch: event.branch, what: event.what }] };
    case 'lookups':
      return { ...trace, problems: union(trace.problems, event.failed) };
    case 'problem':
      return { ...trace, problems: union(trace.problems, [event.message]) };
  }
}

function union(known: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...known, ...more])];
}

/** What Renovate calls an unknown error says more in its message: got's and Node's own words (got 14, 44.121.2). */
const REASONS: readonly (readonly [RegExp, RenovateResult])[] = [
  [/status code 401\b/, 'authentication-error'],
  [/status code 403\b/, 'forbidden'],
  [/status code 429\b/, 'rate-limit-exceeded'],
  [/status code 5\d\d\b|Content-Length mismatch|ECONNRESET|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|socket hang up|Timeout awaiting|aborted/, 'platform-failure'],
];

function explained(outcome: OutcomeCode, problems: readonly string[]): OutcomeCode {
  if (outcome !== 'unknown-error') return outcome;
  return REASONS.find(([pattern]) => problems.some((problem) => pattern.test(problem)))?.[1] ?? outcome;
}

/** Without a result it did not get to its end, whatever the exit code says. */
function resultOf(result: string | null): OutcomeCode {
  if (result === null) return 'unknown-error';
  return Object.hasOwn(RESULTS, result) || Object.hasOwn(PROCESS_ENDS, result) ? (result as OutcomeCode) : 'unknown';
}
