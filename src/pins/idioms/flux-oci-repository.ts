import { sourcePins } from '../flux-source.ts';
import type { Idiom } from '../idiom.ts';

/** `spec.ref` of an OCIRepository: a chart or a bundle of manifests in a registry. Without a `ref` Flux takes latest, and nothing is written to update. */
export const fluxOciRepository: Idiom = {
  name: 'flux-oci-repository',
  summary: 'spec.ref of an OCIRepository (Flux): tag, semver or digest',
  find(reading) {
    const flux = reading.flux();
    return flux.resources.filter(({ kind }) => kind === 'OCIRepository').flatMap((source) => sourcePins(flux, source, 'flux-oci-repository'));
  },
};
