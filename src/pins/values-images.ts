import { textOf, valueOf, walk, type Yaml, type YamlMap, type YamlScalar } from '../source/yaml.ts';
import { symbolOf, type ParsedFile } from './context.ts';
import { patternsOf } from './make-pin.ts';
import type { Pin } from './pin.ts';
import { isFloating } from './version.ts';

/** Whose helm values an image stands in. */
export interface ImageOwner {
  readonly idiom: string;
  readonly application: string | null;
  readonly applicationPattern?: string | null;
}

/** The tags of all images in helm values: `repository` and `tag` of one map, or `image: name:tag`. */
export function imagesIn(owner: ImageOwner, file: ParsedFile, root: Yaml | undefined): Pin[] {
  const pins: Pin[] = [];
  if (!root) return pins;
  walk(root, (node, path) => {
    if (node.kind !== 'map') return;
    const found = tagged(owner, file, node, path.at(-1) ?? '');
    for (const entry of node.entries) {
      if (/image$/i.test(entry.key) && entry.value.kind === 'scalar' && !entry.aliased) found.push(...written(owner, file, entry.value));
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
function tagged(owner: ImageOwner, file: ParsedFile, node: YamlMap, key: string): Pin[] {
  const tag = valueOf(node, 'tag');
  const repository = textOf(valueOf(node, 'repository')) ?? textOf(valueOf(node, 'image')) ?? textOf(valueOf(node, 'name'));
  if (tag?.kind !== 'scalar') return [];
  if (repository === null ? !/image$/i.test(key) : !/^[\w./:@-]+$/.test(repository)) return [];
  const registry = textOf(valueOf(node, 'registry'));
  const symbol = symbolOf(file, tag);
  if (symbol.kind !== 'text' || symbol.offset === null) return [];
  const value = symbol.value.split('@')[0]!;
  return imagePin(owner, file, symbol.offset, value, registry && repository ? `${registry}/${repository}` : repository);
}

/** `image: host/path:tag` in one text. */
function written(owner: ImageOwner, file: ParsedFile, scalar: YamlScalar): Pin[] {
  const symbol = symbolOf(file, scalar);
  if (symbol.kind !== 'text' || symbol.offset === null) return [];
  const image = /^(?<name>[\w.-]+(?::\d+)?(?:\/[\w.-]+)*):(?<tag>[\w][\w.-]{0,127})(?:@sha256:[0-9a-f]+)?$/.exec(symbol.value)?.groups;
  if (!image) return [];
  return imagePin(owner, file, symbol.offset + image['name']!.length + 1, image['tag']!, image['name']!);
}

export function imagePin(owner: ImageOwner, file: ParsedFile, offset: number, value: string, repository: string | null): Pin[] {
  if ((!/\d/.test(value) && value !== 'latest') || !/^[\w][\w.+-]*$/.test(value)) return [];
  return [
    {
      file: file.path,
      ...file.lines.at(offset),
      offset,
      value,
      kind: 'image',
      idiom: owner.idiom,
      floating: isFloating(value, 'image'),
      name: repository,
      repository: repository?.includes('/') ? repository.slice(0, repository.lastIndexOf('/')) : null,
      application: owner.application,
      ...patternsOf(owner.applicationPattern),
    },
  ];
}
