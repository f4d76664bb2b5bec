import { textOf, valueOf, type Yaml, type YamlEntry, type YamlMap } from '../../source/yaml.ts';
import { folderOf, isYamlPath, joinPath, nameOf, symbolOf, type ParsedFile } from '../context.ts';
import type { Idiom, Reading } from '../idiom.ts';
import { isGitAddress, makePin } from '../make-pin.ts';
import type { Pin } from '../pin.ts';

/**
 * Repository, chart and version side by side in a YAML or JSON file that no template here explains: values for an app-of-apps chart, or
 * files for a git generator, that live in another repository. Only where the keys speak of charts, in a repository that speaks of Argo CD.
 */
export const chartEntry: Idiom = {
  name: 'chart-entry',
  summary: 'repository, chart and version side by side in a file whose template lives elsewhere',
  find(reading) {
    if (!reading.paths.some((path) => isYamlPath(path) && reading.text(path).includes('argoproj.io'))) return [];
    return reading.paths.filter((path) => couldHoldEntries(path, reading)).flatMap((path) => entriesIn(reading.parsed(path), foreignKeys(reading, path)));
  },
};

const OTHER_OWNERS = /^(?:Chart|requirements|kustomization|Chart\.lock|values\.schema|package|package-lock|pnpm-lock|renovate|helmfile|galaxy|docker-compose|compose|skaffold|catalog-info|mkdocs|\.pre-commit-config|\.gitlab-ci)\.(?:ya?ml|json)$/i;

function couldHoldEntries(path: string, reading: Reading): boolean {
  if (!/\.(?:ya?ml|json)$/i.test(path) || OTHER_OWNERS.test(nameOf(path)) || /(?:^|\/)\.github\//.test(path) || reading.chartOf(path) !== null) return false;
  return /(?:version|revision|ref)["']?\s*:/i.test(reading.text(path)) && /(?:https?|oci):\/\/|\.(?:io|com|aws|org|dev|net)\//.test(reading.text(path)) && /chart|helm|targetRevision/i.test(reading.text(path));
}

/**
 * Keys of a chart's values that are passed on to a dependency: what is written below them, another chart reads, which makes Applications only if
 * its name speaks of such.
 */
function foreignKeys(reading: Reading, path: string): ReadonlySet<string> {
  const chart = reading.parsed(joinPath(folderOf(path), 'Chart.yaml'));
  const dependencies = valueOf(chart?.documents[0]?.root, 'dependencies');
  if (dependencies?.kind !== 'list') return new Set();
  const others = dependencies.items.filter((one) => !(textOf(valueOf(one, 'repository')) ?? 'file:').startsWith('file:') && !/arg|app/i.test(textOf(valueOf(one, 'name')) ?? ''));
  return new Set(others.flatMap((one) => textOf(valueOf(one, 'alias')) ?? textOf(valueOf(one, 'name')) ?? []));
}

function entriesIn(file: ParsedFile | null, foreign: ReadonlySet<string>): Pin[] {
  const pins: Pin[] = [];
  if (!file) return pins;
  const seen = new Set<Yaml>();
  function enter(node: Yaml, keys: readonly string[], owner: string | null): void {
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'list') {
      for (const item of node.items) enter(item, keys, owner);
      return;
    }
    // other controllers' resources are not ours
    if (textOf(valueOf(node, 'kind')) !== null && textOf(valueOf(node, 'apiVersion')) !== null) return;
    const name = textOf(valueOf(node, 'name')) ?? applicationKey(keys) ?? owner;
    const pin = readEntry(file!, node, keys, name);
    if (pin) pins.push(pin);
    for (const entry of node.entries) if (keys.length > 0 || !foreign.has(entry.key)) enter(entry.value, [...keys, entry.key], name);
  }
  for (const { root } of file.documents) if (root) enter(root, [], null);
  return pins;
}

/** Keys in order of preference; those that say `chart` or are Argo CD's own need no further evidence. */
const VERSION = [/^targetRevision$/i, /^(?:\w*chart_?|addon_?chart_?|helm_?(?:chart_?)?)(?:version|revision)$/i, /^(?:version|revision|default_?version|source_?ref|ref|tag)$/i];
const CHART = [/^(?:\w*chart_?name|addon_?chart|helm_?chart|chart)$/i, /^(?:name|app_?name|release_?name|app|component)$/i];
const REPOSITORY = [/^(?:repo_?url|\w*chart_?(?:repo(?:sitory)?)?_?(?:url)?|helm_?(?:chart_?)?repo(?:sitory)?_?(?:url)?)$/i, /^(?:repo|repository|source|source_?url|registry|url|repo_?path)$/i];

/** The key of an entry usually is its application's name. */
function applicationKey(keys: readonly string[]): string | null {
  const key = keys.at(-1);
  return key === undefined || GENERIC.test(key) ? null : key;
}

/** Keys that hold an application's chart, and not its name. */
const GENERIC = /^(?:sources?|helm|helm_?chart|charts?|spec|template)$/i;

function readEntry(file: ParsedFile, node: YamlMap, keys: readonly string[], application: string | null): Pin | null {
  const key = keys.at(-1) ?? null;
  const owner = keys.at(-2) ?? null;
  const scalars = node.entries.filter((entry) => entry.value.kind === 'scalar' && entry.value.value !== null);
  const version = pick(scalars, VERSION, () => true);
  const repository = pick(scalars, REPOSITORY, (text) => isChartRepository(text) || (version?.rank === 0 && isGitAddress(text)));
  if (!version || !repository) return null;
  const chart = pick(scalars, CHART, (text) => /^[\w./-]+$/.test(text) && text !== repository.text);
  const speaks = version.rank < 2 || repository.rank < 1 || (chart !== null && chart.rank < 1) || scalars.some((entry) => /^(?:namespace|release_?name)$/i.test(entry.key)) || keys.some((one) => /^(?:helm|(?:helm_?)?charts?)$/i.test(one));
  const name = chart?.text ?? (/^(?:chart|helm|source|sources)$/i.test(key ?? '') ? owner : key);
  if (!speaks || name === null || version.entry.value.kind !== 'scalar') return null;
  const symbol = symbolOf(file, version.entry.value);
  if (symbol.kind !== 'text' || symbol.offset === null) return null;
  const pin = makePin({ file, idiom: 'chart-entry', offset: symbol.offset, value: symbol.value, chart: name, repository: repository.text, application, path: isGitAddress(repository.text) });
  return pin && (pin.kind !== 'git' || !pin.floating) && !version.entry.aliased ? pin : null;
}

interface Picked {
  readonly entry: YamlEntry;
  readonly text: string;
  /** Position of the pattern that matched: 0 is the most telling. */
  readonly rank: number;
}

function pick(scalars: readonly YamlEntry[], patterns: readonly RegExp[], accept: (text: string) => boolean): Picked | null {
  for (let rank = 0; rank < patterns.length; rank += 1) {
    for (const entry of scalars) {
      const text = textOf(entry.value);
      if (text !== null && patterns[rank]!.test(entry.key) && !/[\uE000-\uF8FF]/.test(text) && accept(text)) return { entry, text, rank };
    }
  }
  return null;
}

function isChartRepository(text: string): boolean {
  if (isGitAddress(text)) return false;
  return /^(?:https?|oci):\/\/[\w.-]+/.test(text) || /^[\w-]+(?:\.[\w-]+)+\.?[a-z]*\/[\w./-]+$/.test(text) || /^(?:public\.ecr\.aws|ghcr\.io|quay\.io|registry-1\.docker\.io)$/.test(text);
}
