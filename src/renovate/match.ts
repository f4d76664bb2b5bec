import { applyPackageRules } from 'renovate/dist/util/package-rules/index.js';
import matchers from 'renovate/dist/util/package-rules/matchers.js';
import { anyMatchRegexOrGlobList } from 'renovate/dist/util/string-match.js';
import { MATCHED_UPDATE_TYPES } from '../base/update-types.ts';
import type { Extraction, Found, PackageFile, Progress } from './extract.ts';
import { decisiveRules, isVain, type DependencyConfig } from './rules.ts';
import { isObject, withoutSources } from './sources.ts';
import type { JsonObject, JudgedRule, MatchRequest, RuleMatches, RuleVerdict } from './types.ts';
import { unreadManagers } from './unread.ts';
import { getDefaultConfig, getDefaultVersioning } from './upstream/datasources.ts';

/**
 * Package rules against the dependencies of an extraction. Each matcher of a rule is run alone, as matchesRule runs them together
 * (util/package-rules/index.js, 44.121.2), so that what cannot be judged before a lookup is left out and said.
 */
export async function judgeRules({ rules: asked }: MatchRequest, extraction: Extraction, progress: Progress): Promise<RuleMatches> {
  const sequence = sequenceOf(extraction.request.config, new Set(asked));
  const judge = remembering();
  const share = sharing();
  const groups = groupsOf(extraction.found, sequence);
  const judged = asked.map((index) => ({ index, ...lookupMatchers(sequence.find((rule) => rule.index === index)!.rule), verdicts: [] as RuleVerdict[] }));
  for (const { found, packageFile, dependency } of groups.values()) {
    progress(`package rules on ${packageFile.packageFile}`);
    const verdicts = await verdictsOf(await startOf(found, packageFile, dependency), sequence, judge);
    for (const rule of judged) {
      const verdict = verdicts.get(rule.index)!;
      rule.verdicts.push(verdict.kind === 'matches' ? verdict : share(verdict));
    }
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
  readonly matchers: readonly { readonly name: string; readonly open: boolean }[];
}

/** The rules asked for, and those that change what they see. */
function sequenceOf(config: JsonObject, asked: ReadonlySet<number>): Step[] {
  const decisive = new Set(decisiveRules(config));
  const rules = Array.isArray(config['packageRules']) ? config['packageRules'] : [];
  return rules.flatMap((rule, index): Step[] => {
    if (!asked.has(index) && !decisive.has(rule)) return [];
    const plain = isObject(rule) ? (withoutSources(rule) as JsonObject) : {};
    const changes = decisive.has(rule) && !Object.keys(plain).some((key) => OF_THE_UPDATE.has(key));
    const matchers = matchersOf(plain).map((name) => ({ name, open: isUndecidable(name, plain) }));
    // a rule of another manager costs nothing when that is asked first
    return [{ index, rule: plain, asked: asked.has(index), changes, matchers: matchers.sort((a, b) => costOf(a.name) - costOf(b.name)) }];
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

const KEPT: readonly string[] = [...KNOWN_EARLY, 'enabled', 'ignoreDeps', 'skipReason'];

const WORDS_OF_JSONATA: ReadonlySet<string> = new Set(['and', 'false', 'in', 'not', 'null', 'or', 'true']);

function matchersOf(rule: JsonObject): string[] {
  return Object.keys(rule).filter((key) => key.startsWith('match') && rule[key] !== null && !OF_THE_UPDATE.has(key));
}

function costOf(matcher: string): number {
  return ['matchManagers', 'matchDatasources', 'matchCategories'].includes(matcher) ? 0 : matcher === 'matchJsonata' ? 2 : 1;
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

/** Words of an expression that are no fields are no harm here. */
function readBy(matcher: string, rule: JsonObject): readonly string[] {
  if (matcher !== 'matchJsonata') return READS[matcher] ?? [];
  return isUndecidable(matcher, rule) ? [...KNOWN_EARLY] : (JSON.stringify(rule[matcher]).match(/[A-Za-z_]\w*/g) ?? []);
}

interface Group {
  readonly found: Found;
  readonly packageFile: PackageFile;
  readonly dependency: DependencyConfig;
  readonly dependencies: { readonly run: number; readonly index: number }[];
}

/** Dependencies that are equal in all that the rules read. */
function groupsOf(found: readonly Found[], sequence: readonly Step[]): Map<string, Group> {
  const keys = new Set(sequence.flatMap(({ rule }) => matchersOf(rule).flatMap((matcher) => readBy(matcher, rule))));
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

/**
 * As judgeDependency puts it together, but only what matchers read: none of that is merged option by option, and Renovate's own merging of the
 * whole costs more than all matchers.
 */
export async function startOf({ plan: { manager, managerConfig } }: Found, { deps: _deps, ...file }: PackageFile, dependency: DependencyConfig): Promise<DependencyConfig> {
  const start: { [key: string]: unknown } = { ...read(managerConfig), manager, ...read(file), ...read(dependency) };
  const datasource = start['datasource'] as string | undefined;
  if (datasource !== undefined) Object.assign(start, read((await getDefaultConfig(datasource)) as DependencyConfig));
  start['versioning'] ??= getDefaultVersioning(datasource);
  return start;
}

function read(config: DependencyConfig): DependencyConfig {
  const found: { [key: string]: unknown } = {};
  for (const key of KEPT) if (config[key] !== undefined && config[key] !== null) found[key] = config[key];
  return found;
}

async function verdictsOf(start: DependencyConfig, sequence: readonly Step[], judge: Judge): Promise<Map<number, RuleVerdict>> {
  const verdicts = new Map<number, RuleVerdict>();
  let config = start;
  for (const step of sequence) {
    const { index, rule, asked, changes } = step;
    if (!asked && (!changes || isVain(rule, config))) continue;
    const verdict = await verdictOf(config, step, judge);
    if (asked) verdicts.set(index, verdict);
    if (!changes || verdict.kind !== 'matches') continue;
    const { packageRules: _applied, ...changed } = await applyPackageRules({ ...config, packageRules: [rule] }, 'pre-lookup');
    config = changed;
  }
  return verdicts;
}

async function verdictOf(config: DependencyConfig, { rule, matchers, asked }: Step, judge: Judge): Promise<RuleVerdict> {
  const failing: string[] = [];
  const open: string[] = [];
  for (const matcher of matchers) {
    if (matcher.open) {
      open.push(matcher.name);
      continue;
    }
    const verdict = judge(config, rule, matcher.name);
    if (verdict === true || (verdict !== false && (await verdict))) continue;
    failing.push(matcher.name);
    // whoever only wants to know whether it applies has seen enough
    if (!asked) break;
  }
  if (failing.length > 0) return { kind: 'fails', matchers: failing };
  return open.length > 0 ? { kind: 'undecidable', matchers: open } : MATCHES;
}

const MATCHES: RuleVerdict = { kind: 'matches' };

/** One object for equal verdicts, of which there are as many as rules times dependencies. */
function sharing(): (verdict: Exclude<RuleVerdict, { kind: 'matches' }>) => RuleVerdict {
  const known = new Map<string, RuleVerdict>();
  return (verdict) => {
    const key = `${verdict.kind} ${verdict.matchers.join(' ')}`;
    const shared = known.get(key) ?? verdict;
    known.set(key, shared);
    return shared;
  };
}

type Judge = (config: DependencyConfig, rule: JsonObject, matcher: string) => unknown;

/** Managers, datasources and files repeat, and Renovate compiles each glob anew. */
function remembering(): Judge {
  const known = new Map<JsonObject, Map<string, unknown>>();
  return (config, rule, matcher) => {
    const fields = matcher === 'matchManagers' ? ['manager'] : matcher === 'matchCategories' ? ['categories'] : READS[matcher];
    if (fields === undefined) return fits(config, rule, matcher);
    const verdicts = known.get(rule) ?? new Map<string, unknown>();
    known.set(rule, verdicts);
    const key = `${matcher} ${fields.length === 1 ? String(config[fields[0]!]) : JSON.stringify(fields.map((field) => config[field]))}`;
    let verdict = verdicts.get(key);
    if (verdict === undefined) verdicts.set(key, (verdict = fits(config, rule, matcher)));
    return verdict;
  };
}

interface Matcher {
  matches(config: DependencyConfig, rule: JsonObject): unknown;
}

/** As matchesRule asks the matchers; one that is not concerned says null. */
function fits(config: DependencyConfig, rule: JsonObject, matcher: string): unknown {
  const alone = { [matcher]: rule[matcher]! };
  for (const candidate of matchers as readonly Matcher[]) {
    const verdict = candidate.matches(config, alone);
    if (verdict !== null && verdict !== undefined) return verdict;
  }
  return true;
}

function lookupMatchers(rule: JsonObject): Pick<JudgedRule, 'updateTypes' | 'isBreaking'> {
  const types = rule['matchUpdateTypes'];
  const breaking = rule['matchIsBreaking'];
  return {
    updateTypes: Array.isArray(types) ? MATCHED_UPDATE_TYPES.filter((type) => anyMatchRegexOrGlobList([type], types)) : null,
    isBreaking: typeof breaking === 'boolean' ? breaking : null,
  };
}
