import { entriesOf, textOf, valueAt, valueOf, walk, type Yaml, type YamlDocument, type YamlEntry, type YamlMap } from '../source/yaml.ts';
import { isYamlPath, symbolOf, type Context, type ParsedFile } from './context.ts';
import { embeddedFile } from './embedded.ts';
import { either, type Symbolic } from './symbols.ts';

/** One `source` of an Application, or of an ApplicationSet's template: where its chart, repository and version come from. */
export interface Deployment {
  readonly file: ParsedFile;
  readonly kind: 'Application' | 'ApplicationSet' | 'other';
  /** `metadata.name`. */
  readonly application: Symbolic;
  readonly version: Symbolic;
  /** Null when the source has no `chart`. */
  readonly chart: Symbolic | null;
  readonly repository: Symbolic;
  /** `path` of the source: in a git repository that is where its manifests are. Null when it has none. */
  readonly path: Symbolic | null;
  /** The source itself, for idioms that look further. */
  readonly source: YamlMap;
  /** The Application or ApplicationSet that it stands in, null in a fragment of one. */
  readonly resource: YamlMap | null;
  /** Keys from the resource to the source. */
  readonly pointer: readonly string[];
  /** Parameter sets of the ApplicationSet's generators, and the files that its git generators read. */
  readonly generators: Generators;
}

export interface Generators {
  readonly rows: readonly Row[];
  /** Globs of `git.files`, as written. */
  readonly files: readonly string[];
}

/** The parameters that one generator (or one element of a list generator) yields. */
export interface Row {
  readonly node: Yaml;
  /** Generators combined with this one by `merge` or `matrix`: what this row lacks, they have. */
  readonly group: number;
}

/** The resource around a spec, and the keys that lead to the spec. */
interface Holder {
  readonly resource: YamlMap | null;
  readonly pointer: readonly string[];
}

const NO_HOLDER: Holder = { resource: null, pointer: [] };

const NO_GENERATORS: Generators = { rows: [], files: [] };

export interface CustomResource {
  readonly node: YamlMap;
  readonly kind: string;
  readonly apiVersion: string;
}

/** Every custom resource of Argo CD in a document, at any depth: in a List, in a wrapper, in a values file's extra objects. */
export function findResources(document: YamlDocument): CustomResource[] {
  const found: CustomResource[] = [];
  walk(document.root, (node) => {
    if (node.kind !== 'map') return;
    const apiVersion = textOf(valueOf(node, 'apiVersion'));
    const kind = textOf(valueOf(node, 'kind'));
    if (apiVersion?.startsWith('argoproj.io/') && (kind === 'Application' || kind === 'ApplicationSet')) found.push({ node, kind, apiVersion });
  });
  return found;
}

/** Deployments of every Application and ApplicationSet of the repository. */
export function findDeployments(context: Context): Deployment[] {
  const found: Deployment[] = [];
  for (const path of context.paths) {
    if (!isYamlPath(path)) continue;
    const resources = context.text(path).includes('argoproj.io');
    const fragments = context.chartOf(path) !== null && /\btargetRevision\b/.test(context.text(path));
    const file = resources || fragments ? context.parsed(path) : null;
    if (!file) continue;
    const deployments = deploymentsIn(file);
    found.push(...deployments);
    if (fragments) found.push(...fragmentsIn(file, new Set(deployments.map((deployment) => deployment.source))));
  }
  return found;
}

export function deploymentsIn(file: ParsedFile): Deployment[] {
  return file.documents.flatMap((document) => findResources(document).flatMap((resource) => readResource(file, resource.node, resource.kind as 'Application' | 'ApplicationSet')));
}

/** A source in a named template (`define`), which an Application elsewhere includes. */
function fragmentsIn(file: ParsedFile, known: ReadonlySet<YamlMap>): Deployment[] {
  const found: Deployment[] = [];
  for (const { root } of file.documents) {
    walk(root, (node) => {
      if (node.kind !== 'map' || known.has(node) || !node.entries.some((entry) => entry.key === 'chart' || /^repoURL$/i.test(entry.key))) return;
      found.push(...readSource(file, node, [], 'Application', { kind: 'unknown' }, NO_GENERATORS, NO_HOLDER));
    });
  }
  return found;
}

function readResource(file: ParsedFile, node: YamlMap, kind: 'Application' | 'ApplicationSet'): Deployment[] {
  if (kind === 'Application') {
    const name = symbolOf(file, scalarAt(node, ['metadata', 'name']));
    return entriesOf(node, 'spec').flatMap((spec) => readSpec(file, spec.value, kind, name, NO_GENERATORS, { resource: node, pointer: ['spec'] }));
  }
  const generators = readGenerators(valueAt(node, ['spec', 'generators']));
  const templates = entriesOf(node, 'spec').flatMap((spec) => entriesOf(spec.value, 'template'));
  // each Application has the name that the template makes; where that is not known, the set's own
  const name = either([templates.length > 0 ? symbolOf(file, scalarAt(templates[0]!.value, ['metadata', 'name'])) : { kind: 'unknown' }, symbolOf(file, scalarAt(node, ['metadata', 'name']))]);
  const inner = templates.flatMap((template) => entriesOf(template.value, 'spec').flatMap((spec) => readSpec(file, spec.value, kind, name, generators, { resource: node, pointer: ['spec', 'template', 'spec'] })));
  // a generator may bring its own template, which is merged over the common one
  const own = generators.rows.flatMap((row) => readSpec(file, valueAt(row.node, ['template', 'spec']), kind, name, generators));
  return [...inner, ...own, ...patched(file, node, name, generators)];
}

/** `templatePatch`: a block of YAML, itself a Go template, merged over what the template makes. */
function patched(file: ParsedFile, node: YamlMap, name: Symbolic, generators: Generators): Deployment[] {
  const patch = valueAt(node, ['spec', 'templatePatch']);
  const inner = patch?.kind === 'scalar' ? embeddedFile(file, patch) : null;
  return (inner?.documents ?? []).flatMap(({ root }) => readSpec(inner!, valueOf(root, 'spec'), 'ApplicationSet', name, generators));
}

export function readSpec(file: ParsedFile, spec: Yaml | undefined, kind: Deployment['kind'], application: Symbolic, generators: Generators, { resource, pointer }: Holder = NO_HOLDER): Deployment[] {
  const single = entriesOf(spec, 'source').map((entry): [Yaml, string[]] => [entry.value, ['source']]);
  const several = entriesOf(spec, 'sources').flatMap((entry) => (entry.value.kind === 'list' ? entry.value.items.map((item, i): [Yaml, string[]] => [item, ['sources', String(i)]]) : []));
  const found: Deployment[] = [];
  const sources = [...single, ...several];
  for (let i = 0; i < sources.length; i += 1) {
    const [source, keys] = sources[i]!;
    if (source.kind !== 'map') continue;
    // `{{ if .repoURL }}- repoURL: a{{ else }}- repoURL: b{{ end }}` leaves the first branch as an item of its own
    const before = sources[i - 1]?.[0];
    const stray = before?.kind === 'map' && before.entries.length === 1 && before.entries[0]!.key === 'repoURL' ? before.entries : [];
    found.push(...readSource(file, source, stray, kind, application, generators, { resource, pointer: [...pointer, ...keys] }));
  }
  return found;
}

function readSource(file: ParsedFile, source: YamlMap, stray: readonly YamlEntry[], kind: Deployment['kind'], application: Symbolic, generators: Generators, holder: Holder): Deployment[] {
  const charts = entriesOf(source, 'chart');
  const paths = entriesOf(source, 'path');
  return entriesOf(source, 'targetRevision').flatMap((version) => {
    if (version.value.kind !== 'scalar') return [];
    return {
      file,
      kind,
      application,
      version: symbolOf(file, version.value),
      chart: charts.length === 0 ? null : nearest(file, charts, version),
      repository: nearest(file, [...stray, ...entriesOf(source, 'repoURL'), ...entriesOf(source, 'repoUrl')], version, stray.length),
      path: paths.length === 0 ? null : nearest(file, paths, version),
      source,
      ...holder,
      generators,
    };
  });
}

/** Where an if/else leaves a key twice, the one next to the version comes first; `first` entries stand before all. */
function nearest(file: ParsedFile, entries: readonly YamlEntry[], version: YamlEntry, first = 0): Symbolic {
  const fixed = entries.slice(0, first);
  const others = entries.slice(first).sort((a, b) => Math.abs(a.keyStart - version.keyStart) - Math.abs(b.keyStart - version.keyStart));
  return either([...fixed, ...others].map((entry) => (entry.value.kind === 'scalar' ? symbolOf(file, entry.value) : { kind: 'unknown' })));
}

function readGenerators(node: Yaml | undefined): Generators {
  const rows: Row[] = [];
  const files: string[] = [];
  let groups = 0;
  function enter(generators: Yaml | undefined, group: number | null): void {
    if (generators?.kind !== 'list') return;
    for (const generator of generators.items) {
      if (generator.kind !== 'map') continue;
      for (const entry of generator.entries) readGenerator(entry, group ?? (groups += 1));
    }
  }
  function readGenerator(entry: YamlEntry, group: number): void {
    if (entry.key === 'matrix' || entry.key === 'merge') return enter(valueOf(entry.value, 'generators'), group);
    if (entry.key === 'list') {
      const elements = valueOf(entry.value, 'elements');
      if (elements?.kind === 'list') for (const element of elements.items) rows.push({ node: element, group });
      return;
    }
    if (entry.key === 'git') {
      const listed = valueOf(entry.value, 'files');
      if (listed?.kind === 'list') for (const item of listed.items) files.push(textOf(valueOf(item, 'path')) ?? '');
    }
    if (entry.value.kind === 'map') rows.push({ node: { ...entry.value, entries: entry.value.entries.filter(({ key }) => YIELDED.has(key)) }, group });
  }
  enter(node, null);
  return { rows, files: files.filter((path) => path !== '') };
}

/** What of a generator that is no list reaches the template under its own name; a git generator's repoURL, say, does not. */
const YIELDED = new Set(['values', 'input', 'template']);

export function scalarAt(node: Yaml, path: readonly string[]) {
  const found = valueAt(node, path);
  return found?.kind === 'scalar' ? found : undefined;
}
