import { applyPackageRules } from 'renovate/dist/util/package-rules/index.js';
import matchers from 'renovate/dist/util/package-rules/matchers.js';
import { anyMatchRegexOrGlobList } from 'renovate/dist/util/string-match.js';
import { fileConfigOf, type Extraction, type Found, type PackageFile, type Progress } from './extract.ts';
import { beforeRules, decisiveRules, type DependencyConfig } from './rules.ts';
import { isObject, withoutSources } from './sources.ts';
import type { JsonObject, JudgedRule, MatchRequest, RuleMatches, RuleVerdict } from './types.ts';
import { unreadManagers } from './unread.ts';

/**
 * Package rules against the dependencies of an extraction. Each matcher of a rule is run alone, as matchesRule runs them together
 * (util/package-rules/index.js, 44.121.2), so that what cannot be judged before a lookup is left out and said.
 */
export async function judgeRules({ rules: asked }: MatchRequest, extraction: Extraction, progress: Progress): Promise<RuleMatches> {
  const sequence = sequenceOf(extraction.request.config, new Set(asked));
  const groups = groupsOf(extraction.found, sequence);
  const judged = asked.map((index) => ({ index, ...lookupMatchers(sequence.find((rule) => rule.index === index)!.rule), verdicts: [] as RuleVerdict[] }));
  for (const { found, packageFile, dependency } of groups.values()) {
    progress(`package rules on ${packageFile.packageFile}`);
    const verdicts = await verdictsOf(await startOf(found, packageFile, dependency), sequence);
    for (const rule of judged) rule.verdicts.push(verdicts.get(rule.index)!);
  }
  const subjects = [...groups.values()].map(({ dependencies }) => ({ dependencies }));
  return { rules: judged, subjects, unread: judged.some(fitsNothing) ? unreadManagers(extraction.request) : [] };
}

function fitsNothing({ verdicts }: JudgedRule): boolean {
  return verdicts.every(({ kind }) => kind === 'fails');
}

interface Step {
  readonly index: number;
  readonly rule: JsonObject;
  readonly asked: boolean;
  /** Whether it can change what a later rule sees. */
  readonly changes: boolean;
}

/** The rules asked for, and those that change what they see. */
function sequenceOf(config: JsonObject, asked: ReadonlySet<number>): Step[] {
  const decisive = new Set(decisiveRules(config));
  const rules = Array.isArray(config['packageRules']) ? config['packageRules'] : [];
  return rules.flatMap((rule, index): Step[] => {
    if (!asked.has(index) && !decisive.has(rule)) return [];
    return [{ index, rule: isObject(rule) ? (withoutSources(rule) as JsonObject) : {}, asked: asked.has(index), changes: decisive.has(rule) }];
  });
}

/** What each matcher reads of a dependency (util/package-rules/*.js, 44.121.2); the manager is the run's. */
const READS: Readonly<Record<string, readonly string[]>> = {
  matchCategories: [],
  matchCurrentValue: ['currentValue'],
  matchCurrentVersion: ['currentValue', 'currentVersion', 'lockedVersion', 'versioning'],
  matchDatasources: ['datasource'],
  matchDepNames: ['depName'],
  matchDepTypes: ['depType', 'depTypes'],
  matchFileNames: ['lockFiles', 'packageFile'],
  matchManagers: [],
  matchPackageNames: ['packageName'],
  matchRegistryUrls: ['registryUrls'],
};

/** Known only after the lookup, by the platform, or by a service on the network. */
const UNDECIDABLE: ReadonlySet<string> = new Set([
  ...['matchBaseBranches', 'matchConfidence', 'matchCurrentAge', 'matchNewValue', 'matchRepositories', 'matchSourceUrls'],
]);

/** Left out of the verdicts and answered apart. */
const OF_THE_UPDATE: ReadonlySet<string> = new Set(['matchIsBreaking', 'matchUpdateTypes']);

/** What an expression may read to be judged before the lookup. */
const KNOWN_EARLY: ReadonlySet<string> = new Set([...Object.values(READS).flat(), 'categories', 'manager']);

const WORDS_OF_JSONATA: ReadonlySet<string> = new Set(['and', 'false', 'in', 'not', 'null', 'or', 'true']);

function matchersOf(rule: JsonObject): string[] {
  return Object.keys(rule).filter((key) => key.startsWith('match') && rule[key] !== null && !OF_THE_UPDATE.has(key));
}

function isUndecidable(matcher: string, rule: JsonObject): boolean {
  if (matcher !== 'matchJsonata') return UNDECIDABLE.has(matcher) || READS[matcher] === undefined;
  const expressions = Array.isArray(rule[matcher]) ? rule[matcher] : [];
  return expressions.some((expression) => !readsOnlyKnown(String(expression)));
}

function readsOnlyKnown(expression: string): boolean {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?:[^/\\\n]|\\.)+\/i?|\$\w+/g, ' ');
  if (/[*%`]|\$/.test(bare) || expression.includes('$eval')) return false;
  return (bare.match(/[A-Za-z_]\w*/g) ?? []).every((word) => KNOWN_EARLY.has(word) || WORDS_OF_JSONATA.has(word));
}

interface Group {
  readonly found: Found;
  readonly packageFile: PackageFile;
  readonly dependency: DependencyConfig;
  readonly dependencies: { readonly run: number; readonly index: number }[];
}

/** Dependencies that are equal in all that the rules read. */
function groupsOf(found: readonly Found[], sequence: readonly Step[]): Map<string, Group> {
  const keys = new Set<string>(sequence.some(({ rule }) => rule['matchJsonata'] !== undefined) ? KNOWN_EARLY : sequence.flatMap(({ rule }) => matchersOf(rule).flatMap((matcher) => READS[matcher] ?? [])));
  // who it is, and whether it is looked up at all, belongs to it as well
  const fields = [...keys, 'depName', 'packageName', 'datasource', 'registryUrls', 'enabled', 'skipReason'];
  const groups = new Map<string, Group>();
  for (const [run, one] of found.entries()) {
    let index = 0;
    for (const packageFile of one.packageFiles) {
      for (const dependency of packageFile.deps) {
        const key = JSON.stringify([run, ...fields.map((field) => dependency[field] ?? packageFile[field])]);
        const group = groups.get(key) ?? { found: one, packageFile, dependency, dependencies: [] };
        group.dependencies.push({ run, index: index++ });
        groups.set(key, group);
      }
    }
  }
  return groups;
}

function startOf({ plan: { manager, managerConfig } }: Found, { deps: _deps, ...file }: PackageFile, dependency: DependencyConfig): Promise<DependencyConfig> {
  return beforeRules(fileConfigOf(managerConfig, manager, file), dependency);
}

async function verdictsOf(start: DependencyConfig, sequence: readonly Step[]): Promise<Map<number, RuleVerdict>> {
  const verdicts = new Map<number, RuleVerdict>();
  let config = start;
  for (const { index, rule, asked, changes } of sequence) {
    const verdict = await verdictOf(config, rule);
    if (asked) verdicts.set(index, verdict);
    if (!changes || verdict.kind !== 'matches' || Object.keys(rule).some((key) => OF_THE_UPDATE.has(key))) continue;
    const { packageRules: _applied, ...changed } = await applyPackageRules({ ...config, packageRules: [rule] }, 'pre-lookup');
    config = changed;
  }
  return verdicts;
}

async function verdictOf(config: DependencyConfig, rule: JsonObject): Promise<RuleVerdict> {
  const failing: string[] = [];
  const open: string[] = [];
  for (const matcher of matchersOf(rule)) {
    if (isUndecidable(matcher, rule)) open.push(matcher);
    else if (!(await fits(config, { [matcher]: rule[matcher]! }))) failing.push(matcher);
  }
  if (failing.length > 0) return { kind: 'fails', matchers: failing };
  return open.length > 0 ? { kind: 'undecidable', matchers: open } : { kind: 'matches' };
}

/** As matchesRule: a matcher that is not concerned says null. */
async function fits(config: DependencyConfig, rule: JsonObject): Promise<boolean> {
  for (const matcher of matchers as readonly { matches(config: DependencyConfig, rule: JsonObject): unknown }[]) {
    const verdict = await matcher.matches(config, rule);
    if (verdict !== null && verdict !== undefined && !verdict) return false;
  }
  return true;
}

/** The option's allowedValues (config/options/index.js, 44.121.2). */
const UPDATE_TYPES = ['major', 'minor', 'patch', 'pin', 'pinDigest', 'digest', 'lockFileMaintenance', 'rollback', 'bump', 'replacement'];

function lookupMatchers(rule: JsonObject): Pick<JudgedRule, 'updateTypes' | 'isBreaking'> {
  const types = rule['matchUpdateTypes'];
  const breaking = rule['matchIsBreaking'];
  return {
    updateTypes: Array.isArray(types) ? UPDATE_TYPES.filter((type) => anyMatchRegexOrGlobList([type], types)) : null,
    isBreaking: typeof breaking === 'boolean' ? breaking : null,
  };
}
