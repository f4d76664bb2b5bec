import { textOf, valueOf, type Yaml } from '../../source/yaml.ts';
import { folderOf, isYamlPath, joinPath, symbolOf, type ParsedFile } from '../context.ts';
import { embeddedFile } from '../embedded.ts';
import type { Idiom, Reading } from '../idiom.ts';
import { makePin } from '../make-pin.ts';
import type { Pin } from '../pin.ts';
import { NOWHERE, resolveText } from '../resolve.ts';

/** A JSON patch of a kustomization that sets the targetRevision of an Application. Chart and repository come from the patch or from the Application that it targets. */
export const kustomizePatch: Idiom = {
  name: 'kustomize-patch',
  summary: 'JSON patch of a kustomization that sets targetRevision',
  find(reading) {
    return reading.paths
      .filter((path) => isYamlPath(path) && /\bpatches(?:Json6902)?\b/.test(reading.text(path)))
      .flatMap((path) => {
        const file = reading.parsed(path);
        return (file?.documents ?? []).flatMap(({ root }) => [...listed(root, 'patches'), ...listed(root, 'patchesJson6902')].flatMap((patch) => patchPins(reading, file!, patch)));
      });
  },
};

function listed(root: Yaml | null, key: string): readonly Yaml[] {
  const list = valueOf(root, key);
  return list?.kind === 'list' ? list.items : [];
}

function patchPins(reading: Reading, file: ParsedFile, patch: Yaml): Pin[] {
  const inline = valueOf(patch, 'patch');
  const path = textOf(valueOf(patch, 'path'));
  const holder = inline?.kind === 'scalar' && inline.block && inline.value?.includes('targetRevision') ? embeddedFile(file, inline) : path === null ? null : reading.parsed(joinPath(folderOf(file.path), path));
  if (!holder) return [];
  const target = textOf(valueOf(valueOf(patch, 'target'), 'name'));
  return holder.documents.flatMap(({ root }) => (root?.kind === 'list' ? operationPins(reading, holder, root.items, target) : []));
}

function operationPins(reading: Reading, holder: ParsedFile, operations: readonly Yaml[], target: string | null): Pin[] {
  const byPath = new Map(operations.map((operation) => [textOf(valueOf(operation, 'path')) ?? '', valueOf(operation, 'value')]));
  return [...byPath].flatMap(([path, value]) => {
    if (!path.endsWith('/targetRevision') || value?.kind !== 'scalar') return [];
    const symbol = symbolOf(holder, value);
    if (symbol.kind !== 'text' || symbol.offset === null) return [];
    const source = path.slice(0, path.lastIndexOf('/'));
    const base = baseOf(reading, target);
    const pin = makePin({
      file: holder,
      idiom: 'kustomize-patch',
      offset: symbol.offset,
      value: symbol.value,
      chart: textOf(byPath.get(`${source}/chart`)) ?? base.chart,
      repository: textOf(byPath.get(`${source}/repoURL`)) ?? base.repository,
      application: target,
      path: false,
    });
    return pin ? [pin] : [];
  });
}

function baseOf(reading: Reading, target: string | null): { chart: string | null; repository: string | null } {
  const triple = target === null ? undefined : reading.triples.find((one) => one.chart !== null && resolveText(one.application, NOWHERE) === target);
  return { chart: triple?.chart ? resolveText(triple.chart, NOWHERE) : null, repository: triple ? resolveText(triple.repository, NOWHERE) : null };
}
