import { isFields, objectsIn, textsIn, type WrittenText } from '../../base/config-walk.ts';
import { nearest } from '../../base/nearest.ts';
import { MATCHED_UPDATE_TYPES } from '../../base/update-types.ts';
import { setting, type Document, type Draft, type Model, type Rule } from '../rule.ts';

export const ruleUnknownValue: Rule = {
  name: 'rule-unknown-value',
  severity: 'error',
  summary: 'A package rule matches a manager, datasource, update type or category that Renovate does not have',
  fixable: true,
  check: (model) => model.documents.flatMap((document) => draftsOf(model, document)),
};

interface Matcher {
  readonly noun: string;
  readonly known: readonly string[];
  /** Old names that Renovate migrates (44.121.2, config/migrations/custom). */
  readonly migrated: readonly string[];
}

function draftsOf(model: Model, { source, value }: Document): Draft[] {
  const matchers = matchersOf(model);
  return [...objectsIn(value)].flatMap(({ fields, path }) =>
    Object.entries(matchers).flatMap(([option, matcher]) =>
      textsIn(fields[option], [...path, option])
        .filter(({ text }) => !isKnown(model, matcher, text))
        .map((written) => draftOf(model, source, option, matcher, written)),
    ),
  );
}

function matchersOf({ names, config }: Model): Readonly<Record<string, Matcher>> {
  const custom = config.resolved['customDatasources'];
  const customDatasources = isFields(custom) ? Object.keys(custom).map((name) => `custom.${name}`) : [];
  return {
    matchManagers: { noun: 'manager', known: names.managers, migrated: ['regex', 'renovate-config-presets'] },
    matchDatasources: { noun: 'datasource', known: [...names.datasources, ...customDatasources], migrated: ['adoptium-java', 'dotnet', 'node'] },
    matchUpdateTypes: { noun: 'update type', known: MATCHED_UPDATE_TYPES, migrated: [] },
    matchCategories: { noun: 'category', known: names.categories, migrated: [] },
  };
}

const REGEX = /^\/(?<source>.*)\/i?$/s;

/** Globs ignore case and regexes do not (util/string-match.js, 44.121.2); a negation must have something to except. */
function isKnown({ patterns }: Model, { known, migrated }: Matcher, written: string): boolean {
  // the placeholder of a preset is filled in later
  if (written.includes('{{') || migrated.includes(written)) return true;
  const positive = written.replace(/^!/, '');
  const regex = REGEX.exec(positive)?.groups?.['source'];
  // regex-not-re2 reports it
  if (regex !== undefined && patterns.refusal(regex) !== null) return true;
  return known.some((name) => patterns.matches(positive, name));
}

function draftOf({ names }: Model, source: string, option: string, { noun, known }: Matcher, { text, path }: WrittenText): Draft {
  const isManager = option === 'matchDatasources' && names.managers.includes(text.replace(/^!/, ''));
  // the datasource with the nearest name is another thing than the manager
  const suggestion = isManager ? null : suggestionFor(text, known);
  const negated = text.startsWith('!');
  return {
    message: `${option}: Renovate has no ${noun} ${JSON.stringify(text.replace(/^!/, ''))}, so this entry ${negated ? 'excepts' : 'matches'} nothing`,
    remedy: suggestion === null ? remedyFor(option, known, isManager) : `Write ${JSON.stringify(`${negated ? '!' : ''}${suggestion}`)}.`,
    target: { kind: 'config', source, path },
    data: { option, value: text, suggestion },
    change: suggestion === null ? null : setting(source, path, `${negated ? '!' : ''}${suggestion}`),
  };
}

function suggestionFor(text: string, known: readonly string[]): string | null {
  const name = text.replace(/^!/, '');
  return known.includes(`custom.${name}`) ? `custom.${name}` : nearest(name, known);
}

function remedyFor(option: string, known: readonly string[], isManager: boolean): string {
  if (isManager) return 'That is a manager: name it with matchManagers in a rule of its own (all matchers of one rule have to fit), or write the datasource of what it extracts, such as github-tags.';
  if (option === 'matchUpdateTypes' || option === 'matchCategories') return `Write one of ${known.join(', ')}.`;
  if (option === 'matchManagers') return 'Write the manager that reads the file, such as argocd, helmv3, custom.regex or custom.jsonata; `pins` shows which one does.';
  return 'Charts of an http repository are helm, charts and images of an OCI registry docker, tags of a git repository git-tags.';
}
