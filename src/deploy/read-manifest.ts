import { fail, type Failure } from '../base/failure.ts';
import { lineIndex } from '../base/location.ts';
import { maskTemplate, type Masked } from '../source/template.ts';
import { entriesOf, parseYamlDocuments, textOf, valueAt, valueOf, walk, type Yaml, type YamlEntry, type YamlMap } from '../source/yaml.ts';
import { repositoryKey } from './address.ts';

/** Where an Application's revision stands in its file. */
export interface RevisionPlace {
  /** UTF-16 code units from 0: the scalar, without its quotes. */
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | '';
  readonly value: string;
  /** YAML reads it as a number or the like. */
  readonly typed: boolean;
  readonly line: number;
}

/** Whose revision is looked for. */
export interface Wanted {
  /** Path of the file in the cluster repository, for messages. */
  readonly file: string;
  /** The application's repository. */
  readonly repository: string;
  /** Tells Applications of one file apart. */
  readonly name: string;
  /** Tells sources of one repository apart. */
  readonly chartPath: string;
}

/** A manifest may be a Helm template: actions are masked in place, so that every offset is one of the file. */
interface Manifest {
  readonly file: string;
  readonly text: string;
  readonly masked: Masked;
}

interface Source {
  readonly map: YamlMap;
  /** `metadata.name`; null when it is templated. */
  readonly application: string | null;
}

/**
 * Finds the one revision in a manifest that is the application's.
 * @throws FailureError `manifest-malformed` when it is no YAML; `manifest-foreign` when nothing in it is of this repository; `manifest-unclear` when the revision stands
 * elsewhere, or there are several
 */
export function locateRevision(text: string, wanted: Wanted): RevisionPlace {
  const manifest = { file: wanted.file, text, masked: maskTemplate(text) };
  return placeIn(manifest, theOne(manifest, sourcesIn(manifest), wanted));
}

/** `metadata.name` of each Application and ApplicationSet in a text, without those that are templated; nothing when it cannot be read. */
export function applicationNames(text: string): string[] {
  const documents = parseYamlDocuments(maskTemplate(text).text) ?? [];
  return documents.flatMap(({ root }) => applicationsIn(root)).flatMap((node) => literal(valueAt(node, ['metadata', 'name'])) ?? []);
}

function sourcesIn(manifest: Manifest): Source[] {
  const documents = parseYamlDocuments(manifest.masked.text);
  if (documents === null) return fail({ code: 'manifest-malformed', message: `${manifest.file} is nested too deeply to be read`, file: manifest.file, remedy: 'Mend it in the cluster repository first; nothing was changed.' });
  const error = documents.find((document) => document.error !== null)?.error;
  if (error) refuse(manifest, error.offset, 'manifest-malformed', `${manifest.file} is no YAML: ${error.message.split('\n')[0]!}`, 'Mend it in the cluster repository first; nothing was changed. Go-template actions are taken as text.');
  return documents.flatMap(({ root }) => applicationsIn(root)).flatMap((node) => specsOf(node).flatMap((spec) => sourcesOf(spec).map((map) => ({ map, application: literal(valueAt(node, ['metadata', 'name'])) }))));
}

function applicationsIn(root: Yaml | null): YamlMap[] {
  const found: YamlMap[] = [];
  walk(root, (node) => {
    if (node.kind === 'map' && textOf(valueOf(node, 'apiVersion'))?.startsWith('argoproj.io/') === true && /^Application(?:Set)?$/.test(textOf(valueOf(node, 'kind')) ?? '')) found.push(node);
  });
  return found;
}

function specsOf(node: YamlMap): readonly Yaml[] {
  const specs = entriesOf(node, 'spec').map(({ value }) => value);
  return textOf(valueOf(node, 'kind')) === 'Application' ? specs : specs.flatMap((spec) => entriesOf(spec, 'template')).flatMap(({ value }) => entriesOf(value, 'spec').map((entry) => entry.value));
}

function sourcesOf(spec: Yaml): YamlMap[] {
  const several = entriesOf(spec, 'sources').flatMap(({ value }) => (value.kind === 'list' ? value.items : []));
  return [...entriesOf(spec, 'source').map(({ value }) => value), ...several].filter((value) => value.kind === 'map');
}

const MARK = /[\uE000-\uF8FF]/;

/** The text of a scalar without actions, else null. */
function literal(node: Yaml | undefined): string | null {
  const text = textOf(node);
  return text === null || MARK.test(text) ? null : text;
}

function theOne(manifest: Manifest, sources: readonly Source[], wanted: Wanted): YamlMap {
  const key = repositoryKey(wanted.repository);
  const ours = sources.filter(({ map }) => entriesOf(map, 'repoURL').some(({ value }) => repositoryKey(literal(value) ?? '') === key));
  if (ours.length === 0) return foreign(manifest, sources, wanted);
  const left = [
    (source: Source) => source.application === wanted.name,
    (source: Source) => entriesOf(source.map, 'path').some(({ value }) => samePath(literal(value), wanted.chartPath)),
  ].reduce((candidates, isRight) => (candidates.length > 1 && candidates.some(isRight) ? candidates.filter(isRight) : candidates), ours);
  if (left.length === 1) return left[0]!.map;
  const lines = left.map(({ map }) => lineIndex(manifest.text).at(map.start).line);
  return refuse(manifest, left[1]!.map.start, 'manifest-unclear', `${manifest.file} has ${left.length} sources of ${wanted.repository} (lines ${lines.join(', ')}): which one is deployed?`, 'Name the chart\'s path with --chart-path, or give each Application a file of its own.');
}

function samePath(written: string | null, path: string): boolean {
  return written !== null && normal(written) === normal(path);
}

function normal(path: string): string {
  return path.split('/').filter((part) => part !== '' && part !== '.').join('/');
}

function foreign(manifest: Manifest, sources: readonly Source[], { repository, name }: Wanted): never {
  const addresses = sources.flatMap(({ map }) => entriesOf(map, 'repoURL'));
  const other = addresses[0];
  if (other === undefined) return fail({ code: 'manifest-foreign', message: `${manifest.file} is there already and holds no Application`, file: manifest.file, remedy: `Take another name with --name, or move that file; nothing was changed.` });
  const written = literal(addresses.map(({ value }) => value).find((value) => literal(value) !== null));
  const start = placeOf(other);
  if (written === null) refuse(manifest, start, 'manifest-unclear', `${manifest.file}: whether it is the Application of ${repository} cannot be told, because its repoURL is made by a template`, `Write the address there as it is: repoURL: ${repository}`);
  return refuse(manifest, start, 'manifest-foreign', `${manifest.file} is the Application of another repository, ${written}`, `Two applications cannot both be called ${name}: take another name with --name. If the repository has moved, write its new address there: ${repository}`);
}

function placeIn(manifest: Manifest, source: YamlMap): RevisionPlace {
  const [entry, second] = entriesOf(source, 'targetRevision');
  function unclear(offset: number, what: string, remedy: string): never {
    return refuse(manifest, offset, 'manifest-unclear', `${manifest.file}: ${what}`, remedy);
  }
  if (entry === undefined) return unclear(source.start, 'the source has no targetRevision', 'Add the line `targetRevision: HEAD` to it; the next deployment sets it.');
  if (second !== undefined) return unclear(second.keyStart, 'the source has more than one targetRevision', 'Leave one, outside of if and else.');
  const { value } = entry;
  const simple = 'Write it as a text on one line: `targetRevision: HEAD`; the next deployment sets it.';
  if (entry.aliased) return unclear(entry.keyStart, 'targetRevision is an alias of a value that stands elsewhere', simple);
  if (value.kind !== 'scalar' || value.value === null || value.value === '') return unclear(entry.keyStart, 'targetRevision has no value', simple);
  const raw = manifest.text.slice(value.start, value.end);
  if (value.block || raw.includes('\n')) return unclear(entry.keyStart, 'targetRevision takes several lines', simple);
  if (MARK.test(value.value)) return unclear(value.start, `targetRevision is made by a template, ${raw}`, 'The revision stands elsewhere then. Write it here as a text, or leave this application to whoever writes it there.');
  const before = manifest.text[value.start - 1];
  return { start: value.start, end: value.end, quote: before === '"' || before === "'" ? before : '', value: value.value, typed: value.typed, line: lineIndex(manifest.text).at(value.start).line };
}

function placeOf({ value, keyStart }: YamlEntry): number {
  return value.kind === 'scalar' && value.end > value.start ? value.start : keyStart;
}

function refuse(manifest: Manifest, offset: number, code: Failure['code'], message: string, remedy: string): never {
  const index = lineIndex(manifest.text);
  const place = index.at(Math.min(offset, manifest.text.length));
  return fail({ code, message: withoutCredentials(message), file: manifest.file, ...place, text: withoutCredentials(index.line(place.line)), remedy });
}

/** Somebody's address may have a password in it, which is then in git, and need not be in a log as well. */
function withoutCredentials(text: string): string {
  return text.replaceAll(/(?<=:\/\/)[^/\s@"']+@/g, '•••@');
}
