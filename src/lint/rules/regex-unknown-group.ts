import type { ConfigPath } from '../../base/config-walk.ts';
import { groupsOf, wordsOfTemplates } from '../../base/custom-manager.ts';
import { nearest } from '../../base/nearest.ts';
import { setting, someOf, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const regexUnknownGroup: Rule = {
  name: 'regex-unknown-group',
  severity: 'warning',
  summary: 'A named group of a custom manager means nothing to Renovate and is used by no template',
  fixable: true,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

/** What a custom manager may capture (44.121.2, custom/utils.js). */
const FIELDS: readonly string[] = ['depName', 'packageName', 'currentValue', 'currentDigest', 'datasource', 'versioning', 'extractVersion', 'registryUrl', 'depType', 'indentation'];

function draftsOf({ patterns }: Model, { source, manager, label, path, settings }: WrittenManager): Draft[] {
  const regexes = settings['matchStrings'];
  if (manager !== 'custom.regex' || !Array.isArray(regexes)) return [];
  const used = wordsOfTemplates(settings);
  return regexes.flatMap((regex, index): Draft[] => {
    // what RE2 refuses has its own rule
    if (typeof regex !== 'string' || patterns.refusal(regex) !== null) return [];
    const unknown = groupsOf(regex).filter((group) => !FIELDS.includes(group) && !used.has(group));
    return unknown.map((group) => draftOf(label, group, regex, source, [...path, 'matchStrings', index]));
  });
}

/** A group that resembles no field is at worst superfluous. */
function draftOf(label: string, group: string, regex: string, source: string, path: ConfigPath): Draft {
  const field = fieldLike(group.toLowerCase());
  return {
    message: `${label}: Renovate does not know the group ${group}, and no template of this manager uses it`,
    remedy: field === null ? `Use {{${group}}} in a template such as depNameTemplate, or write (?:…). Renovate reads ${someOf(FIELDS, FIELDS.length)}.` : `Write (?<${field}>…).`,
    target: { kind: 'config', source, path },
    data: { group, suggestion: field },
    change: field === null || regex.includes(`(?<${field}>`) ? null : setting(source, path, regex.replace(`(?<${group}>`, `(?<${field}>`)),
    ...(field === null ? { severity: 'info' as const } : {}),
  };
}

/** What Argo CD and Helm call them. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ...['version', 'tag', 'revision', 'targetrevision', 'value'].map((word): [string, string] => [word, 'currentValue']),
  ...['name', 'chart', 'image'].map((word): [string, string] => [word, 'depName']),
  ...['repourl', 'repository', 'registry', 'registryurls', 'url'].map((word): [string, string] => [word, 'registryUrl']),
  ['digest', 'currentDigest'],
]);

function fieldLike(group: string): string | null {
  const suggestion = nearest(group, FIELDS.map((field) => field.toLowerCase()));
  return SYNONYMS.get(group) ?? FIELDS.find((name) => name.toLowerCase() === suggestion) ?? null;
}
