import { hasReleaseDates } from '../base/release-dates.ts';
import type { CoveredPin } from '../coverage/coverage.ts';
import { SOURCE_KEY, UPDATE_TYPES, type Decisions, type EntrySource, type ExtractedDependency, type Json, type JsonObject, type ManagerRun, type Outcome, type UpdateType } from '../renovate/types.ts';
import type { Action, Cell, DecidingRule, PolicyRow } from './cell.ts';

export interface PolicyRequest {
  readonly pins: readonly CoveredPin[];
  readonly runs: readonly ManagerRun[];
  readonly decisions: Decisions;
  /** After every `extends`. */
  readonly resolved: JsonObject;
  /** What the user wrote: the config first, then presets. */
  readonly documents: readonly { readonly source: string; readonly value: JsonObject }[];
  /** Datasources that never say when a version came out. */
  readonly withoutReleaseDates: readonly string[];
}

/** What Renovate would do with each update type of each pin, and the rules that say so. Pure; the order of the pins is kept. */
export function policyOf(request: PolicyRequest): PolicyRow[] {
  const places = dependenciesByPlace(request.runs);
  const cells = cellsByDependency(request);
  return request.pins.map((pin) => {
    const claims = places.get(`${pin.file}\0${pin.offset}`) ?? [];
    const claim = claims.find(({ dependency }) => dependency.enabled && dependency.skipReason === null) ?? claims[0];
    return { pin, updates: (claim && cells(claim)) ?? UNTOUCHED };
  });
}

interface Claim {
  readonly run: number;
  readonly index: number;
  readonly dependency: ExtractedDependency;
}

function dependenciesByPlace(runs: readonly ManagerRun[]): Map<string, Claim[]> {
  const places = new Map<string, Claim[]>();
  for (const [run, { dependencies }] of runs.entries()) {
    for (const [index, dependency] of dependencies.entries()) {
      if (dependency.writeBack.kind !== 'exact') continue;
      const key = `${dependency.file}\0${dependency.writeBack.offset}`;
      places.set(key, [...(places.get(key) ?? []), { run, index, dependency }]);
    }
  }
  return places;
}

type Updates = PolicyRow['updates'];

/** Outcomes are shared by thousands of dependencies, and so are the cells made of them. */
function cellsByDependency(request: PolicyRequest): (claim: Claim) => Updates | undefined {
  const subjects = new Map(request.decisions.subjects.flatMap((subject) => subject.dependencies.map(({ run, index }) => [`${run} ${index}`, subject] as const)));
  const known = new Map<string, Updates>();
  return ({ run, index, dependency }) => {
    const subject = subjects.get(`${run} ${index}`);
    if (subject === undefined) return undefined;
    const dated = hasReleaseDates(dependency, request.withoutReleaseDates);
    const key = `${dated} ${subject.cells.join(' ')}`;
    const updates = known.get(key) ?? updatesOf(request, subject.cells.map((cell) => request.decisions.outcomes[cell]!), dated);
    known.set(key, updates);
    return updates;
  };
}

function updatesOf(request: PolicyRequest, outcomes: readonly Outcome[], dated: boolean): Updates {
  return record((_type, index) => cellOf(request, outcomes[index]!, dated));
}

function record(make: (type: UpdateType, index: number) => Cell): Updates {
  return Object.fromEntries(UPDATE_TYPES.map((type, index) => [type, make(type, index)])) as Updates;
}

/** Nobody manages it. */
const UNTOUCHED: Updates = record(() => ({ action: 'disabled', minimumReleaseAge: null, schedule: [], automergeSchedule: [], groupName: null, labels: [], rules: [], decider: null, undecided: [] }));

function cellOf(request: PolicyRequest, outcome: Outcome, dated: boolean): Cell {
  const { settings } = outcome;
  const action = actionOf(outcome);
  return {
    action,
    minimumReleaseAge: !dated && settings['minimumReleaseAgeBehaviour'] === 'timestamp-optional' ? null : text(settings['minimumReleaseAge']),
    schedule: texts(settings['schedule']),
    automergeSchedule: texts(settings['automergeSchedule']),
    groupName: text(settings['groupName']),
    labels: [...new Set([...texts(settings['labels']), ...texts(settings['addLabels'])])],
    ...decidersOf(request, outcome, action),
    undecided: outcome.undecided.map(({ rule }) => packageRule(request, rule)).filter(({ source }) => !isBuiltIn(source)),
  };
}

/** Renovate proposes a step back only where `rollbackPrs` says so (workers/repository/process/lookup/index.js, 44.121.2). */
function actionOf({ type, settings }: Outcome): Action {
  if (settings['enabled'] === false || (type === 'rollback' && settings['rollbackPrs'] !== true)) return 'disabled';
  if (settings['dependencyDashboardApproval'] === true) return 'approval';
  return settings['automerge'] === true ? 'automerge' : 'merge-request';
}

/** What an action is about; the first that somebody set is what decided it. */
const DECIDES: Record<Action, readonly string[]> = {
  disabled: ['enabled', 'rollbackPrs'],
  approval: ['dependencyDashboardApproval'],
  automerge: ['automerge', 'dependencyDashboardApproval'],
  'merge-request': ['automerge', 'dependencyDashboardApproval'],
};

/** The rest of what a cell shows. */
const SHOWN: readonly string[] = ['minimumReleaseAge', 'minimumReleaseAgeBehaviour', 'schedule', 'automergeSchedule', 'groupName', 'labels', 'addLabels'];

function decidersOf(request: PolicyRequest, outcome: Outcome, action: Action): Pick<Cell, 'rules' | 'decider'> {
  const main = DECIDES[action].map((option) => deciderOf(request, outcome, option)).find((decider) => decider !== null) ?? null;
  const others = [...DECIDES[action], ...SHOWN].flatMap((option) => deciderOf(request, outcome, option) ?? []);
  const distinct = [...new Map(others.map((decider) => [decider.order, decider])).values()].filter(({ order }) => order !== main?.order);
  const rules = distinct.sort((a, b) => a.order - b.order).map(plain);
  const decider = main === null ? null : plain(main);
  return { rules: decider === null ? rules : [...rules, decider], decider };
}

function plain({ order: _, ...rule }: Decider): DecidingRule {
  return rule;
}

interface Decider extends DecidingRule {
  /** Place among all that apply: options of the config come before rules. */
  readonly order: number;
}

/** Who set the option last; null when it stands as Renovate's default. */
function deciderOf(request: PolicyRequest, { type, manager, rules, block }: Outcome, option: string): Decider | null {
  const last = rules.findLast((index) => settingsOf(request, index)[option] !== undefined);
  if (last !== undefined) return { ...packageRule(request, last), order: last };
  if (block.includes(option)) return { ...written(request, [type, option]), order: -1 };
  if (at(request.resolved, [manager, option]) !== undefined) return { ...written(request, [manager, option]), order: -2 };
  return request.resolved[option] === undefined ? null : { ...written(request, [option]), order: -3 };
}

function settingsOf({ resolved }: PolicyRequest, index: number): JsonObject {
  const rule = (resolved['packageRules'] as readonly JsonObject[])[index]!;
  return { ...rule, ...((rule['force'] ?? {}) as JsonObject) };
}

function packageRule(request: PolicyRequest, index: number): DecidingRule {
  const rule = (request.resolved['packageRules'] as readonly JsonObject[])[index]!;
  const origin = rule[SOURCE_KEY] as unknown as EntrySource | undefined;
  return { source: origin?.source ?? 'renovate.json', index: origin?.index ?? index, description: texts(rule['description']).join(' ') };
}

/** In the place of a source: an option that none of the documents has. */
export const UNKNOWN_PRESET = 'a preset';

/** An option outside of rules, such as `automerge: true` or `patch: { automerge: true }`. */
function written({ documents, resolved }: PolicyRequest, path: readonly string[]): DecidingRule {
  const document = documents.find(({ value }) => at(value, path) !== undefined);
  const value = JSON.stringify(at(resolved, path));
  return { source: document?.source ?? UNKNOWN_PRESET, index: null, description: path.length === 1 ? `${path[0]}: ${value}` : `${path[0]}: { ${path[1]}: ${value} }` };
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((level, key) => (typeof level === 'object' && level !== null && !Array.isArray(level) ? (level as JsonObject)[key] : undefined), value);
}

function isBuiltIn(source: string): boolean {
  return !/\.json[5c]?$|^\.renovaterc/.test(source);
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function texts(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
