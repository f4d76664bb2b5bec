import { stringsOf } from '../../base/config-walk.ts';
import { wordsOfTemplates } from '../../base/custom-manager.ts';
import { crossing, type Crossing } from '../../base/entries.ts';
import { lineIndex } from '../../base/location.ts';
import type { ExtractedDependency } from '../../renovate/types.ts';
import { plural, regexTarget, type Draft, type Model, type RegexMatch, type Rule, type WrittenManager } from '../rule.ts';

export const managerCrossMatch: Rule = {
  name: 'manager-cross-match',
  severity: 'error',
  summary: 'A regex of a custom manager pairs the name of one entry with the version of another',
  fixable: false,
  check: (model) => model.managers.flatMap((manager) => draftsOf(model, manager)),
};

interface Pair {
  readonly entry: number;
  readonly file: string;
  readonly group: { readonly offset: number; readonly text: string };
  readonly version: { readonly offset: number; readonly text: string };
  readonly over: Crossing;
}

/**
 * One finding for each regex. pin-mismatch names the versions of Argo CD that suffer, as far as they are any; this names the cause.
 */
function draftsOf(model: Model, manager: WrittenManager): Draft[] {
  const { run, settings } = manager;
  // the matches of a combination or recursion are not those of one regex
  if (run?.manager !== 'custom.regex' || !['any', undefined].includes(settings['matchStringsStrategy'] as string | undefined)) return [];
  const files = Map.groupBy(run.dependencies.filter(({ enabled, match }) => enabled && match !== null), ({ file }) => file);
  const pairs = [...files].flatMap(([file, dependencies]) => pairsIn(model, manager, file, dependencies));
  return [...Map.groupBy(pairs, ({ entry }) => entry)].map(([entry, found]) => draftOf(model, manager, entry, found));
}

/** Files whose matches have a line in between; only there the regex is run again, to learn where its groups stand. */
function pairsIn(model: Model, { settings }: WrittenManager, file: string, dependencies: readonly ExtractedDependency[]): Pair[] {
  const text = model.text(file);
  const long = dependencies.filter(({ match }) => text.slice(match!.offset, match!.offset + match!.length).split('\n').length > 2);
  if (!/\.(?:ya?ml|tpl)$/.test(file) || long.length === 0) return [];
  return stringsOf(settings['matchStrings']).flatMap((regex, entry) =>
    model.patterns.matchesOf(regex, text).flatMap((match): Pair[] => {
      const dependency = long.find((one) => one.match!.offset === match.offset && one.match!.length === match.length);
      return dependency === undefined ? [] : crossed(model, settings, dependency, match, entry);
    }),
  );
}

/** The first group that says what is looked up and stands in another entry than the version. */
function crossed(model: Model, settings: WrittenManager['settings'], dependency: ExtractedDependency, { groups }: RegexMatch, entry: number): Pair[] {
  const { currentValue: version, ...others } = groups;
  if (version === undefined) return [];
  const { depNameTemplate, packageNameTemplate, registryUrlTemplate } = settings;
  const words = wordsOfTemplates({ depNameTemplate, packageNameTemplate, registryUrlTemplate });
  const identifying = Object.entries(others).filter(([name]) => ['depName', 'packageName', 'registryUrl'].includes(name) || words.has(name));
  for (const [, group] of identifying) {
    const over = crossing(model.text(dependency.file), group.offset, version.offset) ?? (isOfAnother(model, dependency, group.text, version.offset) ? 'entry' : null);
    if (over !== null) return [{ entry, file: dependency.file, group, version, over }];
  }
  return [];
}

/** What Argo CD deploys there has another name, and the name that was captured is that of another version of the file. */
function isOfAnother({ pins }: Model, { file, depName, packageName }: ExtractedDependency, captured: string, offset: number): boolean {
  if (captured !== depName && captured !== packageName) return false;
  const here = pins.filter((pin) => pin.file === file);
  const pin = here.find((candidate) => candidate.offset === offset);
  if (pin === undefined || pin.name === null || captured.includes(lastPart(pin.name))) return false;
  return here.some((other) => other !== pin && other.name !== null && lastPart(other.name) === lastPart(captured));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function draftOf(model: Model, manager: WrittenManager, entry: number, pairs: readonly Pair[]): Draft {
  const { file, group, version, over } = pairs[0]!;
  const lines = lineIndex(model.text(file));
  const where = over === 'document' ? 'in another document, beyond ---' : 'in another entry';
  const more = pairs.length === 1 ? '' : `, and ${plural(pairs.length - 1, 'more such pair')}`;
  return {
    message: `${manager.label}: this regex pairs ${group.text} (${file}:${lines.at(group.offset).line}) with ${version.text}, which stands ${where} (line ${lines.at(version.offset).line})${more}: Renovate looks up one and rewrites the other`,
    remedy: 'Let nothing stand between them but the lines of one entry: instead of [\\s\\S]*? write (?:[ \\t]+(?:repoURL|path):[^\\n]*\\n)*, with the keys that may come there; or use a custom manager of the type jsonata, which sees entries.',
    target: regexTarget(manager, entry),
    data: { file, captured: group.text, version: version.text, over, count: pairs.length },
  };
}
