import { isFields, stringsOf } from '../base/config-walk.ts';
import type { Json, JsonObject, ManagerRun, RuleMatches } from '../renovate/types.ts';
import { entrySource, isOwnPreset, type PackageRules } from './rule.ts';

/**
 * Which package rules are worth asking Renovate about, as indexes: what the user wrote, and what of the others could undo it or sets how old a release
 * must be. Built-in presets bring seven hundred, and most repositories have no rule of their own. Null when there is nothing to ask.
 */
export function rulesToJudge(resolved: JsonObject, sources: ReadonlySet<string>): number[] | null {
  const rules = rulesOf(resolved);
  const own = rules.flatMap((rule, index) => (isWritten(rule, sources) ? [index] : []));
  const set = new Set(own.flatMap((index) => optionsOf(rules[index]!)));
  const first = own[0] ?? Infinity;
  const aged = hasAge(resolved, rules, sources);
  if (own.length === 0 && !aged) return null;
  return rules.flatMap((rule, index) => {
    const judged = own.includes(index) || (index > first && optionsOf(rule).some((option) => set.has(option))) || (aged && RELEASE_AGE.some((option) => rule[option] !== undefined));
    return judged ? [index] : [];
  });
}

/** Rules and levels say together whether a release without a date may pass (workers/repository/process/lookup/filter-checks.js, 44.121.2). */
const RELEASE_AGE: readonly string[] = ['internalChecksFilter', 'minimumReleaseAge', 'minimumReleaseAgeBehaviour'];

/** The built-in presets set an age for datasources only that have release dates. */
function hasAge(resolved: JsonObject, rules: readonly JsonObject[], sources: ReadonlySet<string>): boolean {
  // there it is the name of a status check
  const { statusCheckNames: _names, statusCheckWhen: _when, ...blocks } = resolved;
  const levels: readonly unknown[] = [resolved, ...Object.values(blocks), ...rules.filter((rule) => isWritten(rule, sources))];
  return levels.some((level) => isFields(level) && typeof level['minimumReleaseAge'] === 'string');
}

function isWritten(rule: JsonObject, sources: ReadonlySet<string>): boolean {
  const source = entrySource(rule)?.source;
  return source !== undefined && sources.has(source) && !isOwnPreset(source);
}

function optionsOf(rule: JsonObject): string[] {
  return Object.keys(rule).filter((key) => !/^(?:match|exclude|description$|renovate-argocd:)/.test(key));
}

function rulesOf(resolved: JsonObject): readonly JsonObject[] {
  const rules = resolved['packageRules'];
  return Array.isArray(rules) ? rules.map((rule: Json) => (isFields(rule) ? (rule as JsonObject) : {})) : [];
}

/** The answer with what rules want to read beside it. */
export function packageRules(matches: RuleMatches | null, resolved: JsonObject, runs: readonly ManagerRun[]): PackageRules {
  if (matches === null) return { rules: [], subjects: [], unread: [] };
  const settings = rulesOf(resolved);
  return {
    rules: matches.rules.map((rule) => ({ ...rule, settings: settings[rule.index]!, source: entrySource(settings[rule.index]!) })),
    subjects: matches.subjects.map(({ dependencies }) => {
      const [first] = dependencies;
      const run = runs[first!.run]!;
      return { manager: run.manager, dependency: run.dependencies[first!.index]!, count: dependencies.length };
    }),
    unread: matches.unread,
  };
}

/** The sources of package rules that could stand in a file. */
export function ruleFiles(resolved: JsonObject): string[] {
  const sources = rulesOf(resolved).flatMap((rule) => entrySource(rule)?.source ?? []);
  return stringsOf([...new Set(sources)]).filter((source) => /\.json[5c]?$/.test(source));
}
