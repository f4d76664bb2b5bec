import { escapeRegex } from '../base/escape-regex.ts';
import { textOf, valueAt, valueOf, type Yaml, type YamlMap, type YamlScalar } from '../source/yaml.ts';
import { folderOf, joinPath, type Context, type ParsedFile } from './context.ts';
import { embeddedFile } from './embedded.ts';

/** A patch of a kustomization, for the resources that it selects. */
export interface Patch {
  /** Where its content stands: the kustomization, or a file of its own. */
  readonly file: ParsedFile;
  readonly target: Target;
  /** The list of a JSON patch, or the map of a strategic merge. */
  readonly content: Yaml;
}

/** Which resources a patch changes: null selects all. Kind, name and namespace are anchored regexes (kustomize, api/types/selector.go). */
export interface Target {
  readonly group: string | null;
  readonly kind: string | null;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly labels: string | null;
  readonly annotations: string | null;
}

/** `patches`, `patchesJson6902` and `patchesStrategicMerge`, in the order in which kustomize applies them. */
export function readPatches(context: Context, file: ParsedFile, root: YamlMap): Patch[] {
  const strategic = listOf(root, 'patchesStrategicMerge').flatMap((item) => contents(context, file, item, textOf(item)));
  const others = [...listOf(root, 'patches'), ...listOf(root, 'patchesJson6902')];
  return [
    ...strategic.flatMap((one) => patchOf(one, undefined)),
    ...others.flatMap((item) => contents(context, file, valueOf(item, 'patch'), textOf(valueOf(item, 'path'))).flatMap((one) => patchOf(one, valueOf(item, 'target')))),
  ];
}

function listOf(root: Yaml, key: string): readonly Yaml[] {
  const list = valueOf(root, key);
  return list?.kind === 'list' ? list.items : [];
}

interface Content {
  readonly file: ParsedFile;
  readonly root: Yaml;
}

/** The documents of a patch, written in the kustomization or in the file that it names. */
function contents(context: Context, file: ParsedFile, inline: Yaml | undefined, path: string | null): Content[] {
  const holder = inline?.kind === 'scalar' && inline.block ? embeddedFile(file, inline) : path === null || path.includes('\n') ? null : context.parsed(joinPath(folderOf(file.path), path));
  return (holder?.documents ?? []).flatMap(({ root }) => (root && root.kind !== 'scalar' ? [{ file: holder!, root }] : []));
}

function patchOf({ file, root }: Content, selector: Yaml | undefined): Patch[] {
  if (selector?.kind === 'map') return [{ file, target: targetOf(selector), content: root }];
  const name = textOf(valueAt(root, ['metadata', 'name']));
  const kind = textOf(valueOf(root, 'kind'));
  // without a target a strategic merge names its resource; a JSON patch would change nothing
  if (name === null || kind === null) return [];
  return [{ file, target: { group: groupOf(root), kind: escapeRegex(kind), name: escapeRegex(name), namespace: null, labels: null, annotations: null }, content: root }];
}

function targetOf(selector: Yaml): Target {
  const field = (key: string): string | null => textOf(valueOf(selector, key)) || null;
  return { group: field('group'), kind: field('kind'), name: field('name'), namespace: field('namespace'), labels: field('labelSelector'), annotations: field('annotationSelector') };
}

function groupOf(resource: Yaml): string {
  const apiVersion = textOf(valueOf(resource, 'apiVersion')) ?? '';
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Whether the patch changes this resource. */
export function selects({ group, kind, name, namespace, labels, annotations }: Target, resource: Yaml): boolean {
  const metadata = valueOf(resource, 'metadata');
  return (
    (group === null || group === groupOf(resource)) &&
    fits(kind, valueOf(resource, 'kind')) &&
    fits(name, valueOf(metadata, 'name')) &&
    fits(namespace, valueOf(metadata, 'namespace')) &&
    (labels === null || satisfies(labels, valueOf(metadata, 'labels'))) &&
    (annotations === null || satisfies(annotations, valueOf(metadata, 'annotations')))
  );
}

/** Only plain alternatives, wildcards and letters are understood; a pattern from the repository is not run as a regex. */
function fits(pattern: string | null, node: Yaml | undefined): boolean {
  if (pattern === null) return true;
  const text = textOf(node);
  if (text === null) return false;
  return pattern.replace(/^\^/, '').replace(/\$$/, '').split('|').some((one) => matchesGlob(one.replaceAll(/\\(.)/g, '\0$1'), text));
}

/** `a.*b`, with `\0` before a character that stands for itself. */
function matchesGlob(pattern: string, text: string): boolean {
  const pieces = pattern.replaceAll(/^\(|\)$/g, '').split('.*').map((piece) => piece.replaceAll('\0', ''));
  if (pieces.length === 1) return text === pieces[0];
  const [first, ...rest] = pieces;
  if (!text.startsWith(first!)) return false;
  let at = first!.length;
  for (const piece of rest.slice(0, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - at >= rest.at(-1)!.length && text.endsWith(rest.at(-1)!);
}

/** A Kubernetes selector: `a=b,c!=d,e,!f,g in (x,y)`. */
function satisfies(selector: string, labels: Yaml | undefined): boolean {
  return selector.split(/,(?![^(]*\))/).every((requirement) => {
    const set = /^\s*(?<key>[^\s!=,()]+)\s+(?<operator>in|notin)\s*\((?<values>[^)]*)\)\s*$/.exec(requirement)?.groups;
    if (set) return set['values']!.split(',').map((one) => one.trim()).includes(textOf(valueOf(labels, set['key']!)) ?? '\0') === (set['operator'] === 'in');
    const pair = /^\s*(?<key>[^\s!=,()]+)\s*(?<operator>!=|==?)\s*(?<value>[^\s,()]*)\s*$/.exec(requirement)?.groups;
    if (pair) return (textOf(valueOf(labels, pair['key']!)) === pair['value']) === (pair['operator'] !== '!=');
    const exists = /^\s*(?<not>!?)\s*(?<key>[^\s!=,()]+)\s*$/.exec(requirement)?.groups;
    return exists !== undefined && (valueOf(labels, exists['key']!) !== undefined) === (exists['not'] === '');
  });
}

/** A scalar that a patch writes, and the file that holds it. */
export interface Written {
  readonly patch: Patch;
  readonly scalar: YamlScalar;
}

/**
 * What a patch writes at a place of the resources it selects.
 * @param pointer keys and indexes from the resource's root
 * @returns null when the patch leaves the place alone, or takes it away
 */
export function writtenAt(patch: Patch, pointer: readonly string[]): Written | null {
  const scalar = patch.content.kind === 'list' ? fromOperations(patch.content.items, pointer) : inside(patch.content, pointer);
  return scalar?.kind === 'scalar' && scalar.value !== null ? { patch, scalar } : null;
}

function fromOperations(operations: readonly Yaml[], pointer: readonly string[]): Yaml | undefined {
  let written: Yaml | undefined;
  for (const operation of operations) {
    const op = textOf(valueOf(operation, 'op'));
    const keys = (textOf(valueOf(operation, 'path')) ?? '').split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (keys.length === 0 || keys.some((key, i) => key !== pointer[i])) continue;
    if (op === 'remove') written = undefined;
    else if (op === 'add' || op === 'replace') written = inside(valueOf(operation, 'value'), pointer.slice(keys.length));
  }
  return written;
}

function inside(node: Yaml | undefined, pointer: readonly string[]): Yaml | undefined {
  return pointer.reduce<Yaml | undefined>((at, key) => (at?.kind === 'list' ? at.items[Number(key)] : valueOf(at, key)), node);
}
