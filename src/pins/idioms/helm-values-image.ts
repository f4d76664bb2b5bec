import { textOf, valueOf, walk, type Yaml, type YamlMap, type YamlScalar } from '../../source/yaml.ts';
import { symbolOf, type ParsedFile } from '../context.ts';
import type { Deployment } from '../deployments.ts';
import { embeddedFile } from '../embedded.ts';
import type { Idiom } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import { resolveText } from '../resolve.ts';
import { isFloating } from '../version.ts';

/** Image tags inside the helm values of an Application: `values: |`, `valuesObject`, `parameters`. */
export const helmValuesImage: Idiom = {
  name: 'helm-values-image',
  summary: 'image tag inside the helm values of an Application',
  find({ triples }) {
    const deployments = new Set(triples.map((triple) => triple.deployment));
    return [...deployments].flatMap((deployment) => {
      const helm = valueOf(deployment.source, 'helm');
      if (helm?.kind !== 'map') return [];
      return [...fromValues(deployment, valueOf(helm, 'values')), ...imagesIn(deployment, deployment.file, valueOf(helm, 'valuesObject')), ...fromParameters(deployment, valueOf(helm, 'parameters'))];
    });
  },
};

function fromValues(deployment: Deployment, values: Yaml | undefined): Pin[] {
  if (values?.kind !== 'scalar' || !/image|tag/i.test(values.value ?? '')) return [];
  const inner = embeddedFile(deployment.file, values);
  return (inner?.documents ?? []).flatMap(({ root }) => imagesIn(deployment, inner!, root ?? undefined));
}

function imagesIn(deployment: Deployment, file: ParsedFile, root: Yaml | undefined): Pin[] {
  const pins: Pin[] = [];
  if (!root) return pins;
  walk(root, (node, path) => {
    if (node.kind !== 'map') return;
    const found = tagged(deployment, file, node, path.at(-1) ?? '');
    for (const entry of node.entries) {
      if (/image$/i.test(entry.key) && entry.value.kind === 'scalar' && !entry.aliased) found.push(...written(deployment, file, entry.value));
    }
    pins.push(...(isOffer(node, path) ? found.map((pin) => ({ ...pin, offered: true as const })) : found));
  });
  return pins;
}

/** An entry of `versions: [{ version: 2.9.1, image: … }]`, as the charts of argo-events and of operators have them. */
function isOffer(node: YamlMap, path: readonly string[]): boolean {
  return path.at(-2) === 'versions' && /^\d+$/.test(path.at(-1)!) && valueOf(node, 'version')?.kind === 'scalar';
}

/** `repository:` and `tag:` of one map, perhaps with a `registry:`; under a key like `image` a `tag:` alone, whose image the chart knows. */
function tagged(deployment: Deployment, file: ParsedFile, node: YamlMap, key: string): Pin[] {
  const tag = valueOf(node, 'tag');
  const repository = textOf(valueOf(node, 'repository')) ?? textOf(valueOf(node, 'image')) ?? textOf(valueOf(node, 'name'));
  if (tag?.kind !== 'scalar') return [];
  if (repository === null ? !/image$/i.test(key) : !/^[\w./:@-]+$/.test(repository)) return [];
  const registry = textOf(valueOf(node, 'registry'));
  const symbol = symbolOf(file, tag);
  if (symbol.kind !== 'text' || symbol.offset === null) return [];
  const value = symbol.value.split('@')[0]!;
  return imagePin(deployment, file, symbol.offset, value, registry && repository ? `${registry}/${repository}` : repository);
}

/** `image: host/path:tag` in one text. */
function written(deployment: Deployment, file: ParsedFile, scalar: YamlScalar): Pin[] {
  const symbol = symbolOf(file, scalar);
  if (symbol.kind !== 'text' || symbol.offset === null) return [];
  const image = /^(?<name>[\w.-]+(?::\d+)?(?:\/[\w.-]+)*):(?<tag>[\w][\w.-]{0,127})(?:@sha256:[0-9a-f]+)?$/.exec(symbol.value)?.groups;
  if (!image) return [];
  return imagePin(deployment, file, symbol.offset + image['name']!.length + 1, image['tag']!, image['name']!);
}

/** `parameters`: `image.tag` beside `image.repository`. */
function fromParameters(deployment: Deployment, parameters: Yaml | undefined): Pin[] {
  if (parameters?.kind !== 'list') return [];
  const byName = new Map(parameters.items.map((item) => [textOf(valueOf(item, 'name')) ?? '', valueOf(item, 'value')]));
  return [...byName].flatMap(([name, value]) => {
    if (!/(?:^|\.)tag$/.test(name) || value?.kind !== 'scalar') return [];
    const base = name.replace(/tag$/, '');
    const repository = textOf(byName.get(`${base}repository`)) ?? textOf(byName.get(`${base}name`));
    const symbol = symbolOf(deployment.file, value);
    if (symbol.kind !== 'text' || symbol.offset === null || !repository) return [];
    const registry = textOf(byName.get(`${base}registry`));
    return imagePin(deployment, deployment.file, symbol.offset, symbol.value, registry ? `${registry}/${repository}` : repository);
  });
}

function imagePin(deployment: Deployment, file: ParsedFile, offset: number, value: string, repository: string | null): Pin[] {
  if ((!/\d/.test(value) && value !== 'latest') || !/^[\w][\w.+-]*$/.test(value)) return [];
  return [
    {
      file: file.path,
      ...file.lines.at(offset),
      offset,
      value,
      kind: 'image',
      idiom: 'helm-values-image',
      floating: isFloating(value, 'image'),
      name: repository,
      repository: repository?.includes('/') ? repository.slice(0, repository.lastIndexOf('/')) : null,
      application: resolveText(deployment.application, { documents: [], bindings: new Map() }),
    },
  ];
}
