import { textOf, valueOf, walk, type Yaml, type YamlDocument, type YamlMap } from '../../source/yaml.ts';
import { isYamlPath, symbolOf, type ParsedFile } from '../context.ts';
import { readSpec, scalarAt, type Deployment } from '../deployments.ts';
import type { Idiom } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import { literalPins, triplesOf } from '../triples.ts';

/**
 * A custom resource that is no Application but holds its `source` (a wrapper's own kind, a template of one), or an ApplicationSet whose
 * `spec` stands at the wrong depth: somebody's controller turns it into an Application, or was meant to.
 */
export const customResource: Idiom = {
  name: 'custom-resource',
  summary: 'source of an Application inside another custom resource',
  find(reading) {
    return reading.paths
      .filter((path) => isYamlPath(path) && /\btargetRevision\b/.test(reading.text(path)))
      .flatMap((path) => {
        const file = reading.parsed(path);
        return (file?.documents ?? []).filter(isResource).flatMap((document) => looseSources(file!, document.root!).flatMap(pinsOf));
      });
  },
};

function isResource(document: YamlDocument): boolean {
  return textOf(valueOf(document.root, 'kind')) !== null && textOf(valueOf(document.root, 'apiVersion')) !== null;
}

function pinsOf(deployment: Deployment): Pin[] {
  return triplesOf(deployment).flatMap((triple) => literalPins(triple, 'custom-resource'));
}

/** Every `source` or `sources` with a repoURL, at any depth. */
export function looseSources(file: ParsedFile, root: Yaml): Deployment[] {
  const found: Deployment[] = [];
  const name = symbolOf(file, scalarAt(root, ['metadata', 'name']));
  walk(root, (node) => {
    if (node.kind === 'map' && hasSource(node)) found.push(...readSpec(file, node, 'other', name, { rows: [], files: [] }));
  });
  return found;
}

function hasSource(node: YamlMap): boolean {
  const single = valueOf(node, 'source');
  const several = valueOf(node, 'sources');
  const sources = several?.kind === 'list' ? several.items : single ? [single] : [];
  return sources.some((source) => valueOf(source, 'repoURL') !== undefined && valueOf(source, 'targetRevision') !== undefined);
}
