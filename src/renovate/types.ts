/**
 * The port to Renovate: plain data in, plain data out. `coverage/`, `policy/` and `lint/` know Renovate only through these types;
 * adapter.ts answers them with Renovate's own code.
 */

/** A JSON object as Renovate's config has them: checked where it is read, not here. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Engine {
  /** Version of the Renovate package that answers. */
  readonly renovate: string;
  /** Engine that runs regexes here: RE2 when the native module is present, else RegExp. Renovate's own images have RE2. */
  readonly regex: 'RE2' | 'RegExp';
}

/** Presets that need no network: those of this package, whatever the group in the reference, and those named by `--preset`. */
export interface PresetSources {
  /** Absolute path of the installed package: `…/renovate-argocd` is its default.json, `…/renovate-argocd//presets/x/y` its presets/x/y.json. */
  readonly packageRoot: string;
  /** `--preset REF=PATH`: REF without tag and arguments; presets relative to it resolve beside PATH. */
  readonly mapped: readonly { readonly reference: string; readonly file: string }[];
}

export interface ResolveRequest {
  readonly config: JsonObject;
  /** What findings name as source of everything written in the config itself, e.g. `renovate.json`. */
  readonly source: string;
  readonly presets: PresetSources;
}

export interface MissingPreset {
  /** As written in `extends`. */
  readonly reference: string;
  /** Renovate's own words. */
  readonly message: string;
}

export interface Resolved {
  /** The config after every `extends`, migrated; entries of customManagers and packageRules carry `SOURCE_KEY`. */
  readonly config: JsonObject;
  readonly missing: readonly MissingPreset[];
}

/** Key under which the resolved config remembers where a custom manager or package rule was written. Never printed. */
export const SOURCE_KEY = 'renovate-argocd:source';

/** Where an entry was written: the file or preset, and its index in the array there. */
export interface EntrySource {
  readonly source: string;
  readonly index: number;
}

export interface ExtractRequest {
  /** Absolute path of the judged directory. */
  readonly root: string;
  /** Paths from `root`, forward slashes: what git would list. */
  readonly files: readonly string[];
  /** From `resolve`; null for the answer to the last `resolve`, so that both can be asked at once and the thread goes on by itself. */
  readonly config: JsonObject | null;
  /** Texts that stand for those on disk, by path from `root`. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** One manager as Renovate would run it: a built-in one, or one entry of `customManagers`. */
export interface ManagerRun {
  /** `argocd`, `helmv3`, `custom.regex`, `custom.jsonata`, … */
  readonly manager: string;
  /** Position in the resolved `customManagers`, null for built-in ones. */
  readonly index: number | null;
  readonly source: EntrySource | null;
  readonly filePatterns: readonly string[];
  /** Regexes or queries of a custom manager. */
  readonly matchStrings: readonly string[];
  readonly matchedFiles: readonly string[];
  readonly dependencies: readonly ExtractedDependency[];
  /** Matches of a custom manager that gave no dependency; not kept for this package's own. */
  readonly dropped: readonly DroppedMatch[];
  /** Renovate's own error, e.g. a regex that the engine refuses. */
  readonly error: string | null;
}

/** What every dependency needs: depName or packageName, currentValue or currentDigest, datasource (custom/utils.js, 44.121.2). */
export type NecessaryField = 'name' | 'value' | 'datasource';

/** A match that Renovate discards for want of a field, with no more than a trace. */
export interface DroppedMatch {
  readonly file: string;
  /** The text that matched; null for JSONata and where a combination of matches has none of its own. */
  readonly match: TextRange | null;
  readonly missing: readonly NecessaryField[];
  /** Version or digest. */
  readonly value: string | null;
}

/** In UTF-16 code units, from 0. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

export interface ExtractedDependency {
  readonly file: string;
  readonly depName: string | null;
  readonly packageName: string | null;
  readonly datasource: string | null;
  readonly currentValue: string | null;
  /** Commit or digest beside the version, or in its place. */
  readonly currentDigest: string | null;
  readonly versioning: string | null;
  readonly registryUrls: readonly string[];
  /** False when a package rule or the config switches it off. */
  readonly enabled: boolean;
  /** Renovate's reason not to look it up, e.g. `invalid-value`, `local-chart`. */
  readonly skipReason: string | null;
  /** The text that matched, for a custom regex manager that is not this package's own. */
  readonly match: TextRange | null;
  readonly writeBack: WriteBack;
}

/** What Renovate's own auto-replace does to the file for a made-up newer version of the dependency. */
export type WriteBack =
  /** The text at `offset` (UTF-16, from 0), as long as the current value, becomes the new value and nothing else changes. */
  | { readonly kind: 'exact'; readonly offset: number }
  /** It changes several places, or more than the value. */
  | { readonly kind: 'spread'; readonly offsets: readonly number[] }
  /** Renovate could not write it. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** There is no version to write (no value, or one without a digit). */
  | { readonly kind: 'none' };

export interface MatchRequest {
  /** Which rules to judge, as indexes into the resolved `packageRules`. */
  readonly rules: readonly number[];
}

/**
 * What package rules make of the dependencies that the last `extract` found, by Renovate's own matchers. Each rule is judged as it would be in its turn:
 * after the rules before it have changed names, datasource or versioning.
 */
export interface RuleMatches {
  /** In the order of the request. */
  readonly rules: readonly JudgedRule[];
  /** Dependencies that none of the rules can tell apart are one subject. */
  readonly subjects: readonly Subject[];
  /** Managers that are not run here, with the files that Renovate would give them: their dependencies are not among the subjects. */
  readonly unread: readonly UnreadManager[];
}

export interface JudgedRule {
  readonly index: number;
  /** Those that `matchUpdateTypes` lets through, null without it: which update comes is known only after the lookup. */
  readonly updateTypes: readonly string[] | null;
  /** `matchIsBreaking`, null without it. */
  readonly isBreaking: boolean | null;
  /** One for each subject, all matchers but the two above considered. */
  readonly verdicts: readonly RuleVerdict[];
}

export type RuleVerdict =
  | { readonly kind: 'matches' }
  /** `matchers` are all that do not fit. */
  | { readonly kind: 'fails'; readonly matchers: readonly string[] }
  /** The others fit, `matchers` read what no one knows offline. */
  | { readonly kind: 'undecidable'; readonly matchers: readonly string[] };

/** Positions of its dependencies in the answer of `extract`. */
export interface Subject {
  readonly dependencies: readonly { readonly run: number; readonly index: number }[];
}

export interface UnreadManager {
  readonly manager: string;
  readonly datasources: readonly string[];
  readonly categories: readonly string[];
  readonly files: readonly string[];
}

/** When Renovate starts. */
export interface RunTime {
  /** Five fields. */
  readonly expression: string;
  /** IANA name, null for UTC. */
  readonly timezone: string | null;
}

/** When Renovate may work, as `schedule` and `automergeSchedule` say it. */
export interface Schedule {
  readonly entries: readonly string[];
  /** IANA name, null for UTC. */
  readonly timezone: string | null;
}

export interface ScheduleRequest {
  readonly crons: readonly RunTime[];
  readonly schedules: readonly Schedule[];
  /** Milliseconds since 1970: the runs of a year from then on are looked at. */
  readonly from: number;
}

export interface ScheduleAnswer {
  /** In the order of the request. */
  readonly crons: readonly CronAnswer[];
  /** For each schedule whether any of the runs meets it. */
  readonly met: readonly boolean[];
}

export type CronAnswer =
  /** The first runs, in milliseconds since 1970. */
  { readonly ok: true; readonly next: readonly number[] } | { readonly ok: false; readonly reason: string };

/** As the contract lists them. */
export const UPDATE_TYPES = ['major', 'minor', 'patch', 'pin', 'digest', 'rollback', 'replacement'] as const;
export type UpdateType = (typeof UPDATE_TYPES)[number];

export interface DecideRequest {
  /** Datasources that never say when a version came out: rules can ask for that. */
  readonly withoutReleaseDates: readonly string[];
}

/** What would become of an update of each type, for every dependency that the last `extract` found. */
export interface Decisions {
  /** Dependencies that are decided alike, with positions in `outcomes` in the order of UPDATE_TYPES. */
  readonly subjects: readonly { readonly dependencies: Subject['dependencies']; readonly cells: readonly number[] }[];
  readonly outcomes: readonly Outcome[];
}

/** How Renovate's config of an update reads in the end, and what made it so. */
export interface Outcome {
  readonly type: UpdateType;
  /** As the config names its block: `argocd`, `regex`, … */
  readonly manager: string;
  /** Options about whether, when and how it is proposed and merged, after all rules. */
  readonly settings: JsonObject;
  /** Options that the block for the update type (`patch: {…}`) of the config set. */
  readonly block: readonly string[];
  /** Rules that applied, as indexes into the resolved `packageRules`, in their order. */
  readonly rules: readonly number[];
  /** Rules that may apply too: the named matchers read what no one knows offline. */
  readonly undecided: readonly { readonly rule: number; readonly matchers: readonly string[] }[];
}

export interface ConfigMessage {
  readonly level: 'error' | 'warning';
  readonly topic: string;
  readonly message: string;
}

export interface ValidateRequest {
  readonly config: JsonObject;
  /** A preset file is judged by the same rules as a repository config; a global config is not what users commit. */
  readonly source: string;
  /** Where the `extends` of its package rules resolve; without them only built-in ones do. */
  readonly presets?: PresetSources;
}

/** Answers the questions that only Renovate can. One instance per command run; `close` ends its thread. */
export interface Renovate {
  engine(): Promise<Engine>;
  resolve(request: ResolveRequest): Promise<Resolved>;
  validate(request: ValidateRequest): Promise<readonly ConfigMessage[]>;
  extract(request: ExtractRequest): Promise<readonly ManagerRun[]>;
  /** About the answers of the last `resolve` and `extract`. */
  matchRules(request: MatchRequest): Promise<RuleMatches>;
  /** About the answers of the last `resolve` and `extract`. */
  decide(request: DecideRequest): Promise<Decisions>;
  schedules(request: ScheduleRequest): Promise<ScheduleAnswer>;
  close(): Promise<void>;
}
