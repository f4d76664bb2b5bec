import { getConfig } from 'renovate/dist/config/defaults.js';
import { getManagerConfig } from 'renovate/dist/config/index.js';
import { mergeChildConfig } from 'renovate/dist/config/utils.js';
import { applyPackageRules } from 'renovate/dist/util/package-rules/index.js';
import { hasReleaseDates } from '../base/release-dates.ts';
import type { Extraction, Found, Progress } from './extract.ts';
import { judgeRules, startOf } from './match.ts';
import { loadVersioning, type DependencyConfig } from './rules.ts';
import { isObject, withoutSources } from './sources.ts';
import { bumped } from './made-up.ts';
import { UPDATE_TYPES, type DecideRequest, type Decisions, type Json, type JsonObject, type JudgedRule, type Outcome, type UpdateType } from './types.ts';
import { allManagersList } from './upstream/managers.ts';

/**
 * What Renovate would do with an update of each type of each dependency: as flattenUpdates (workers/repository/updates/flatten.js, 44.121.2) puts an
 * update's config together, with Renovate's own applyPackageRules. Rules that cannot fit are left out beforehand, and equal questions are answered once.
 */
export async function decideAll({ withoutReleaseDates }: DecideRequest, extraction: Extraction, progress: Progress): Promise<Decisions> {
  const rules = rulesOf(extraction.request.config);
  const { rules: judged, subjects } = await judgeRules({ rules: rules.flatMap((rule, index) => (decides(rule) ? [index] : [])) }, extraction, progress);
  const levels = levelsOf(extraction);
  const outcomes = remembering();
  const decided = [];
  for (const [subject, { dependencies }] of subjects.entries()) {
    const { run, index } = dependencies[0]!;
    const found = extraction.found[run]!;
    progress(`policy of ${found.plan.manager}`);
    const candidates = candidatesFor(judged, subject, rules);
    const dependency = extraction.runs[run]!.dependencies[index]!;
    const { versioning, enabled, skipReason } = dependency;
    const dates = hasReleaseDates(dependency, withoutReleaseDates) ? { releaseTimestamp: LONG_AGO } : {};
    const start: DependencyConfig = { ...levels.get(found), ...(await dependencyConfig(found, index)), ...dates, versioning, off: !enabled || skipReason !== null };
    const cells: number[] = [];
    for (const type of UPDATE_TYPES) {
      const update = await updateOf(type, start);
      const reads = [start['off'], ...candidates.reads.map((field) => start[field])];
      cells.push(await outcomes.number(JSON.stringify([run, type, update['isBreaking'], candidates.key, reads]), () => outcomeOf({ ...start, ...update }, type, candidates)));
    }
    decided.push({ dependencies, cells });
  }
  return { subjects: decided, outcomes: outcomes.list };
}

/** A release that is old enough for every age: whether it is, is said apart. */
const LONG_AGO = '2000-01-01T00:00:00.000Z';

/** Numbers outcomes as they come, and makes each once. */
function remembering(): { readonly list: Outcome[]; number(key: string, make: () => Promise<Outcome>): Promise<number> } {
  const numbers = new Map<string, number>();
  const list: Outcome[] = [];
  return {
    list,
    async number(key, make) {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, list.push(await make()) - 1);
      return list.length - 1;
    },
  };
}

/** What says whether, when and how an update is proposed and merged. */
const POLICY: readonly string[] = [
  ...['addLabels', 'additionalBranchPrefix', 'allowedVersions', 'automerge', 'automergeSchedule', 'automergeType', 'dependencyDashboardApproval', 'enabled', 'groupName'],
  ...['ignoreTests', 'internalChecksFilter', 'labels', 'minimumReleaseAge', 'minimumReleaseAgeBehaviour', 'platformAutomerge', 'prCreation', 'prPriority', 'rollbackPrs'],
  ...['schedule', 'separateMajorMinor', 'separateMinorPatch', 'timezone'],
];

/** What rules can leave on a dependency for later rules to see. */
const MARKS: readonly string[] = ['prBodyDefinitions', 'constraints'];

const BLOCKS: readonly string[] = ['major', 'minor', 'patch', 'pin', 'digest', 'pinDigest', 'lockFileMaintenance', 'replacement', 'rollback'];

function decides(rule: JsonObject): boolean {
  const keys = Object.keys(rule);
  if (keys.some((key) => key === 'force' || POLICY.includes(key) || MARKS.includes(key) || BLOCKS.includes(key))) {
    // what only a lookup could tell never fits here; `config:recommended` brings four hundred such groups
    return rule['matchSourceUrls'] === undefined || rule['automerge'] !== undefined || rule['enabled'] !== undefined;
  }
  return false;
}

function rulesOf(config: JsonObject): JsonObject[] {
  const rules = config['packageRules'];
  return Array.isArray(rules) ? rules.map((rule: Json) => (isObject(rule) ? (withoutSources(rule) as JsonObject) : {})) : [];
}

/** For each manager what holds for it before any rule: Renovate's defaults, the config's own options, the block of the manager. */
function levelsOf({ request, found }: Extraction): Map<Found, DependencyConfig> {
  const defaults = pick(getConfig() as JsonObject);
  const base = mergeChildConfig(defaults, pick(request.config)) as DependencyConfig;
  const blocks = Object.fromEntries(allManagersList.map((manager) => [manager, {}]));
  return new Map(found.map((one) => [one, managerLevel(base, blocks, request.config, one)]));
}

function managerLevel(base: DependencyConfig, blocks: JsonObject, config: JsonObject, { plan: { manager } }: Found): DependencyConfig {
  const block = config[manager];
  return getManagerConfig({ ...base, ...blocks, [manager]: isObject(block) ? pick(block) : {} }, manager) as DependencyConfig;
}

function pick(config: JsonObject): JsonObject {
  return Object.fromEntries([...POLICY, ...MARKS, ...BLOCKS].flatMap((key) => (config[key] === undefined ? [] : [[key, withoutSources(config[key])]])));
}

async function dependencyConfig(found: Found, index: number): Promise<DependencyConfig> {
  let left = index;
  for (const packageFile of found.packageFiles) {
    if (left < packageFile.deps.length) return startOf(found, packageFile, packageFile.deps[left]!);
    left -= packageFile.deps.length;
  }
  throw new Error(`no dependency ${index} of ${found.plan.manager}`);
}

/** As the lookup words an update of the type (lookup/generate.js and lookup/index.js, 44.121.2). */
async function updateOf(type: UpdateType, { currentValue, versioning }: DependencyConfig): Promise<DependencyConfig> {
  const newValue = typeof currentValue === 'string' ? bumped(currentValue, type) : null;
  const upper = `is${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  const common = { updateType: type, [upper]: true };
  if (newValue === null) return { ...common, isBreaking: type === 'major' };
  return { ...common, newValue, newVersion: newValue, isBreaking: await isBreaking(versioning, currentValue, newValue, type) };
}

async function isBreaking(versioning: string, current: string, next: string, type: UpdateType): Promise<boolean> {
  if (type === 'digest' || type === 'pin') return false;
  try {
    const api = await loadVersioning(versioning);
    if (api.isBreaking !== undefined && api.isVersion(current) && api.isVersion(next)) return api.isBreaking(current, next);
  } catch {
    // an unknown versioning has its own finding
  }
  return type === 'major';
}

interface Candidates {
  readonly rules: readonly JsonObject[];
  /** Equal for dependencies that the same rules fit. */
  readonly key: string;
  /** Fields of a dependency that their expressions read. */
  readonly reads: readonly string[];
  readonly undecided: Outcome['undecided'];
}

/** Key under which a rule that has applied leaves its number: an object that adds up over rules. */
const TRACE = 'renovate-argocd:rule-';

/** The rules that fit the dependency, without the matchers that have been judged. */
function candidatesFor(judged: readonly JudgedRule[], subject: number, rules: readonly JsonObject[]): Candidates {
  const fitting: JsonObject[] = [];
  const undecided: { rule: number; matchers: readonly string[] }[] = [];
  const numbers: string[] = [];
  for (const { index, verdicts } of judged) {
    const verdict = verdicts[subject]!;
    if (verdict.kind === 'fails') continue;
    const rule = rules[index]!;
    const open = verdict.kind === 'undecidable' ? verdict.matchers : [];
    // an expression is Renovate's to evaluate; what asks for more than is known here does not fit
    if (open.some((matcher) => matcher !== 'matchJsonata')) {
      undecided.push({ rule: index, matchers: open });
      continue;
    }
    fitting.push({ ...withoutMatchers(rule), prBodyDefinitions: { ...(rule['prBodyDefinitions'] as JsonObject | undefined), [`${TRACE}${index}`]: '' } });
    numbers.push(String(index));
  }
  const expressions = fitting.flatMap((rule) => (Array.isArray(rule['matchJsonata']) ? rule['matchJsonata'] : []));
  return { rules: fitting, key: `${numbers.join(' ')}|${undecided.map(({ rule }) => rule).join(' ')}`, reads: readBy(expressions.map(String)), undecided };
}

/** An expression depends on what earlier rules left, and an update's type: Renovate asks those. */
const ASKED_LATE: readonly string[] = ['matchUpdateTypes', 'matchIsBreaking', 'matchJsonata'];

function withoutMatchers(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([key]) => ASKED_LATE.includes(key) || !/^(?:match|exclude|description$)/.test(key)));
}

/** Of the words of expressions those that can differ between dependencies. */
function readBy(expressions: readonly string[]): string[] {
  const words = new Set(expressions.flatMap((expression) => expression.match(/[A-Za-z_]\w*/g) ?? []));
  return [...words].filter((word) => !POLICY.includes(word) && !MARKS.includes(word)).sort();
}

async function outcomeOf(start: DependencyConfig, type: UpdateType, { rules, undecided }: Candidates): Promise<Outcome> {
  let config = (await applyPackageRules({ ...start, packageRules: rules }, 'datasource-merge')) as DependencyConfig;
  config = mergeChildConfig(config, (config[type] ?? {}) as JsonObject) as DependencyConfig;
  const again: { [key: string]: unknown } = { ...config, packageRules: rules };
  for (const block of BLOCKS) delete again[block];
  config = (await applyPackageRules(again, 'update-type-merge')) as DependencyConfig;
  return { type, manager: start['manager'] as string, settings: settingsOf(config), block: Object.keys((start[type] ?? {}) as JsonObject).filter((key) => POLICY.includes(key)), rules: appliedIn(config), undecided };
}

function settingsOf(config: DependencyConfig): JsonObject {
  const settings: { [key: string]: Json } = {};
  for (const key of POLICY) if (config[key] !== undefined) settings[key] = config[key] as Json;
  const all = { ...settings, ...((config['force'] ?? {}) as JsonObject) };
  // what is not looked up has no updates, whatever rules about update types say
  return config['off'] === true || config['skipReason'] !== undefined ? { ...all, enabled: false } : all;
}

function appliedIn(config: DependencyConfig): number[] {
  const definitions = (config['prBodyDefinitions'] ?? {}) as JsonObject;
  const numbers = Object.keys(definitions).flatMap((key) => (key.startsWith(TRACE) ? [Number(key.slice(TRACE.length))] : []));
  return numbers.sort((a, b) => a - b);
}
