import type { ExtractedDependency } from '../../renovate/types.ts';
import { plural, type Draft, type Rule, type WrittenManager } from '../rule.ts';

export const managerCapturedSyntax: Rule = {
  name: 'manager-captured-syntax',
  severity: 'error',
  summary: 'A custom manager captures quotes, commas or comments along with a name or version',
  fixable: false,
  check: (model) => model.managers.filter(({ manager }) => manager.startsWith('custom.')).flatMap((manager) => draftsOf(manager)),
};

type Field = 'currentValue' | 'depName' | 'packageName' | 'registryUrl';

interface Capture {
  readonly field: Field;
  readonly value: string;
  readonly syntax: string;
  readonly file: string;
}

/** One finding for a field of a manager, however many files show it. */
function draftsOf({ source, label, path, settings, run }: WrittenManager): Draft[] {
  const captures = (run?.dependencies ?? []).filter(({ enabled }) => enabled).flatMap(capturesOf);
  const regexes = settings['matchStrings'];
  const place = Array.isArray(regexes) && regexes.length === 1 ? [...path, 'matchStrings', 0] : [...path, 'matchStrings'];
  return [...Map.groupBy(captures, ({ field }) => field)].map(([field, found]): Draft => {
    const { value, syntax, file } = found[0]!;
    const more = found.length === 1 ? '' : `, and ${plural(found.length - 1, 'more such value')}`;
    return {
      message: `${label} captures ${syntax} in ${field}: ${JSON.stringify(value)} (${file})${more}`,
      remedy: REMEDIES[field],
      target: { kind: 'config', source, path: place },
      data: { field, value, file, count: found.length },
    };
  });
}

const REMEDIES: Record<Field, string> = {
  currentValue: 'Let currentValue end before it, with quotes outside the group: ["\']?(?<currentValue>[^"\'\\s#,]+)["\']?',
  depName: 'Let depName end before it, with quotes outside the group: ["\']?(?<depName>[^"\'\\s#,]+)["\']?',
  packageName: 'Let packageName end before it, or correct packageNameTemplate.',
  registryUrl: 'Let registryUrl end before it, with quotes outside the group: ["\']?(?<registryUrl>[^"\'\\s#,]+)["\']?',
};

function capturesOf({ file, currentValue, depName, packageName, registryUrls }: ExtractedDependency): Capture[] {
  const values: readonly [Field, string | null][] = [
    ['currentValue', currentValue],
    ['depName', depName],
    // the name again, unless it is captured apart
    ['packageName', packageName === depName ? null : packageName],
    ...registryUrls.map((url): [Field, string] => ['registryUrl', url]),
  ];
  return values.flatMap(([field, value]): Capture[] => {
    const syntax = value === null ? undefined : [...SYNTAX, ...(field === 'depName' || field === 'packageName' ? IN_NAMES : [])].find(({ pattern }) => pattern.test(value));
    return value === null || syntax === undefined ? [] : [{ field, value, syntax: syntax.name, file }];
  });
}

/**
 * Commas inside are those of a range (`>=1.0, <2.0`). Addresses have gone through URL (44.121.2, custom/regex/utils.js), which escapes quotes and
 * braces.
 */
const SYNTAX: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'a quote', pattern: /["'`]|%22/ },
  { name: 'the braces of a template', pattern: /\{\{|\}\}|%7[BbDd]%7[BbDd]/ },
  { name: 'a comment', pattern: /#/ },
  { name: 'a comma', pattern: /,\s*$/ },
  { name: 'white space', pattern: /\s$|%20$/ },
];

/** Ranges have spaces inside, names have none. */
const IN_NAMES: typeof SYNTAX = [{ name: 'white space', pattern: /\s/ }];
