import type { Alerting } from '../alerts/alerting.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import type { Shadow } from '../pins/shadow.ts';
import type { ConfigMessage, EntrySource, ExtractedDependency, JsonObject, JudgedRule, ManagerRun, MissingPreset, UnreadManager } from '../renovate/types.ts';

export type { Alert, Alerting, Credential, Matcher, Place, Receiver, Route, Routing, SecretEntry, Series, Webhook, Written } from '../alerts/alerting.ts';
export type { Override, OverrideKind, Shadow } from '../pins/shadow.ts';

/** Everything a rule may look at: plain data, and two judges that need a regex engine. */
export interface Model {
  readonly pins: readonly CoveredPin[];
  /** Pins that other places override in every deployment. */
  readonly shadows: readonly Shadow[];
  readonly runs: readonly ManagerRun[];
  readonly managers: readonly WrittenManager[];
  readonly packageRules: PackageRules;
  /** Null when nobody says when Renovate is started, or no schedule restricts it. */
  readonly timetable: Timetable | null;
  /** Prometheus' rules, Alertmanager's settings and Secrets; read when a rule first asks. */
  readonly alerting: Alerting;
  readonly missing: readonly MissingPreset[];
  readonly messages: readonly ConfigMessage[];
  readonly config: JudgedConfig;
  /** What the user wrote: the config first, then the presets that were read from disk. Presets of this package are not among them. */
  readonly documents: readonly Document[];
  /** Paths from the judged directory. */
  readonly files: readonly string[];
  /** Text of a file of the repository, read when it is asked for; empty for an unknown one. */
  text(file: string): string;
  readonly names: KnownNames;
  readonly patterns: PatternJudge;
  /** Suppression comments that silenced nothing; only for rules that run last. */
  readonly idle?: readonly IdleSuppression[];
}

/** Renovate's own names for where versions come from and how they are compared. */
export interface KnownNames {
  readonly datasources: readonly string[];
  readonly versionings: readonly string[];
  /** As `matchManagers` takes them: `argocd`, `custom.regex`. */
  readonly managers: readonly string[];
  /** Where charts of well-known names come from. */
  readonly charts: Readonly<Record<string, string>>;
  /** Of managers, as `matchCategories` takes them. */
  readonly categories: readonly string[];
  /** Options that a rule adds to what was there instead of replacing it. */
  readonly mergeable: readonly string[];
  /** Datasources that never say when a version came out. */
  readonly withoutReleaseDates: readonly string[];
}

export interface JudgedConfig {
  /** Path of the config file, null when the repository has none. */
  readonly file: string | null;
  /** After every `extends`. */
  readonly resolved: JsonObject;
}

export interface Document {
  /** As `EntrySource.source` names it. */
  readonly source: string;
  readonly value: JsonObject;
}

/** A manager that the user configured, and what came of it. */
export interface WrittenManager {
  readonly source: string;
  /** `argocd`, `custom.regex`, … */
  readonly manager: string;
  /** For messages: `the argocd manager`, `customManagers[0] (custom.regex)`. */
  readonly label: string;
  readonly path: readonly (string | number)[];
  readonly patterns: readonly { readonly pattern: string; readonly path: readonly (string | number)[] }[];
  /** The block or entry as written. */
  readonly settings: JsonObject;
  /** Null for a built-in manager that reads no file. */
  readonly run: ManagerRun | null;
}

/** What package rules make of the dependencies; empty when the config has nothing to judge. */
export interface PackageRules {
  /** In the order in which they apply: the rules that users wrote, and those that bear on them. */
  readonly rules: readonly AppliedRule[];
  readonly subjects: readonly RuleSubject[];
  /** Managers that Renovate has besides, with their files; only filled when a rule fits nothing. */
  readonly unread: readonly UnreadManager[];
}

/** A rule after every `extends`; one rule as written can become several, a block of its own for each update type. */
export interface AppliedRule extends JudgedRule {
  readonly source: EntrySource | null;
  readonly settings: JsonObject;
}

/** Dependencies that no rule can tell apart, by the first of them. */
export interface RuleSubject {
  readonly manager: string;
  readonly dependency: ExtractedDependency;
  readonly count: number;
}

/** When Renovate is started, and whether the schedules of the config are ever met. */
export interface Timetable {
  readonly crons: readonly { readonly expression: string; readonly timezone: string | null; readonly origin: string }[];
  /** The first starts, in milliseconds since 1970. */
  readonly next: readonly number[];
  readonly schedules: readonly JudgedSchedule[];
}

export type ScheduleOption = 'schedule' | 'automergeSchedule';

export interface JudgedSchedule {
  readonly option: ScheduleOption;
  readonly entries: readonly string[];
  /** Null for UTC. */
  readonly timezone: string | null;
  readonly source: string;
  readonly path: readonly (string | number)[];
  readonly met: boolean;
}

/** Answers for patterns from configs, which are untrusted: regexes run on a linear-time engine only. */
export interface PatternJudge {
  /** RE2's own complaint about a regex, null when it accepts it. */
  refusal(regex: string): string | null;
  /** Whether a search with the regex can end in a match without a single character. */
  findsNothing(regex: string): boolean;
  /** The longest beginning of a regex that is found in the texts; null when not even its first character is. */
  reach(regex: string, texts: readonly SearchedText[]): Reach | null;
  /** How RegExp, which Renovate uses where RE2 is missing, reads a regex that RE2 accepts. */
  asRegExp(regex: string): RegExpReading;
  /** The part of a regex that can take exponential time on a backtracking engine, null when there is none. */
  exponentialPart(regex: string): string | null;
  /** Every match in the text with its named groups; none for a regex that RE2 refuses. */
  matchesOf(regex: string, text: string): readonly RegexMatch[];
  /** Whether the file matches a `managerFilePatterns` entry, read as Renovate reads it. */
  matches(pattern: string, file: string): boolean;
  /** The `ignorePaths` entry that keeps Renovate away from the file, null when there is none. */
  ignoredBy(ignorePaths: readonly string[], file: string): string | null;
}

export interface SearchedText {
  readonly file: string;
  readonly text: string;
}

/** How far a regex gets. */
export interface Reach {
  readonly file: string;
  /** Behind what fits, in UTF-16 code units from 0. */
  readonly offset: number;
  /** The beginning of the regex that fits, and the rest, which is empty when all of it does. */
  readonly fits: string;
  readonly rest: string;
}

export type RegExpReading =
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Tokens that are plain letters to RegExp. */
  | { readonly kind: 'otherwise'; readonly tokens: readonly string[] }
  /** Some characters are meant by one only: `regex` lets RE2 do what RegExp would, and the same comes out of a text without `telling`. */
  | { readonly kind: 'rewritten'; readonly regex: string; readonly telling: RegExp };

/** Offsets count in UTF-16 code units from 0. */
export interface RegexMatch {
  readonly offset: number;
  readonly length: number;
  /** Those that took part, by name. */
  readonly groups: Readonly<Record<string, { readonly offset: number; readonly text: string }>>;
}

/** A comment that silences findings: `# renovate-argocd-ignore RULE[, RULE] [until YYYY-MM-DD]: reason`, on the line of the finding or above it. */
export interface Suppression {
  readonly file: string;
  /** Of the comment. */
  readonly line: number;
  readonly column: number;
  /** Of the line that it speaks of. */
  readonly target: number;
  readonly rules: readonly string[];
  /** Last day on which it holds, null for ever. */
  readonly until: string | null;
  readonly reason: string | null;
}

/** A suppression that silenced nothing, and why. */
export interface IdleSuppression {
  readonly suppression: Suppression;
  readonly cause: 'unused' | 'expired' | 'no-reason';
}
