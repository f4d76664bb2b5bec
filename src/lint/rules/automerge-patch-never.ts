import { objectsIn, textsIn, type ConfigPath, type Fields, type WrittenObject } from '../../base/config-walk.ts';
import { setting, type Document, type Draft, type Model, type Rule } from '../rule.ts';

export const automergePatchNever: Rule = {
  name: 'automerge-patch-never',
  severity: 'warning',
  summary: 'Only patches are merged by themselves, but beside a newer minor Renovate never proposes them',
  fixable: true,
  check: (model) => (separatesPatches(model.config.resolved) ? [] : model.documents.flatMap((document) => draftsOf(model, document))),
};

/**
 * Minor and patch share a bucket, of which only the newest version is proposed, unless one of these says otherwise
 * (workers/repository/process/lookup/bucket.js, 44.121.2). One rule that does is enough to be silent: whom it fits is not known offline.
 */
function separatesPatches(resolved: Fields): boolean {
  return [resolved, ...rulesOf(resolved)].some((level) => level['separateMinorPatch'] === true || level['separateMultipleMinor'] === true);
}

function rulesOf(config: Fields): Fields[] {
  return [...objectsIn(config['packageRules'])].filter(({ path }) => path.length === 1).map(({ fields }) => fields);
}

function draftsOf(model: Model, { source, value }: Document): Draft[] {
  return [...objectsIn(value)]
    .filter((written) => mergesPatchesOnly(written) && !minorsMerge(model.config.resolved, selectorsAround(written)))
    .map(({ path }) => ({
      ...draftOf(source, [...path, 'automerge'], model.documents[0]?.source ?? source),
      // a preset that could not be read may separate them
      ...(model.missing.length > 0 ? { severity: 'info' as const, change: null } : {}),
    }));
}

function mergesPatchesOnly({ fields, path }: WrittenObject): boolean {
  // the old spelling, which Renovate migrates to a patch block
  if (fields['automerge'] === 'patch') return true;
  if (fields['automerge'] !== true) return false;
  if (path.at(-1) === 'patch') return true;
  return path.at(-2) === 'packageRules' && matchesTypes(fields).patch && !matchesTypes(fields).minor;
}

/** Globs, regexes and negations are taken to match: no rule is accused on a guess. */
function matchesTypes(rule: Fields): { readonly patch: boolean; readonly minor: boolean } {
  const types = textsIn(rule['matchUpdateTypes'], []).map(({ text }) => text.toLowerCase());
  const any = types.length === 0 || types.some((type) => /[^a-z]/.test(type));
  return { patch: any || types.includes('patch'), minor: any || types.includes('minor') };
}

/** What a rule matches by, apart from the update type; of the rule around it for a `patch` block. */
function selectorsAround({ fields, around }: WrittenObject): Map<string, string> {
  return new Map([fields, ...around].flatMap((level) => selectorsOf(level)));
}

/** A rule for minors that leaves out 0.x still merges them for the same dependencies: what it is about, names and datasources say. */
const VERSION_MATCHERS: readonly string[] = ['matchUpdateTypes', 'matchCurrentVersion', 'matchCurrentValue', 'matchCurrentAge', 'matchNewValue', 'matchConfidence'];

function selectorsOf(level: Fields): [string, string][] {
  return Object.entries(level)
    .filter(([key]) => /^(?:match|exclude)/.test(key) && !VERSION_MATCHERS.includes(key))
    .map(([key, value]) => [key, JSON.stringify(value)]);
}

/** When the minor is merged by itself too, nothing waits for the patch. */
function minorsMerge(resolved: Fields, selectors: ReadonlyMap<string, string>): boolean {
  if (mergesMinors(resolved)) return true;
  return rulesOf(resolved).some((rule) => mergesMinors(rule) && selectorsOf(rule).every(([key, value]) => selectors.get(key) === value));
}

function mergesMinors(level: Fields): boolean {
  const minor = level['minor'] as Fields | null | undefined;
  const inBlock = minor?.['automerge'];
  return inBlock === undefined ? level['automerge'] === true && matchesTypes(level).minor : inBlock === true;
}

function draftOf(source: string, path: ConfigPath, config: string): Draft {
  return {
    message: 'only patches are merged by themselves here, but when a newer minor is out as well, Renovate proposes that one alone and the patch never comes',
    remedy: 'Set "separateMinorPatch": true at the top level, or extend ":separatePatchReleases": then patches have merge requests of their own. Not in a rule with matchUpdateTypes, where Renovate refuses it.',
    target: { kind: 'config', source, path },
    data: { option: path.join('.') },
    change: setting(config, ['separateMinorPatch'], true),
  };
}
