import { isFields, stringsOf, type ConfigPath, type Fields } from '../../base/config-walk.ts';
import { nearMiss, type NearMiss } from '../../base/near-name.ts';
import type { UnreadManager } from '../../renovate/types.ts';
import { someOf, type AppliedRule, type Document, type Draft, type Model, type Rule, type RuleSubject } from '../rule.ts';

export const ruleNeverMatches: Rule = {
  name: 'rule-never-matches',
  severity: 'warning',
  summary: 'A package rule, or a name in it, fits no dependency of this repository',
  fixable: false,
  check: (model) => (model.packageRules.subjects.length === 0 ? [] : model.documents.flatMap((document) => draftsOf(model, document))),
};

/** A rule as written, and what became of it. */
interface Written {
  readonly source: string;
  /** Presets are written for many repositories: there only a near miss is a fault. */
  readonly isPreset: boolean;
  readonly path: ConfigPath;
  readonly fields: Fields;
  readonly parts: readonly AppliedRule[];
}

function draftsOf(model: Model, { source, value }: Document): Draft[] {
  const rules = value['packageRules'];
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((fields: unknown, index) => {
    const parts = model.packageRules.rules.filter((rule) => rule.source?.source === source && rule.source.index === index);
    if (!isFields(fields) || parts.length === 0) return [];
    const written: Written = { source, isPreset: source !== model.documents[0]?.source, path: ['packageRules', index], fields, parts };
    const names = NAMES.flatMap((matcher) => namesThatMiss(model, written, matcher));
    if (names.length > 0) return names;
    return fitsNothing(written) ? absent(model, written) : [];
  });
}

function fitsNothing({ parts }: Written): boolean {
  return parts.every(({ verdicts }) => verdicts.every(({ kind }) => kind === 'fails'));
}

const NAMES = ['matchPackageNames', 'matchDepNames'] as const;
type NameMatcher = (typeof NAMES)[number];

const FIELD = { matchPackageNames: 'packageName', matchDepNames: 'depName' } as const;

/** Entries that fit nothing here, though a dependency that the rest of the rule fits has nearly that name. */
function namesThatMiss(model: Model, written: Written, matcher: NameMatcher): Draft[] {
  const { parts: [part], fields } = written;
  if (part === undefined) return [];
  const entries = stringsOf(part.settings[matcher]);
  const candidates = model.packageRules.subjects.filter((_subject, index) => failsOnlyAt(part, index, matcher));
  // a placeholder is filled in later, and what came with a preset inside the rule is not written here
  const own = entries.filter((entry) => !entry.startsWith('!') && !entry.includes('{{') && stringsOf(fields[matcher]).includes(entry));
  return own.flatMap((entry): Draft[] => {
    const found = nearestOf(model, matcher, entry, candidates);
    if (found === null || model.packageRules.subjects.some(({ dependency }) => fits(model, entry, dependency[FIELD[matcher]]))) return [];
    return [nameDraft(model, written, matcher, entry, found)];
  });
}

function failsOnlyAt({ verdicts }: AppliedRule, subject: number, matcher: string): boolean {
  const verdict = verdicts[subject];
  return verdict?.kind === 'fails' && verdict.matchers.length === 1 && verdict.matchers[0] === matcher;
}

function fits({ patterns }: Model, pattern: string, name: string | null): boolean {
  return name !== null && (pattern === '*' || patterns.matches(pattern, name));
}

interface Near extends NearMiss {
  readonly subject: RuleSubject;
  readonly name: string;
}

function nearestOf(model: Model, matcher: NameMatcher, entry: string, candidates: readonly RuleSubject[]): Near | null {
  const other = matcher === 'matchPackageNames' ? 'matchDepNames' : 'matchPackageNames';
  for (const subject of candidates) {
    const { [FIELD[matcher]]: name, [FIELD[other]]: otherName, datasource } = subject.dependency;
    if (name === null) continue;
    const near = nearMiss(entry, { name, isChart: datasource === 'helm' }, (pattern, text) => fits(model, pattern, text));
    if (near !== null) return { ...near, subject, name };
    if (otherName !== name && fits(model, entry, otherName)) return { why: `that is its ${FIELD[other]}`, write: name, subject, name };
  }
  return null;
}

function nameDraft(model: Model, { source, path, fields, parts }: Written, matcher: NameMatcher, entry: string, { why, write, subject, name }: Near): Draft {
  const list = stringsOf(fields[matcher]);
  const rest = parts.some(({ verdicts }) => verdicts.some(({ kind }) => kind !== 'fails')) ? 'this entry' : 'the rule';
  return {
    severity: model.missing.length > 0 ? 'info' : 'warning',
    message: `${matcher} ${JSON.stringify(entry)} fits no dependency of this repository, so ${rest} has no effect; the nearest is ${JSON.stringify(name)} (${subject.manager} in ${subject.dependency.file}): ${why}`,
    remedy: `Write ${JSON.stringify(write)}.`,
    target: { kind: 'config', source, path: Array.isArray(fields[matcher]) ? [...path, matcher, list.indexOf(entry)] : [...path, matcher] },
    data: { matcher, entry, nearest: name, file: subject.dependency.file },
  };
}

/** Nothing fits and nothing is near: said only when all that the rule could be about was read. */
function absent(model: Model, written: Written): Draft[] {
  const { source, isPreset, path, fields, parts } = written;
  if (isPreset || model.missing.length > 0 || model.runs.some(({ error }) => error !== null)) return [];
  if (parts.some((part) => isForOthers(model, part) || model.packageRules.unread.some((manager) => couldFit(model, part, manager)))) return [];
  const { matcher, message } = culpritOf(model, parts[0]!);
  return [
    {
      severity: isPreventive(fields) || parts.some((part) => isRemainder(model, part)) ? 'info' : 'warning',
      message,
      remedy: remedyFor(model, parts[0]!, matcher),
      target: fields[matcher] === undefined ? { kind: 'config', source, path } : { kind: 'config', source, path: [...path, matcher] },
      data: { matcher },
    },
  ];
}

/** What managers of cluster repositories ask for versions (44.121.2). */
const DATASOURCES: readonly string[] = ['docker', 'git-refs', 'git-tags', 'github-releases', 'github-tags', 'gitlab-releases', 'gitlab-tags', 'helm'];

/**
 * Written for managers that extract nothing here, or for what they would never extract: why a manager of ours does not, other rules say, and the
 * files of the rest may come any day.
 */
function isForOthers(model: Model, { settings }: AppliedRule): boolean {
  const here: readonly (readonly [string, readonly string[]])[] = [
    ['matchManagers', model.packageRules.subjects.map(({ manager }) => manager)],
    ['matchDatasources', [...DATASOURCES, ...model.packageRules.subjects.flatMap(({ dependency }) => dependency.datasource ?? [])]],
  ];
  return here.some(([matcher, values]) => settings[matcher] !== undefined && ![...new Set(values)].some((value) => fitsList(model, stringsOf(settings[matcher]), value)));
}

/** Managers with files here that are not run: what they extract is not known. `renovate-config` only reads the tags of presets. */
function couldFit(model: Model, { settings }: AppliedRule, { manager, datasources, categories, files }: UnreadManager): boolean {
  if (manager === 'renovate-config' && settings['matchManagers'] === undefined) return false;
  const tests: readonly (readonly [string, readonly string[]])[] = [
    ['matchManagers', [manager]],
    ['matchDatasources', datasources],
    ['matchCategories', categories],
    ['matchFileNames', files],
  ];
  return tests.every(([matcher, values]) => settings[matcher] === undefined || values.some((value) => fitsList(model, stringsOf(settings[matcher]), value)));
}

/** As matchRegexOrGlobList (util/string-match.js, 44.121.2). */
function fitsList(model: Model, entries: readonly string[], value: string): boolean {
  const positive = entries.filter((entry) => !entry.startsWith('!'));
  const negative = entries.filter((entry) => entry.startsWith('!'));
  return entries.length > 0 && (positive.length === 0 || positive.some((entry) => fits(model, entry, value))) && negative.every((entry) => fits(model, entry, value));
}

/** A rule that only keeps something away may wait for what is not there yet. */
function isPreventive(fields: Fields): boolean {
  const options = Object.keys(fields).filter((key) => !/^(?:match|exclude|description$)/.test(key));
  return fields['enabled'] === false && options.length === 1;
}

/** "All but these", where there is none but these so far. */
function isRemainder({ packageRules: { subjects } }: Model, part: AppliedRule): boolean {
  return NAMES.some((matcher) => {
    const entries = stringsOf(part.settings[matcher]);
    return entries.length > 0 && entries.every((entry) => entry.startsWith('!')) && subjects.some((_subject, index) => failsOnlyAt(part, index, matcher));
  });
}

function culpritOf(model: Model, part: AppliedRule): { readonly matcher: string; readonly message: string } {
  const { subjects } = model.packageRules;
  const failing = part.verdicts.map((verdict) => (verdict.kind === 'fails' ? verdict.matchers : []));
  const matchers = [...new Set(failing.flat())];
  const alone = matchers.map((matcher) => ({ matcher, count: countOf(subjects, (index) => failsOnlyAt(part, index, matcher)) })).sort((a, b) => b.count - a.count);
  const total = countOf(subjects, () => true);
  const [best] = alone;
  if (best !== undefined && best.count > 0) {
    const rest = matchers.length === 1 ? `${noneOf(total)} here` : `${noneOf(best.count)} that the other matchers fit`;
    return { matcher: best.matcher, message: `the rule never matches in this repository: ${best.matcher} fits ${rest}` };
  }
  const none = matchers.filter((matcher) => failing.every((list) => list.includes(matcher)));
  const said = none.length > 0 ? `${someOf(none)} ${none.length === 1 ? 'fits' : 'fit'}` : `${someOf(matchers)} together fit`;
  return { matcher: none[0] ?? matchers[0]!, message: `the rule never matches in this repository: ${said} ${noneOf(total)} here` };
}

function noneOf(count: number): string {
  return count === 1 ? 'not the only dependency' : `none of the ${count} dependencies`;
}

function countOf(subjects: readonly RuleSubject[], accept: (index: number) => boolean): number {
  return subjects.reduce((sum, { count }, index) => (accept(index) ? sum + count : sum), 0);
}

/** What the dependencies have that only this matcher keeps away, for matchers of few values. */
function remedyFor({ packageRules: { subjects } }: Model, part: AppliedRule, matcher: string): string {
  const read = VALUES[matcher];
  const candidates = subjects.filter((_subject, index) => failsOnlyAt(part, index, matcher));
  const values = [...new Set((candidates.length === 0 ? subjects : candidates).flatMap((subject) => read?.(subject) ?? []))].sort();
  if (values.length === 0) return 'Delete the rule, or correct what it matches by: `pins` lists the dependencies as Renovate names them.';
  return `Delete the rule, or correct ${matcher}: here there ${values.length === 1 ? 'is' : 'are'} ${someOf(values, 6)}.`;
}

const VALUES: Readonly<Record<string, (subject: RuleSubject) => string | null>> = {
  matchDatasources: ({ dependency }) => dependency.datasource,
  matchManagers: ({ manager }) => manager,
  matchPackageNames: ({ dependency }) => dependency.packageName,
  matchDepNames: ({ dependency }) => dependency.depName,
};
