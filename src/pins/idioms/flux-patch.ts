import { valueOf } from '../../source/yaml.ts';
import { isYamlPath } from '../context.ts';
import { agreed, deployerOf, urlOf, type Flux } from '../flux.ts';
import { chartPins, CHART_AT, REF_KEYS, refPins, sharedChart } from '../flux-source.ts';
import type { Idiom, Reading } from '../idiom.ts';
import { readPatches, selects, writtenAt, type Patch } from '../patches.ts';
import type { Pin } from '../pin.ts';

/**
 * A patch of a kustomization, or of a Kustomization of Flux, that sets the version of a HelmRelease or of a source. Chart and repository are those of the
 * resources that it selects in this repository, where they agree.
 */
export const fluxPatch: Idiom = {
  name: 'flux-patch',
  summary: 'patch of a kustomization or Kustomization that sets the version of a HelmRelease or of a source of Flux',
  find(reading) {
    const flux = reading.flux();
    if (flux.resources.length === 0) return [];
    return [...ofKustomizations(reading), ...ofFlux(reading, flux)].flatMap((patch) => patchPins(flux, patch));
  },
};

function ofKustomizations(reading: Reading): Patch[] {
  return reading.paths
    .filter((path) => isYamlPath(path) && /\bpatches(?:Json6902|StrategicMerge)?\b/.test(reading.text(path)))
    .flatMap((path) => {
      const file = reading.parsed(path);
      return (file?.documents ?? []).flatMap(({ root }) => (root?.kind === 'map' ? readPatches(reading, file!, root) : []));
    });
}

function ofFlux(reading: Reading, { resources }: Flux): Patch[] {
  return resources.flatMap(({ kind, file, node }) => {
    const spec = kind === 'Kustomization' ? valueOf(node, 'spec') : undefined;
    return spec?.kind === 'map' ? readPatches(reading, file, spec) : [];
  });
}

function patchPins(flux: Flux, patch: Patch): Pin[] {
  const selected = flux.resources.filter((one) => one.file.path !== patch.file.path && selects(patch.target, one.node));
  return [...new Set(selected.map(({ kind }) => kind))].flatMap((kind) => {
    const some = selected.filter((one) => one.kind === kind);
    const application = agreed(some, (one) => (kind === 'HelmRelease' ? one.name : deployerOf(flux, one)));
    const chart = CHART_AT[kind];
    if (chart !== undefined) {
      const written = writtenAt(patch, [...chart, 'version']);
      return written === null ? [] : chartPins(patch.file, [written.scalar], sharedChart(flux, some), application, 'flux-patch');
    }
    return (REF_KEYS[kind] ?? []).flatMap((key) => {
      const written = writtenAt(patch, ['spec', 'ref', key]);
      return written === null ? [] : refPins({ file: patch.file, node: written.scalar, key, kind, url: agreed(some, urlOf), application, idiom: 'flux-patch' });
    });
  });
}
