import { isFields, stringsOf, type Fields } from '../base/config-walk.ts';
import type { CoveredPin, ManagedBy } from '../coverage/coverage.ts';
import type { Shadow } from '../pins/shadow.ts';
import { SOURCE_KEY, type ConfigMessage, type EntrySource, type ExtractedDependency, type Json, type JsonObject, type JudgedRule, type ManagerRun, type MissingPreset, type TextRange, type UnreadManager } from '../renovate/types.ts';

export type { Override, OverrideKind, Shadow } from '../pins/shadow.ts';

export type Severity = 'error' | 'warning' | 'info';

/** From the gravest to the mildest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

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

/** Where a draft belongs. Lines and columns are found late, in lint.ts. */
export type Target =
  | { readonly kind: 'pin'; readonly pin: CoveredPin }
  | { readonly kind: 'place'; readonly file: string; readonly line: number; readonly column: number; readonly length: number }
  | { readonly kind: 'config'; readonly source: string; readonly path: readonly (string | number)[]; readonly part?: 'key' | 'value' };

/** A repair of the config as data; paths are those of the document as it was judged. */
export type ConfigChange =
  /** Replaces a value, or adds the key with the objects around it. */
  | { readonly kind: 'set'; readonly path: readonly (string | number)[]; readonly value: Json }
  /** To the end of a list, which is made when it is not there. */
  | { readonly kind: 'append'; readonly path: readonly (string | number)[]; readonly value: Json }
  /** Before the entry of a list that stands there now. */
  | { readonly kind: 'insert'; readonly path: readonly (string | number)[]; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: readonly (string | number)[] };

/** How Renovate looks a version up: the settings of a `# renovate:` comment, in the order in which they are written. */
export type Lookup = Readonly<Partial<Record<'datasource' | 'depName' | 'packageName' | 'registryUrl' | 'versioning', string>>>;

/** What `--fix` does about a fault without a person's decision. */
export type Change =
  | { readonly kind: 'config'; readonly source: string; readonly changes: readonly ConfigChange[] }
  /** A version that nobody manages, and how it is looked up. */
  | { readonly kind: 'manage'; readonly pin: CoveredPin; readonly lookup: Lookup };

/** What a rule returns: a fault, without its place in the text. */
export interface Draft {
  readonly message: string;
  /** What to do about it, in words that can be followed. */
  readonly remedy: string;
  readonly target: Target;
  /** For programs; the message says the same in words. */
  readonly data: JsonObject;
  /** When it differs from the rule's. */
  readonly severity?: Severity;
  /** Nothing where only a person can decide. */
  readonly change?: Change | null;
}

export interface Rule {
  /** File, docs anchor, test and fixture folder have the same name. */
  readonly name: string;
  readonly severity: Severity;
  /** One sentence without a full stop, as `rules` lists it. */
  readonly summary: string;
  /** Whether `--fix` can repair such a fault, in all cases or in some. */
  readonly fixable: boolean;
  /** Runs when the findings of the others have been silenced or not, and sees `idle`. */
  readonly last?: boolean;
  check(model: Model): Iterable<Draft>;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Characters to underline from `column` on. */
  readonly length: number;
  readonly data: JsonObject;
  /** What `--fix` would do; null where a person has to decide. */
  readonly change: Change | null;
  readonly url: string;
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

/** The package carries its docs, so they have an address wherever it is published. */
const DOCS = 'https://gitlab.com/renovate-argocd/renovate-argocd/-/blob/main/docs/rules.md';

export function docsUrl(rule: string): string {
  return `${DOCS}#${rule}`;
}

// What several rules share: no rule imports another.

/** A repair that writes one value. */
export function setting(source: string, path: readonly (string | number)[], value: Json): Change {
  return { kind: 'config', source, changes: [{ kind: 'set', path, value }] };
}

/** All YAML files of the file's folder, so that the next application needs no new line. */
export function folderPattern(file: string): string {
  const folder = file.slice(0, file.lastIndexOf('/') + 1).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `/^${folder}[^/]+\\.ya?ml$/`;
}

/** The files of the pins that Renovate's argocd manager would read, as patterns. */
export function argocdPatterns({ pins }: Model): string[] {
  return [...new Set(pins.filter(({ idiom }) => READ_BY_ARGOCD.includes(idiom)).map(({ file }) => folderPattern(file)))];
}

/** Idioms that Renovate's argocd manager reads; for all others a comment is the way. */
export const READ_BY_ARGOCD: readonly string[] = ['application', 'application-set'];

/** Renovate's reason where the versioning refuses the value (workers/repository/process/lookup/index.js, 44.121.2); without a digit there is nothing to compare. */
export function isUnparsable({ enabled, skipReason, currentValue, versioning }: ExtractedDependency): boolean {
  return enabled && skipReason === 'invalid-value' && versioning !== null && /\d/.test(currentValue ?? '');
}

/** Whether an update of the dependency would change the text at the offset. */
export function writesTo({ writeBack }: ExtractedDependency, offset: number): boolean {
  return writeBack.kind === 'exact' ? writeBack.offset === offset : writeBack.kind === 'spread' && writeBack.offsets.includes(offset);
}

/** Why an unmanaged pin is not looked up, when it is because no version can be read from it; version-unparsable speaks then, else pin-unmanaged. */
export function unparsableAt({ runs, config }: Model, pin: CoveredPin): ExtractedDependency | null {
  // without a config Renovate skips nothing: it does not run
  if (config.file === null) return null;
  // a branch whose name has a number is no version to anybody
  if (pin.status !== 'unmanaged' || pin.reason !== 'skipped' || (pin.kind === 'git' && pin.floating)) return null;
  const here = runs.flatMap(({ dependencies }) => dependencies.filter(({ file }) => file === pin.file)).filter((dependency) => writesTo(dependency, pin.offset));
  return here.find(isUnparsable) ?? null;
}


/** Only with settings: `# renovate: see below` is prose. */
export const RENOVATE_COMMENT = /#[ \t]*renovate:[ \t]*(?<settings>\w+[ \t]*=.*?)[ \t\r]*$/;

/**
 * The line of the `# renovate:` comment that speaks of a version which nobody extracts: its own line, or one above without others in between.
 * pin-unmanaged reports both then; null where there is none.
 */
export function orphanAbove({ text, config }: Model, pin: CoveredPin): number | null {
  if (config.file === null || pin.status !== 'unmanaged') return null;
  const whole = text(pin.file);
  if (!whole.includes('renovate:')) return null;
  let end = whole.indexOf('\n', pin.offset);
  if (end === -1) end = whole.length;
  for (let line = pin.line; line > 0 && end >= 0; line -= 1) {
    const start = whole.lastIndexOf('\n', end - 1) + 1;
    const content = whole.slice(start, end);
    if (RENOVATE_COMMENT.test(content)) return line;
    if (line < pin.line && !/^[ \t\r]*(?:#.*)?$/.test(content)) return null;
    end = start - 1;
  }
  return null;
}

/** A rule or block that is about managers alone which are switched off. */
export function isForDisabledManagers({ config }: Model, fields: Fields): boolean {
  const managers = stringsOf(fields['matchManagers']);
  return managers.length > 0 && managers.every((name) => isFields(config.resolved[name]) && config.resolved[name]['enabled'] === false);
}

/** An address that only the cluster's own DNS knows (`.svc.cluster.local`), or that means the machine itself. */
export function isInCluster({ repository }: CoveredPin): boolean {
  const host = /^(?:[a-z+]+:\/\/)?(?<host>[^/:]+)/i.exec(repository ?? '')?.groups?.['host'] ?? '';
  return /\.svc$|\.cluster\.local$|^localhost$|^127\./i.test(host);
}

/** Extracted with the same name from the same file, two dependencies share a branch, and updates that differ are dropped but for one (workers/repository/updates/branchify.js, 44.121.2). */
export function shareBranch(dependencies: readonly ExtractedDependency[]): boolean {
  const names = new Set(dependencies.map(({ depName }) => depName));
  return dependencies.length > 1 && names.size === 1 && !names.has(null);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `chart cert-manager` or, when its name is not known, what the value is. */
export function pinName(pin: CoveredPin): string {
  const what = { helm: 'chart', oci: 'chart', git: 'repository', image: 'image' }[pin.kind];
  return pin.name === null ? `${what === 'image' ? 'an' : 'a'} ${what} without a static name` : `${what} ${pin.name}`;
}

/** `argocd (renovate.json)`: the manager and who brought it. */
export function managerName(manager: ManagedBy): string {
  return manager.source === null ? manager.manager : `${manager.manager} (${manager.source})`;
}

/** `a, b and 3 more`. */
export function someOf(items: readonly string[], shown = 3): string {
  const first = items.slice(0, shown);
  if (items.length > shown) return `${first.join(', ')} and ${items.length - shown} more`;
  if (first.length < 2) return first.join('');
  return `${first.slice(0, -1).join(', ')} and ${first.at(-1)}`;
}

/** The entry of matchStrings that matched there, null when it cannot be told: Renovate does not keep it. */
export function entryOf({ patterns, text }: Model, { settings }: WrittenManager, file: string, match: TextRange | null): number | null {
  const regexes = settings['matchStrings'];
  if (!Array.isArray(regexes)) return null;
  if (regexes.length === 1) return 0;
  if (match === null) return null;
  const found = regexes.findIndex((regex) => typeof regex === 'string' && patterns.matchesOf(regex, text(file)).some(({ offset, length }) => offset === match.offset && length === match.length));
  return found === -1 ? null : found;
}

/** The entry of matchStrings, or the list of them. */
export function regexTarget({ source, path }: WrittenManager, entry: number | null): Target {
  return { kind: 'config', source, path: entry === null ? [...path, 'matchStrings'] : [...path, 'matchStrings', entry] };
}

/** Presets of this package, as `EntrySource.source` names them: its own tests judge them. */
export function isOwnPreset(source: string): boolean {
  return source.startsWith('presets/') || source === 'default.json';
}

/** Where an entry of the resolved `customManagers` or `packageRules` was written. */
export function entrySource(entry: JsonObject): EntrySource | null {
  return (entry[SOURCE_KEY] as unknown as EntrySource | undefined) ?? null;
}
