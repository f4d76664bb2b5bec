import { textOf, valueAt, valueOf, walk, type Yaml, type YamlMap, type YamlScalar } from '../../source/yaml.ts';
import { symbolOf, type ParsedFile } from '../context.ts';
import type { Deployment } from '../deployments.ts';
import { embeddedFile } from '../embedded.ts';
import type { Reading } from '../idiom.ts';
import type { Override, Shadow } from '../shadow.ts';
import { isConditional, overrideAt } from './place.ts';
import { deploymentsOf } from './readers.ts';

/** Versions of an ApplicationSet that a merge generator, a generator's own template or `templatePatch` overrides. */
export function applicationSetShadows(reading: Reading): Shadow[] {
  const sets = new Map<YamlMap, Deployment>();
  for (const deployment of deploymentsOf(reading)) if (deployment.kind === 'ApplicationSet' && deployment.resource !== null) sets.set(deployment.resource, deployment);
  return [...sets].flatMap(([resource, { file }]) => (isConditional(file, resource) ? [] : [...mergeShadows(file, resource), ...templateShadows(file, resource)]));
}

/** A parameter set of the base generator of a merge, whose version one of the later generators always replaces. */
function mergeShadows(file: ParsedFile, resource: YamlMap): Shadow[] {
  const shadows: Shadow[] = [];
  walk(valueAt(resource, ['spec', 'generators']) ?? null, (node) => {
    const merge = valueOf(node, 'merge');
    const generators = valueOf(merge, 'generators');
    const keys = valueOf(merge, 'mergeKeys');
    if (generators?.kind !== 'list' || keys?.kind !== 'list') return;
    const mergeKeys = keys.items.flatMap((item) => textOf(item) ?? []);
    generators.items.forEach((generator, i) => {
      for (const own of rowsOf(generator)) shadows.push(...rowShadows(file, own, generators.items.slice(i + 1), mergeKeys));
    });
  });
  return shadows;
}

interface MergeRow {
  readonly node: Yaml;
  /** Of a clusters generator: null selects all clusters. Undefined for an element of a list. */
  readonly requirements?: readonly string[];
}

function rowsOf(generator: Yaml): MergeRow[] {
  const elements = valueAt(generator, ['list', 'elements']);
  if (elements?.kind === 'list') return elements.items.map((node) => ({ node }));
  const clusters = valueOf(generator, 'clusters');
  const values = valueOf(clusters, 'values');
  if (values === undefined) return [];
  return [{ node: values, requirements: requirementsOf(valueOf(clusters, 'selector')) }];
}

/** Requirements of a label selector as texts that can be compared. */
function requirementsOf(selector: Yaml | undefined): string[] {
  const labels = valueOf(selector, 'matchLabels');
  const expressions = valueOf(selector, 'matchExpressions');
  return [
    ...(labels?.kind === 'map' ? labels.entries.map(({ key, value }) => `${key}=${textOf(value) ?? ''}`) : []),
    ...(expressions?.kind === 'list' ? expressions.items.map((one) => plain(one)) : []),
  ];
}

function plain(node: Yaml): string {
  if (node.kind === 'scalar') return node.value ?? '';
  if (node.kind === 'list') return `[${node.items.map(plain).join(',')}]`;
  return `{${node.entries.map(({ key, value }) => `${key}:${plain(value)}`).join(',')}}`;
}

function rowShadows(file: ParsedFile, own: MergeRow, later: readonly Yaml[], mergeKeys: readonly string[]): Shadow[] {
  const stronger = later.flatMap(rowsOf).filter((row) => alwaysMerges(row, own, mergeKeys));
  return scalarsOf(own.node, []).flatMap(({ scalar, keys }) => {
    const symbol = symbolOf(file, scalar);
    const over = stronger.flatMap(({ node }) => valueAt(node, keys) ?? []).flatMap((value) => (value.kind === 'scalar' ? (overrideAt('merge', file, value) ?? []) : [])).at(-1);
    return symbol.kind !== 'text' || symbol.offset === null || over === undefined ? [] : [{ file: file.path, offset: symbol.offset, overrides: [over] }];
  });
}

/** Whether each parameter set of `own` is merged with one of `row`: equal merge keys, or clusters that include those of `own`. */
function alwaysMerges(row: MergeRow, own: MergeRow, mergeKeys: readonly string[]): boolean {
  if (own.requirements !== undefined) return row.requirements !== undefined && row.requirements.every((one) => own.requirements!.includes(one)) && mergeKeys.every((key) => /^(?:name|nameNormalized|server)$/.test(key));
  if (row.requirements !== undefined) return false;
  return mergeKeys.length > 0 && mergeKeys.every((key) => keyText(own.node, key) !== null && keyText(row.node, key) === keyText(own.node, key));
}

function keyText(node: Yaml, key: string): string | null {
  const text = textOf(valueOf(node, key)) ?? textOf(valueAt(node, key.split('.')));
  return text === null || /[\uE000-\uF8FF{]/.test(text) ? null : text;
}

function scalarsOf(node: Yaml, keys: readonly string[]): { readonly scalar: YamlScalar; readonly keys: readonly string[] }[] {
  if (node.kind === 'scalar') return [{ scalar: node, keys }];
  return node.kind === 'map' ? node.entries.flatMap((entry) => (entry.aliased ? [] : scalarsOf(entry.value, [...keys, entry.key]))) : [];
}

const REVISION = ['spec', 'source', 'targetRevision'];

/** The common template's version, where each generator has a template of its own or a patch goes over all. */
function templateShadows(file: ParsedFile, resource: YamlMap): Shadow[] {
  const common = valueAt(resource, ['spec', 'template', ...REVISION]);
  const symbol = common?.kind === 'scalar' ? symbolOf(file, common) : null;
  if (symbol?.kind !== 'text' || symbol.offset === null) return [];
  const patch = patchOverride(file, valueAt(resource, ['spec', 'templatePatch']));
  const overrides = patch ? [patch] : generatorOverrides(file, valueAt(resource, ['spec', 'generators']));
  return overrides.length === 0 ? [] : [{ file: file.path, offset: symbol.offset, overrides }];
}

/** A patch is a Go template of its own: what stands in it under a condition is no override. */
function patchOverride(file: ParsedFile, patch: Yaml | undefined): Override | null {
  const inner = patch?.kind === 'scalar' && patch.block && !/\{\{-?\s*(?:if|else|range|with|end)\b/.test(file.text.slice(patch.start, patch.end)) ? embeddedFile(file, patch) : null;
  const value = valueAt(inner?.documents[0]?.root, REVISION);
  return inner && value?.kind === 'scalar' ? overrideAt('template-patch', inner, value) : null;
}

function generatorOverrides(file: ParsedFile, generators: Yaml | undefined): Override[] {
  if (generators?.kind !== 'list') return [];
  const own = generators.items.map((generator) => {
    const value = generator.kind === 'map' && generator.entries.length > 0 ? valueAt(generator.entries[0]!.value, ['template', ...REVISION]) : undefined;
    return value?.kind === 'scalar' ? overrideAt('template', file, value) : null;
  });
  return own.every((one) => one !== null) ? own : [];
}
