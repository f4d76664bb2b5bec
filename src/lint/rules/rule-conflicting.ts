import { isFields, objectsIn, textsIn, type ConfigPath, type Fields } from '../../base/config-walk.ts';
import { RULE_BLOCKS } from '../../base/update-types.ts';
import type { JsonObject } from '../../renovate/types.ts';
import type { Change, Document, Draft, Model, Rule } from '../rule.ts';

export const ruleConflicting: Rule = {
  name: 'rule-conflicting',
  severity: 'error',
  summary: 'A package rule sets something that Renovate needs before it knows what the rule matches',
  fixable: true,
  check: draftsOf,
};

function draftsOf(model: Model): Draft[] {
  const written = model.documents.flatMap(writtenConflicts);
  return [...written, ...resolvedConflicts(model, written)];
}

/** Options that decide which updates there are at all (config/validation.js, 44.121.2; the test holds the list against it). */
const BEFORE_LOOKUP: readonly string[] = [
  'allowedVersions',
  'extractVersion',
  'followTag',
  'ignoreDeps',
  'ignoreUnstable',
  'rangeStrategy',
  'registryUrls',
  'respectLatest',
  'rollbackPrs',
  'separateMajorMinor',
  'separateMinorPatch',
  'separateMultipleMajor',
  'separateMultipleMinor',
  'versioning',
];

function writtenConflicts({ source, value }: Document): Draft[] {
  return [...objectsIn(value)].flatMap(({ fields, path }) => {
    const options = BEFORE_LOOKUP.filter((option) => fields[option] !== undefined);
    return selectorsAt(path, fields).flatMap((selector) => options.map((option) => ({ ...draftOf(source, [...path, option], selector, option), change: ownRule(source, path, fields, option) })));
  });
}

/**
 * The option in a rule of its own before this one, which matches the same without the update type. Only a person can say what is meant where
 * nothing else is matched, where nothing else is set, and by allowedVersions.
 */
function ownRule(source: string, path: ConfigPath, rule: Fields, option: string): Change | null {
  if (option === 'allowedVersions' || path.at(-2) !== 'packageRules') return null;
  const matchers = Object.entries(rule).filter(([key]) => key.startsWith('match') && key !== 'matchUpdateTypes' && key !== 'matchIsBreaking');
  const settings = Object.keys(rule).filter((key) => !key.startsWith('match') && key !== 'description');
  if (matchers.length === 0 || settings.length < 2) return null;
  const value = { ...Object.fromEntries(matchers), [option]: rule[option] } as JsonObject;
  return { kind: 'config', source, changes: [{ kind: 'remove', path: [...path, option] }, { kind: 'insert', path, value }] };
}

function selectorsAt(path: ConfigPath, fields: Fields): string[] {
  if (path.at(-2) === 'packageRules') return selectorsOf(fields);
  return path.at(-3) === 'packageRules' && RULE_BLOCKS.includes(String(path.at(-1))) ? ['matchUpdateTypes'] : [];
}

/** What is known of an update only after the lookup. */
function selectorsOf(rule: Fields): string[] {
  const selectors: string[] = [];
  if (textsIn(rule['matchUpdateTypes'], []).length > 0) selectors.push('matchUpdateTypes');
  if (typeof rule['matchIsBreaking'] === 'boolean') selectors.push('matchIsBreaking');
  return selectors;
}

const REFUSAL = /^packageRules\[(?<index>\d+)\]: packageRules cannot combine both (?<selector>\w+) and (?<option>\w+)\. Rule: (?<rule>.*)$/s;

/** One half of the conflict may come from a preset that the rule extends: then only Renovate's validation sees it. */
function resolvedConflicts({ messages, documents }: Model, written: readonly Draft[]): Draft[] {
  const source = documents[0]?.source ?? '';
  return messages.flatMap(({ message }): Draft[] => {
    const { index, selector, option, rule } = REFUSAL.exec(message)?.groups ?? {};
    if (selector === undefined || option === undefined || rule === undefined) return [];
    const known = written.some(({ target, data }) => target.kind === 'config' && target.source === source && data['selector'] === selector && data['option'] === option);
    return known ? [] : [draftOf(source, placeOf(documents[0]?.value, rule, Number(index)), selector, option)];
  });
}

/** Renovate counts rules after it has split some in two, but prints the one that it means. */
function placeOf(config: Fields | undefined, printed: string, index: number): ConfigPath {
  const rules = config?.['packageRules'];
  if (!Array.isArray(rules)) return ['packageRules'];
  const same = rules.findIndex((rule) => JSON.stringify(rule) === printed);
  if (same >= 0) return ['packageRules', same];
  return isFields(rules[index]) ? ['packageRules', index] : ['packageRules'];
}

function draftOf(source: string, path: ConfigPath, selector: string, option: string): Draft {
  return {
    message: `a package rule cannot have both ${selector} and ${option}: Renovate needs ${option} before it knows the update, refuses the config and stops every merge request`,
    remedy: remedyFor(selector, option),
    target: { kind: 'config', source, path, part: 'key' },
    data: { selector, option },
  };
}

function remedyFor(selector: string, option: string): string {
  if (option === 'allowedVersions') return `To refuse some updates, write "enabled": false instead of allowedVersions; to bound versions, take ${selector} out of the rule.`;
  return `Move ${option} to a rule of its own, which matches by packages, managers or datasources and has no ${selector}.`;
}
