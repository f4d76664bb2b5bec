import { stringsOf } from '../../base/config-walk.ts';
import { groupsOf } from '../../base/custom-manager.ts';
import { lineIndex } from '../../base/location.ts';
import type { DroppedMatch, NecessaryField } from '../../renovate/types.ts';
import { entryOf, regexTarget, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerDroppedMatch: Rule = {
  name: 'manager-dropped-match',
  severity: 'warning',
  summary: 'Renovate discards what a custom manager matched, because the name, the version or the datasource is missing',
  fixable: false,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

/** One finding for each set of missing fields, however many matches lack them. */
function draftsOf(model: Model, manager: WrittenManager): Draft[] {
  const lost = (manager.run?.dropped ?? []).filter((match) => isLost(model, manager, match));
  return [...Map.groupBy(lost, ({ missing }) => missing.join())].map(([, matches]) => draftOf(model, manager, matches[0]!, matches.length));
}

/**
 * Beside dependencies of the same manager a match without a version has nothing to update; a match whose version another regex extracts is not
 * lost; and what a combination finds in part only, it need not find in every file.
 */
function isLost(model: Model, manager: WrittenManager, { file, match, missing, value }: DroppedMatch): boolean {
  const { settings, run } = manager;
  if (isRefused(model, manager, missing)) return false;
  if (run === null || run.dependencies.length === 0) return true;
  if (missing.includes('value') || !/\d/.test(value ?? '') || settings['matchStringsStrategy'] === 'combination') return false;
  return match === null || !versionsIn(model, file).some((offset) => offset >= match.offset && offset < match.offset + match.length);
}

/** Renovate's validation says of the repository's own config that no regex and no template gives the field, and config-invalid repeats it. */
function isRefused({ config, messages }: Model, manager: WrittenManager, missing: readonly NecessaryField[]): boolean {
  return manager.source === config.file && missing.some((field) => !isSourced(manager, field)) && messages.some(({ message }) => /^(?:Regex|JSONata) Managers must contain /.test(message));
}

function versionsIn({ runs }: Model, file: string): number[] {
  return runs.flatMap(({ dependencies }) => dependencies.flatMap(({ file: read, writeBack }) => (read === file && writeBack.kind === 'exact' ? [writeBack.offset] : [])));
}

function draftOf(model: Model, manager: WrittenManager, { file, match, missing }: DroppedMatch, count: number): Draft {
  const where = match === null ? file : `${file}:${lineIndex(model.text(file)).at(match.offset).line}`;
  const what = count === 1 ? `discards its match (${where}), which has` : `discards ${count} matches (the first is ${where}), which have`;
  return {
    message: `${manager.label}: Renovate ${what} no ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(missing.map((field) => NAMES[field]))}`,
    remedy: missing.map((field) => remedyFor(manager, field)).join(' '),
    target: regexTarget(manager, entryOf(model, manager, file, match)),
    data: { missing, file, count },
    ...(missing.every((field) => isSourced(manager, field)) ? {} : { severity: 'error' as const }),
  };
}

const NAMES: Record<NecessaryField, string> = { name: 'name (depName or packageName)', value: 'version (currentValue or currentDigest)', datasource: 'datasource' };

function remedyFor(manager: WrittenManager, field: NecessaryField): string {
  const [name] = SOURCES[field];
  if (field === 'value') return manager.manager === 'custom.regex' ? 'Let each match capture (?<currentValue>…), with at least one character.' : 'Let each result have a currentValue, as a string.';
  const captured = manager.manager === 'custom.regex' ? `(?<${name}>…) in each match` : `${name} in each result`;
  return `Set ${name}Template${field === 'datasource' ? DATASOURCES : ''}, or demand ${captured}.`;
}

const DATASOURCES = ' ("helm" for charts of an http repository, "docker" for images and for charts of a registry, "git-tags" for repositories)';

const SOURCES: Record<NecessaryField, readonly [string, ...string[]]> = { name: ['depName', 'packageName'], value: ['currentValue', 'currentDigest'], datasource: ['datasource'] };

/** Whether the manager says anywhere where the field comes from; a query may say it in any words. */
function isSourced({ manager, settings }: WrittenManager, field: NecessaryField): boolean {
  if (manager !== 'custom.regex') return true;
  const groups = stringsOf(settings['matchStrings']).flatMap(groupsOf);
  return SOURCES[field].some((name) => groups.includes(name) || settings[`${name}Template`] !== undefined);
}
