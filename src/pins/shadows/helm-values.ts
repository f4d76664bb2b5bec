import { textOf, valueOf, type Yaml, type YamlScalar } from '../../source/yaml.ts';
import { folderOf, isYamlPath, joinPath, symbolOf, type Context, type ParsedFile } from '../context.ts';
import type { Deployment } from '../deployments.ts';
import { embeddedFile } from '../embedded.ts';
import type { Reading } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import type { Override, OverrideKind, Shadow } from '../shadow.ts';
import { indexPaths, isConditional, mergedOver, overrideAt, type PathTo } from './place.ts';
import { deploymentsOf, isNamedElsewhere, isSubchart, mayDeploy, mentionsIn, patternOf, type Mentions } from './readers.ts';

interface Holder {
  readonly file: ParsedFile;
  readonly root: Yaml;
}

/** One source of values: a file, or one of several where a parameter chooses. */
interface Layer {
  readonly by: OverrideKind;
  readonly holders: readonly Holder[];
  /** May be missing, or is written under a condition: it overrides nothing for certain. */
  readonly optional: boolean;
}

/** The values of one source in one chart, from the weakest layer to the strongest; parameters are stronger than all. */
interface Values {
  readonly file: string;
  readonly layers: readonly Layer[];
  readonly parameters: ReadonlyMap<string, Override>;
}

/** Idioms whose versions stand in values. */
const IN_VALUES = new Set(['values', 'chart-entry', 'argocd-apps', 'helm-values-image']);

/** Versions in values that stronger values override: parameters > valuesObject > values > valueFiles > values.yaml (Argo CD, user-guide/helm.md). */
export function helmValuesShadows(reading: Reading, pins: readonly Pin[]): Shadow[] {
  const inValues = pins.filter((pin) => IN_VALUES.has(pin.idiom));
  if (inValues.length === 0) return [];
  const folders = chartFolders(reading, inValues);
  const all = deploymentsOf(reading).flatMap((deployment) => valuesOf(reading, deployment, folders));
  const byFile = readersByFile(all);
  const paths = memo(indexPaths);
  const mentions = mentionsIn(reading);
  const isReadElsewhere = memo((file: string) => hasOtherReaders(reading, file, byFile.get(file) ?? [], mentions));
  return inValues.flatMap((pin) => {
    const overrides = (byFile.get(pin.file) ?? []).flatMap((values) => verdict(pin, values, paths));
    if (overrides.length === 0 || overrides.includes(null)) return [];
    // inline values have no other reader
    if (overrides.some((one) => one?.file !== pin.file) && isReadElsewhere(pin.file)) return [];
    return [{ file: pin.file, offset: pin.offset, overrides: overrides.filter((one) => one !== null) }];
  });
}

function memo<K, V>(answer: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.has(key) ? known.get(key)! : answer(key);
    known.set(key, value);
    return value;
  };
}

function readersByFile(all: readonly Values[]): Map<string, Values[]> {
  const readers = new Map<string, Values[]>();
  for (const values of all) {
    for (const file of new Set(values.layers.flatMap(({ holders }) => holders.map((holder) => holder.file.path)))) {
      const known = readers.get(file) ?? [];
      known.push(values);
      readers.set(file, known);
    }
  }
  return readers;
}

/** Folders of charts with values that hold a pin. */
function chartFolders(reading: Reading, pins: readonly Pin[]): string[] {
  const folders = new Set<string>();
  for (const { file } of pins) {
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      if (reading.has(joinPath(folder, 'Chart.yaml'))) folders.add(folder);
      if (folder === '') break;
    }
  }
  return [...folders];
}

function valuesOf(reading: Reading, deployment: Deployment, folders: readonly string[]): Values[] {
  if (deployment.chart !== null && deployment.path === null) return [layersOf(reading, deployment, null)];
  return folders.filter((folder) => mayDeploy(deployment, folder)).map((folder) => layersOf(reading, deployment, folder));
}

function layersOf(reading: Reading, { file, source }: Deployment, folder: string | null): Values {
  const helm = valueOf(source, 'helm');
  const optional = isConditional(file, source);
  const object = valueOf(helm, 'valuesObject');
  const inline = inlineValues(file, valueOf(helm, 'values'));
  const own: Layer[] = folder === null ? [] : [{ by: 'values-file', holders: holdersOf(reading, [joinPath(folder, 'values.yaml')]), optional: false }];
  const files = valueOf(helm, 'valueFiles');
  const missing = optional || textOf(valueOf(helm, 'ignoreMissingValueFiles')) === 'true';
  const listed = files?.kind === 'list' ? files.items.map((item): Layer => ({ by: 'values-file', holders: holdersOf(reading, valueFilePaths(reading, file, item, folder)), optional: missing })) : [];
  const written: Layer[] = [...(inline === null ? [] : [{ by: 'values' as const, holders: [inline], optional }]), ...(object?.kind === 'map' ? [{ by: 'values-object' as const, holders: [{ file, root: object }], optional }] : [])];
  return { file: file.path, layers: [...own, ...listed, ...written], parameters: optional ? new Map() : parametersOf(file, valueOf(helm, 'parameters')) };
}

function holdersOf(reading: Reading, paths: readonly string[]): Holder[] {
  return paths.flatMap((path) => {
    const file = reading.has(path) ? reading.parsed(path) : null;
    const root = file?.documents[0]?.root;
    return file && root?.kind === 'map' ? [{ file, root }] : [];
  });
}

function inlineValues(file: ParsedFile, values: Yaml | undefined): Holder | null {
  const inner = values?.kind === 'scalar' && values.block ? embeddedFile(file, values) : null;
  const root = inner?.documents[0]?.root;
  return inner && root?.kind === 'map' ? { file: inner, root } : null;
}

/** Files that an entry of `valueFiles` can name: relative to the chart, from the root with `/`, in the source called `$name`. */
function valueFilePaths(reading: Context, file: ParsedFile, item: Yaml, folder: string | null): string[] {
  const symbol = symbolOf(file, item.kind === 'scalar' ? item : undefined);
  if (symbol.kind === 'text') {
    if (symbol.value.includes('://')) return [];
    const fromRoot = /^(?:\$[\w-]+)?\/(?<path>.*)$/.exec(symbol.value)?.groups?.['path'];
    if (fromRoot !== undefined) return [joinPath('', fromRoot)];
    return folder === null ? [] : [joinPath(folder, symbol.value)];
  }
  const pattern = patternOf(symbol);
  if (pattern === null) return [];
  const referred = new RegExp(pattern.source.replace(/^\^\(\?:\\\$[\w-]+\//, '^(?:'));
  return reading.paths.filter((path) => isYamlPath(path) && (referred.test(path) || (folder !== null && pattern.test(folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''))));
}

function parametersOf(file: ParsedFile, parameters: Yaml | undefined): Map<string, Override> {
  const found = new Map<string, Override>();
  for (const item of parameters?.kind === 'list' ? parameters.items : []) {
    const name = textOf(valueOf(item, 'name'));
    const value = valueOf(item, 'value');
    const override = value?.kind === 'scalar' ? overrideAt('parameter', file, value) : null;
    if (name !== null && override) found.set(name, override);
  }
  return found;
}

type Paths = (root: Yaml) => PathTo;

/** What overrides the pin in a source: null when nothing does, nothing at all when the source does not read it. */
function verdict(pin: Pin, { layers, parameters }: Values, paths: Paths): (Override | null)[] {
  const at = layers.findLastIndex((layer) => holderOf(layer, pin, paths) !== undefined);
  if (at === -1) return [];
  const own = holderOf(layers[at]!, pin, paths)!;
  const keys = paths(own.root)(pin.offset)!;
  const parameter = parameters.get(parameterName(own.root, keys));
  if (parameter) return [parameter];
  for (const layer of layers.slice(at + 1).reverse()) {
    const override = overrideIn(layer, own, keys) ?? ignoredWhole(layer, layers[at]!);
    if (override) return [override];
  }
  return [null];
}

function holderOf(layer: Layer, pin: Pin, paths: Paths): Holder | undefined {
  return layer.holders.find(({ file, root }) => file.path === pin.file && paths(root)(pin.offset) !== null);
}

/** As `--set` writes it: dots inside keys are escaped, elements of lists have their index in brackets. */
function parameterName(root: Yaml, keys: readonly string[]): string {
  let at: Yaml | undefined = root;
  let name = '';
  for (const key of keys) {
    const list: boolean = at?.kind === 'list';
    name += list ? `[${key}]` : `${name === '' ? '' : '.'}${key.replaceAll('.', '\\.')}`;
    at = at?.kind === 'list' ? at.items[Number(key)] : valueOf(at, key);
  }
  return name;
}

/** Every file that the layer can be must say it. */
function overrideIn({ by, holders, optional }: Layer, own: Holder, keys: readonly string[]): Override | null {
  if (optional || holders.length === 0) return null;
  const found = holders.map(({ file, root }) => {
    const over = mergedOver(own.root, keys, root);
    if (over === null) return null;
    return 'replaced' in over ? listAt(by, file, over.replaced) : overrideAt(by, file, over as YamlScalar);
  });
  return found.every((one) => one !== null) ? found[0]! : null;
}

/** `values` beside a `valuesObject` is not read at all (Argo CD, ApplicationSourceHelm.ValuesString). */
function ignoredWhole(layer: Layer, own: Layer): Override | null {
  const object = layer.by === 'values-object' && own.by === 'values' && !layer.optional ? layer.holders[0] : undefined;
  return object ? listAt('values-object', object.file, object.root) : null;
}

function listAt(by: OverrideKind, file: ParsedFile, node: Yaml): Override {
  return { by, file: file.path, ...file.lines.at(node.start), offset: node.start, value: null };
}

/** Somebody outside of the sources that are known to read the file may read it too. */
function hasOtherReaders(reading: Reading, file: string, readers: readonly Values[], mentions: Mentions): boolean {
  const known = new Set(readers.map((values) => values.file));
  const folder = folderOf(file);
  const isChart = reading.has(joinPath(folder, 'Chart.yaml'));
  if (isChart && (isSubchart(reading, folder) || mentions(folder, known))) return true;
  return isNamedElsewhere(reading, file, known);
}
