import { isFields, type ConfigPath, type Fields } from '../../base/config-walk.ts';
import { hasReleaseDates } from '../../base/release-dates.ts';
import { someOf, type AppliedRule, type Draft, type Model, type Rule, type RuleSubject } from '../rule.ts';

export const releaseAgeNever: Rule = {
  name: 'release-age-never',
  severity: 'error',
  summary: 'A minimumReleaseAge waits for a release date that the registry does not give, so updates stay pending for ever',
  fixable: false,
  check: draftsOf,
};

/** Where an age was written, and whom it holds up. */
interface Fault {
  readonly source: string;
  readonly path: ConfigPath;
  readonly age: string;
  readonly subject: RuleSubject;
  readonly type: string;
}

function draftsOf(model: Model): Draft[] {
  const faults = model.packageRules.subjects.flatMap((subject, index) => faultsOf(model, subject, index));
  return [...Map.groupBy(faults, ({ source, path }) => `${source} ${path.join('.')}`).values()].map((group) => draftOf(model, group));
}

function faultsOf(model: Model, subject: RuleSubject, index: number): Fault[] {
  const { dependency } = subject;
  if (!dependency.enabled || dependency.skipReason !== null || hasReleaseDates(dependency, model.names.withoutReleaseDates)) return [];
  const types = dependency.datasource === 'git-refs' ? ['digest'] : ['major', 'minor', 'patch'];
  return types.flatMap((type): Fault[] => {
    const age = settingOf(model, index, type, 'minimumReleaseAge');
    if (age === 'unknown' || !isAge(age.value)) return [];
    // with another filter the update comes, only not by itself (workers/repository/process/lookup/filter-checks.js, 44.121.2)
    const waits = isSetTo(model, index, type, 'minimumReleaseAgeBehaviour', 'timestamp-required') && isSetTo(model, index, type, 'internalChecksFilter', 'strict');
    const place = waits ? placeOf(model, age.by, type) : null;
    return place === null ? [] : [{ ...place, age: age.value, subject, type }];
  });
}

type Setter = AppliedRule | 'block' | 'top';

/** What holds after all rules: those that fit come over the block of the update type, that over the top level (the same file's resolveUpdateTypeConfig). */
function settingOf({ packageRules, config }: Model, subject: number, type: string, option: string): { readonly value: unknown; readonly by: Setter } | 'unknown' {
  const rules = packageRules.rules.filter((rule) => rule.settings[option] !== undefined && rule.verdicts[subject]?.kind !== 'fails' && (rule.updateTypes?.includes(type) ?? true));
  if (rules.some((rule) => rule.verdicts[subject]?.kind === 'undecidable' || rule.isBreaking !== null)) return 'unknown';
  const last = rules.at(-1);
  if (last !== undefined) return { value: last.settings[option], by: last };
  const block = config.resolved[type];
  if (isFields(block) && block[option] !== undefined) return { value: block[option], by: 'block' };
  return { value: config.resolved[option], by: 'top' };
}

/** The value is Renovate's default, which holds where nothing is said (config/options/index.js, 44.121.2). */
function isSetTo(model: Model, subject: number, type: string, option: string, value: string): boolean {
  const setting = settingOf(model, subject, type, option);
  return setting !== 'unknown' && (setting.value ?? value) === value;
}

/** Others wait for nothing; release-age-invalid says so. */
function isAge(value: unknown): value is string {
  return typeof value === 'string' && /[1-9]/.test(value) && /^(?:\s*\d+(?:\.\d+)?\s*(?:months?|M|m(?:illi)?s(?:ec(?:ond)?s?)?|s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?|y(?:(?:ea)?rs?)?))+\s*$/i.test(value);
}

/** Null when nobody here wrote it. */
function placeOf({ documents }: Model, by: Setter, type: string): { readonly source: string; readonly path: ConfigPath } | null {
  if (typeof by !== 'string') {
    const { source: origin } = by;
    const rules = documents.find(({ source }) => source === origin?.source)?.value['packageRules'];
    const written = Array.isArray(rules) && origin !== null ? (rules[origin.index] as unknown) : undefined;
    return origin === null || !isFields(written) ? null : { source: origin.source, path: ['packageRules', origin.index, ...within(written, by)] };
  }
  const path = by === 'block' ? [type, 'minimumReleaseAge'] : ['minimumReleaseAge'];
  const document = documents.find(({ value }) => valueAt(value, path) !== undefined);
  return document === undefined ? null : { source: document.source, path };
}

/** In a block for an update type, which Renovate makes a rule of its own, or in the rule itself; else it came with a preset that the rule extends. */
function within(written: Fields, { updateTypes }: AppliedRule): ConfigPath {
  const block = updateTypes?.find((type) => valueAt(written, [type, 'minimumReleaseAge']) !== undefined);
  if (block !== undefined) return [block, 'minimumReleaseAge'];
  return written['minimumReleaseAge'] === undefined ? [] : ['minimumReleaseAge'];
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>((level, key) => (isFields(level) ? level[key] : undefined), value);
}

function draftOf(model: Model, faults: readonly Fault[]): Draft {
  const { source, path, age } = faults[0]!;
  const subjects = [...new Set(faults.map(({ subject }) => subject))];
  const types = [...new Set(faults.map(({ type }) => type))];
  const datasources = [...new Set(subjects.map(({ dependency }) => dependency.datasource!))];
  const names = [...new Set(subjects.map(({ dependency }) => dependency.packageName!))];
  const count = subjects.reduce((sum, subject) => sum + subject.count, 0);
  const updates = ['major', 'minor', 'patch'].every((type) => types.includes(type)) ? 'updates' : `${someOf(types)} updates`;
  return {
    severity: model.missing.length > 0 ? 'info' : 'error',
    message: `minimumReleaseAge ${JSON.stringify(age)} waits for a release date, which ${count === 1 ? 'a dependency does' : `${count} dependencies do`} not have (${datasources.join(', ')}: ${someOf(names)}): ${count === 1 ? 'its' : 'their'} ${updates} stay pending for ever`,
    remedy: `Add a rule behind it: { "matchDatasources": ${JSON.stringify(datasources)}, "minimumReleaseAgeBehaviour": "timestamp-optional" }, which waits only where there is a date; or "minimumReleaseAge": null for them.`,
    target: { kind: 'config', source, path },
    data: { age, count, datasources, names: names.slice(0, 10), updateTypes: types },
  };
}
