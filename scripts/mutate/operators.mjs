/**
 * The ways in which people break configs that work. Each operator makes of one config any number of broken ones, and names the rules that have to
 * tell: the one that names the slip where there is one, or the one that names what comes of it (a version that nobody manages any more).
 */

/** What comes of a manager that extracts less, or something else. */
const LOST = ['pin-unmanaged', 'pin-mismatch', 'pin-duplicate', 'manager-no-match', 'manager-dropped-match', 'write-back-ambiguous', 'annotation-orphan', 'version-unparsable', 'manager-captured-syntax'];

/** Every value of a config with its path. */
function* walk(value, path = []) {
  yield { value, path };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value)) yield* walk(entry, [...path, Array.isArray(value) ? Number(key) : key]);
}

function withValue(config, path, value) {
  const copy = structuredClone(config);
  const parent = path.slice(0, -1).reduce((at, step) => at[step], copy);
  if (value === undefined && Array.isArray(parent)) parent.splice(path.at(-1), 1);
  else if (value === undefined) delete parent[path.at(-1)];
  else parent[path.at(-1)] = value;
  return copy;
}

function has(path, key) {
  return path.includes(key);
}

const isPattern = (path) => path.at(-2) === 'managerFilePatterns';
const isRegex = (path, config) => path.at(-2) === 'matchStrings' && config.customManagers[path[1]].customType === 'regex';
const isQuery = (path, config) => path.at(-2) === 'matchStrings' && config.customManagers[path[1]].customType === 'jsonata';
const inRule = (path) => path[0] === 'packageRules' && path.length > 2;

/** Strings at some places, changed each in turn; a change may give several results. */
function strings(where, change) {
  return (config) =>
    [...walk(config)].flatMap(({ value, path }) => {
      if (typeof value !== 'string' || !where(path, config)) return [];
      const changed = [change(value, path, config)].flat().filter((text) => text !== null && text !== value);
      return [...new Set(changed)].map((text) => ({ config: withValue(config, path, text), where: path.join('.') }));
    });
}

/** Each match of a pattern in a string replaced on its own. */
function each(pattern, replacement) {
  return (text) => [...text.matchAll(pattern)].map((match) => text.slice(0, match.index) + match[0].replace(new RegExp(pattern.source, pattern.flags.replace('g', '')), replacement) + text.slice(match.index + match[0].length));
}

/** Keys at some places renamed or removed. */
function keys(where, change) {
  return (config) =>
    [...walk(config)].flatMap(({ value, path }) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
      return Object.keys(value).flatMap((key) => {
        if (!where([...path, key], value)) return [];
        const renamed = change(key);
        const entries = Object.entries(value).flatMap(([name, entry]) => (name !== key ? [[name, entry]] : renamed === null ? [] : [[renamed, entry]]));
        const object = Object.fromEntries(entries);
        return [{ config: path.length === 0 ? object : withValue(config, path, object), where: [...path, key].join('.') }];
      });
    });
}

/** A config with entries of one list changed. */
function list(name, change) {
  return (config) => (Array.isArray(config[name]) ? change(config[name]).map((entries, index) => ({ config: { ...config, [name]: entries }, where: `${name} ${index}` })) : []);
}

function option(key, value, applies = () => true) {
  return (config) => (applies(config) ? [{ config: { ...config, [key]: value }, where: key }] : []);
}

function ruleOption(key, value, applies) {
  return (config) => (config.packageRules ?? []).flatMap((rule, index) => (applies(rule) ? [{ config: withValue(config, ['packageRules', index, key], value), where: `packageRules.${index}` }] : []));
}

const merges = (config) => JSON.stringify(config).includes('"automerge":true');
const NAMES = ['matchPackageNames', 'matchDepNames'];

export const operators = [
  // file patterns
  { name: 'drop the closing slash', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => (text.startsWith('/') ? text.replace(/\/i?$/, '') : null)) },
  { name: 'drop both slashes', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => (text.startsWith('/') ? text.replace(/^\/|\/i?$/g, '') : null)) },
  { name: 'double a slash', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, each(/(?<=\w)\/(?=[\w[.(*])/g, '//')) },
  { name: 'start a path with a slash', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => text.replace(/^\/\^/, '/^/')) },
  { name: 'wrong case in a path', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => text.replace(/[a-z]{3,}/, (word) => word[0].toUpperCase() + word.slice(1))) },
  { name: 'a folder that is not there', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => text.replace(/^(\/\^?)/, '$1old/')) },
  { name: 'another ending', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => text.replace(/ya\?ml|yaml/, 'yml')) },
  { name: 'drop the file patterns', expects: ['manager-no-file', 'argocd-without-patterns', 'config-invalid', ...LOST], mutate: keys((path) => path.at(-1) === 'managerFilePatterns', () => null) },
  { name: 'negate a file pattern', expects: ['manager-no-file', ...LOST], mutate: strings(isPattern, (text) => `!${text}`) },

  // regexes
  { name: 'drop an escape', expects: ['regex-not-re2', 'config-invalid', ...LOST], mutate: strings(isRegex, each(/\\([^\\])/g, '$1')) },
  { name: 'swap two groups', expects: LOST, mutate: strings(isRegex, (text) => (text.includes('(?<depName>') && text.includes('(?<currentValue>') ? text.replace('(?<depName>', '(?<x>').replace('(?<currentValue>', '(?<depName>').replace('(?<x>', '(?<currentValue>') : null)) },
  { name: 'misspell a group', expects: ['regex-unknown-group', 'config-invalid', ...LOST], mutate: strings(isRegex, each(/\(\?<(\w)(\w)(\w+)>/g, '(?<$1$3>')) },
  { name: 'a group of another name', expects: ['regex-unknown-group', 'config-invalid', ...LOST], mutate: strings(isRegex, each(/\(\?<currentValue>/g, '(?<version>')) },
  { name: 'a group without a name', expects: ['config-invalid', ...LOST], mutate: strings(isRegex, each(/\(\?<\w+>/g, '(')) },
  { name: 'let a dot run over lines', expects: ['manager-cross-match', ...LOST], mutate: strings(isRegex, each(/\\S[+*]|\[\^[^\]]*\][+*]|\\s\+|\.\*/g, '[\\s\\S]*?')) },
  { name: 'take all that is not white space', expects: LOST, mutate: strings(isRegex, each(/\[\^[^\]]*\]\+/g, '\\S+')) },
  { name: 'greedy in the place of lazy', expects: ['manager-cross-match', ...LOST], mutate: strings(isRegex, each(/([*+])\?/g, '$1')) },
  { name: 'anchor at the start', expects: ['config-invalid', ...LOST], mutate: strings(isRegex, (text) => `^${text}`) },
  { name: 'anchor at the end', expects: ['config-invalid', ...LOST], mutate: strings(isRegex, (text) => `${text}$`) },
  { name: 'look ahead', expects: ['regex-not-re2', ...LOST], mutate: strings(isRegex, (text) => `${text}(?=\\s|$)`) },
  { name: 'allow nothing at all', expects: ['regex-zero-length', ...LOST], mutate: strings(isRegex, (text) => `(?:${text})?`) },
  { name: 'spaces where the file has none', expects: LOST, mutate: strings(isRegex, each(/: |: \?/g, ' = ')) },
  { name: 'a piece too much', expects: LOST, mutate: strings(isRegex, (text) => `${text}\\s+digest: \\S+`) },

  // queries
  { name: 'misspell a field of a query', expects: LOST, mutate: strings(isQuery, each(/"(depName|currentValue|registryUrl|datasource)"/g, '"$1s"')) },
  { name: 'break the syntax of a query', expects: ['config-invalid', ...LOST], mutate: strings(isQuery, (text) => text.replace(/\}\s*$/, '')) },
  { name: 'a key that the file does not have', expects: LOST, mutate: strings(isQuery, (text) => text.replace(/[a-z]{5,}/, 'nothing')) },

  // managers
  { name: 'misspell a datasource', expects: ['manager-unknown-datasource', ...LOST], mutate: strings((path) => path.at(-1) === 'datasourceTemplate', (text) => (text.includes('{{') ? null : text.slice(0, 1) + text.slice(2))) },
  { name: 'another datasource', expects: LOST, mutate: strings((path) => path.at(-1) === 'datasourceTemplate', (text) => ({ helm: 'docker', docker: 'helm' })[text] ?? 'helm') },
  { name: 'misspell a versioning', expects: ['manager-unknown-versioning', ...LOST], mutate: strings((path) => path.at(-1) === 'versioningTemplate', (text) => (text.includes('{{') ? null : `${text}x`)) },
  { name: 'another registry', expects: LOST, mutate: strings((path) => path.at(-1) === 'registryUrlTemplate', () => 'https://charts.example.org') },
  { name: 'drop a template', expects: ['config-invalid', 'regex-unknown-group', ...LOST], mutate: keys((path) => has(path, 'customManagers') && /Template$/.test(path.at(-1)), () => null) },
  { name: 'misspell an option of a manager', expects: ['config-invalid', ...LOST], mutate: keys((path) => path[0] === 'customManagers' && path.length === 3 && path.at(-1) !== 'description', (key) => key.slice(0, -1)) },
  { name: 'another strategy', expects: ['manager-cross-match', ...LOST], mutate: keys((path) => path.at(-1) === 'matchStringsStrategy', () => null) },
  { name: 'the same managers twice', expects: ['manager-overlap', ...LOST], mutate: list('customManagers', (entries) => entries.map((entry) => [...entries, entry])) },
  { name: 'switch a manager off', expects: ['enabled-managers-drop', ...LOST], mutate: list('enabledManagers', (entries) => entries.map((_, index) => entries.toSpliced(index, 1)).filter((rest) => rest.length > 0)) },
  { name: 'only one manager', expects: ['enabled-managers-drop', ...LOST], mutate: option('enabledManagers', ['npm'], (config) => config.enabledManagers === undefined) },
  { name: 'ignore the folder', expects: [...LOST, 'manager-no-file'], mutate: (config) => (config.argocd || config.customManagers ? [{ config: { ...config, ignorePaths: ['**/*.yaml', '**/*.yml', '**/*.json'] }, where: 'ignorePaths' }] : []) },

  // presets
  { name: 'a preset twice', expects: ['preset-duplicate', 'manager-overlap', ...LOST], mutate: list('extends', (entries) => entries.map((entry) => [...entries, entry])) },
  { name: 'a preset and a part of it', expects: ['preset-duplicate', 'manager-overlap', ...LOST], mutate: list('extends', (entries) => entries.filter((entry) => /renovate-argocd(?:#\w+)?$/.test(entry)).map((entry) => [...entries, `${entry.replace(/#.*/, '')}//presets/managers/application`])) },
  { name: 'the tag behind the arguments', expects: ['preset-tag-after-arguments'], mutate: strings((path) => path[0] === 'extends', (text) => (text.includes('>') ? `${text.replace(/#.*/, '')}(x)#v1` : null)) },
  { name: 'misspell a preset', expects: ['preset-missing', ...LOST], mutate: strings((path) => path[0] === 'extends', (text) => text.replace(/(\w)(\w)(\w*)(?=$|[(#])/, '$1$3')) },
  { name: 'a relative preset', expects: ['preset-relative-in-repository', 'preset-missing'], mutate: list('extends', (entries) => [[...entries, './automerge']]) },
  { name: 'gitlab.com for the own GitLab', expects: ['preset-self-managed'], mutate: strings((path) => path[0] === 'extends', (text) => (text.startsWith('local>') ? text.replace('local>', 'gitlab>') : null)) },
  { name: 'drop an argument', expects: ['preset-argument-missing'], mutate: strings((path) => path[0] === 'extends', (text) => (/\(.+\)/.test(text) ? text.replace(/\(.*/, '') : null)) },

  // rules
  { name: 'swap two rules', expects: ['rule-overridden'], mutate: list('packageRules', (entries) => entries.slice(1).map((_, index) => entries.with(index, entries[index + 1]).with(index + 1, entries[index]))) },
  { name: 'drop separateMinorPatch', expects: ['automerge-patch-never'], mutate: keys((path) => path.at(-1) === 'separateMinorPatch', () => null) },
  { name: 'misspell a manager in a rule', expects: ['rule-unknown-value', 'rule-never-matches', ...LOST], mutate: strings((path) => path.at(-2) === 'matchManagers', (text) => text.slice(0, -1)) },
  { name: 'the old name of a manager', expects: ['rule-unknown-value', 'rule-never-matches', ...LOST], mutate: strings((path) => path.at(-2) === 'matchManagers', (text) => ({ argocd: 'argo-cd', helmv3: 'helm' })[text] ?? null) },
  { name: 'misspell a datasource in a rule', expects: ['rule-unknown-value', 'rule-never-matches', ...LOST], mutate: strings((path) => path.at(-2) === 'matchDatasources', (text) => `${text}s`) },
  { name: 'misspell an update type', expects: ['rule-unknown-value'], mutate: strings((path) => path.at(-2) === 'matchUpdateTypes', (text) => `${text}s`) },
  { name: 'misspell a category', expects: ['rule-unknown-value', 'rule-never-matches'], mutate: strings((path) => path.at(-2) === 'matchCategories', () => 'argocd') },
  { name: 'a name as a path', expects: ['rule-never-matches'], mutate: strings((path) => NAMES.includes(path.at(-2)), (text) => (text.startsWith('/') ? null : `/${text}/.*/`)) },
  { name: 'a name with its repository', expects: ['rule-never-matches'], mutate: strings((path) => NAMES.includes(path.at(-2)), (text) => (text.startsWith('/') || text.includes('/') ? null : `stable/${text}`)) },
  { name: 'a name without its registry', expects: ['rule-never-matches'], mutate: strings((path) => NAMES.includes(path.at(-2)), (text) => (/^[\w.-]+\//.test(text) ? text.slice(text.indexOf('/') + 1) : null)) },
  { name: 'misspell a name', expects: ['rule-never-matches'], mutate: strings((path) => NAMES.includes(path.at(-2)), (text) => (text.startsWith('/') ? null : text.slice(0, 1) + text.slice(2))) },
  { name: 'a path of another folder', expects: ['rule-never-matches'], mutate: strings((path) => path.at(-2) === 'matchFileNames', (text) => `old/${text}`) },
  { name: 'versioning beside an update type', expects: ['rule-conflicting', 'config-invalid'], mutate: ruleOption('versioning', 'helm', (rule) => rule.matchUpdateTypes !== undefined) },
  { name: 'misspell an option of a rule', expects: ['config-invalid'], mutate: keys((path) => inRule(path) && path.length === 3 && path.at(-1) !== 'description', (key) => `${key}s`) },
  { name: 'a blanket rule at the end', expects: ['rule-overridden'], mutate: (config) => ((config.packageRules ?? []).some((rule) => rule.automerge === false) ? [{ config: { ...config, packageRules: [...config.packageRules, { matchUpdateTypes: ['major', 'minor', 'patch'], automerge: true }] }, where: 'packageRules' }] : []) },

  // merging
  { name: 'an age without a unit', expects: ['release-age-invalid'], mutate: strings((path) => path.at(-1) === 'minimumReleaseAge', (text) => text.replace(/[a-z ]+/, '')) },
  { name: 'an age in a unit that does not exist', expects: ['release-age-invalid'], mutate: strings((path) => path.at(-1) === 'minimumReleaseAge', (text) => text.replace('days', 'dayz')) },
  { name: 'an age for what has no date', expects: ['release-age-never'], mutate: keys((path, owner) => path.at(-1) === 'minimumReleaseAge' && owner.minimumReleaseAge === null, () => null) },
  { name: 'merge without tests', expects: ['automerge-without-tests'], mutate: option('ignoreTests', true, merges) },
  { name: 'merge on the branch', expects: ['automerge-branch-bypasses-review'], mutate: option('automergeType', 'branch', (config) => merges(config) || config.automergeType) },
  { name: 'a schedule for merging that is not heeded', expects: ['automerge-schedule-ignored'], mutate: option('automergeSchedule', ['before 5am'], merges) },
  { name: 'a strategy for merging that GitLab does not have', expects: ['automerge-strategy-ignored'], mutate: option('automergeStrategy', 'squash', merges) },
  { name: 'a schedule that no run meets', expects: ['schedule-never', 'config-invalid'], mutate: strings((path) => path.at(-2) === 'schedule', (text) => text.replace('before', 'after').replace('6am', '10pm')) },
];
