import { isFields, type ConfigPath, type Fields } from '../../base/config-walk.ts';
import { RULE_BLOCKS } from '../../base/update-types.ts';
import { someOf, type AppliedRule, type Draft, type Model, type Rule } from '../rule.ts';

export const ruleOverridden: Rule = {
  name: 'rule-overridden',
  severity: 'warning',
  summary: 'What a package rule sets is undone by a later rule for everything that it fits',
  fixable: false,
  check: draftsOf,
};

function draftsOf(model: Model): Draft[] {
  return model.packageRules.rules.flatMap((rule) => {
    const written = writtenOf(model, rule);
    if (written === null) return [];
    const options = Object.keys(rule.settings).filter((option) => isDecisive(model, option) && !isForced(model, option));
    const undone = Map.groupBy(options.sort(byWeight), (option) => overriderOf(model, rule, option));
    return [...undone].flatMap(([later, [first, ...others]]) => (later === null ? [] : [draftOf(model, rule, written, [first!, ...others], later)]));
  });
}

/** What hurts most when it is lost; one finding for all that the same rule undoes. */
const WEIGHTY: readonly string[] = ['enabled', 'automerge', 'dependencyDashboardApproval', 'minimumReleaseAge', 'allowedVersions', 'schedule', 'versioning', 'groupName'];

function byWeight(a: string, b: string): number {
  return weightOf(a) - weightOf(b);
}

function weightOf(option: string): number {
  return WEIGHTY.includes(option) ? WEIGHTY.indexOf(option) : WEIGHTY.length;
}

interface Written {
  readonly source: string;
  readonly path: ConfigPath;
  readonly fields: Fields;
}

function writtenOf({ documents }: Model, { source }: AppliedRule): Written | null {
  const rules = documents.find((document) => document.source === source?.source)?.value['packageRules'];
  const fields = Array.isArray(rules) && source !== null ? (rules[source.index] as unknown) : undefined;
  return source !== null && isFields(fields) ? { source: source.source, path: ['packageRules', source.index], fields } : null;
}

/** Options that add up are never undone (util/package-rules/index.js and config/utils.js, 44.121.2); overrides of names take effect in their turn. */
function isDecisive({ names }: Model, option: string): boolean {
  return !/^(?:match|exclude|override|renovate-argocd:)/.test(option) && !names.mergeable.includes(option) && option !== 'extends';
}

/** `force` wins over every later rule. */
function isForced({ config, packageRules }: Model, option: string): boolean {
  return [config.resolved, ...packageRules.rules.map(({ settings }) => settings)].some(({ force }) => isFields(force) && force[option] !== undefined);
}

/** The last rule that undoes the option for all that the rule fits; null when there is none, or when one after it says the same again. */
function overriderOf({ packageRules, documents }: Model, rule: AppliedRule, option: string): AppliedRule | null {
  const fitted = fittedBy(rule);
  if (fitted.length === 0) return null;
  const value = JSON.stringify(rule.settings[option]);
  const setters = packageRules.rules.filter((later) => later.index > rule.index && later.settings[option] !== undefined && !isSameRule(rule, later));
  const last = setters.findLast((later) => covers(later, rule, fitted) && JSON.stringify(later.settings[option]) !== value);
  if (last === undefined || !isBroader(last, rule)) return null;
  const again = setters.some((later) => later.index > last.index && JSON.stringify(later.settings[option]) === value && fitted.some((subject) => later.verdicts[subject]?.kind !== 'fails'));
  // what a config says against a preset is meant
  const isMeant = last.source?.source === documents[0]?.source && rule.source?.source !== documents[0]?.source;
  return again || isMeant ? null : last;
}

/** With what nobody can judge offline: a rule that fits fewer is undone all the more. */
function fittedBy({ verdicts }: AppliedRule): number[] {
  return verdicts.flatMap(({ kind }, subject) => (kind === 'fails' ? [] : [subject]));
}

/** A rule with blocks for update types has become several. */
function isSameRule(a: AppliedRule, b: AppliedRule): boolean {
  return a.source?.source === b.source?.source && a.source?.index === b.source?.index;
}

/** As what new versions come: what else there is, digests and rollbacks, a guard is not written for. */
const VERSION_TYPES: readonly string[] = ['major', 'minor', 'patch'];

function covers(later: AppliedRule, rule: AppliedRule, fitted: readonly number[]): boolean {
  const types = later.updateTypes === null || (rule.updateTypes ?? VERSION_TYPES).every((type) => later.updateTypes!.includes(type));
  return types && (later.isBreaking === null || later.isBreaking === rule.isBreaking) && fitted.every((subject) => later.verdicts[subject]?.kind === 'matches');
}

/**
 * A guard in front of a blanket rule. The other way round, an exception behind a default, is how rules are meant; in a small repository both can fit the
 * same few dependencies.
 */
function isBroader(later: AppliedRule, rule: AppliedRule): boolean {
  if (fittedBy(later).length > fittedBy(rule).length) return true;
  return Object.entries(later.settings).every(([key, value]) => !key.startsWith('match') || key === 'matchUpdateTypes' || JSON.stringify(rule.settings[key]) === JSON.stringify(value));
}

function draftOf(model: Model, rule: AppliedRule, { source, path, fields }: Written, [option, ...others]: readonly [string, ...string[]], later: AppliedRule): Draft {
  const count = fittedBy(rule).reduce((sum, subject) => sum + (model.packageRules.subjects[subject]?.count ?? 0), 0);
  const by = nameOf(later, source);
  const [written, overriding] = [rule.settings[option]!, later.settings[option]!];
  return {
    message: `${option}: ${said(written)} has no effect: ${by} comes later, fits ${count === 1 ? 'the same dependency' : `all ${count} dependencies of this rule`} and sets ${said(overriding)}${consequence(option, overriding)}${others.length === 0 ? '' : `. The same goes for ${someOf(others)}`}`,
    remedy: later.source?.source === source ? `Move this rule behind ${by}, or let that one except what this one is about.` : `Set ${option} in a rule of the config itself, which comes after all presets, or let ${by} except what this rule is about.`,
    target: { kind: 'config', source, path: placeOf(rule, path, fields, option) },
    data: { options: [option, ...others], value: written, by: later.source?.source ?? null, index: later.source?.index ?? null, overridingValue: overriding },
  };
}

function nameOf({ source, settings }: AppliedRule, seenFrom: string): string {
  if (source === null) return 'a rule';
  const description = settings['description'];
  const text = Array.isArray(description) ? description.join(' ') : description;
  const label = typeof text === 'string' && text !== '' ? ` (${JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)})` : '';
  return `packageRules[${source.index}]${source.source === seenFrom ? '' : ` of ${source.source}`}${label}`;
}

function said(value: unknown): string {
  return Array.isArray(value) ? `[${someOf(value.map((entry) => JSON.stringify(entry)))}]` : JSON.stringify(value);
}

function consequence(option: string, value: unknown): string {
  if (option === 'automerge') return value === true ? ', so they are merged by themselves' : ', so they wait for somebody to merge them';
  if (option === 'enabled') return value === false ? ', so no updates are proposed' : ', so updates are proposed';
  if (option === 'dependencyDashboardApproval') return value === true ? ', so they wait for a tick in the dashboard' : ', so they come without a tick in the dashboard';
  return '';
}

function placeOf({ updateTypes }: AppliedRule, path: ConfigPath, fields: Fields, option: string): ConfigPath {
  const block = RULE_BLOCKS.find((name) => updateTypes?.includes(name) === true && isFields(fields[name]) && fields[name][option] !== undefined);
  if (block !== undefined) return [...path, block, option];
  return fields[option] === undefined ? path : [...path, option];
}
