import { valueAt } from '../../source/yaml.ts';
import type { Idiom } from '../idiom.ts';
import { imagesIn } from '../values-images.ts';

/** Image tags inside `spec.values` of a HelmRelease of Flux. What `valuesFrom` names lies in a ConfigMap or Secret, mostly not in the repository. */
export const fluxValuesImage: Idiom = {
  name: 'flux-values-image',
  summary: 'image tag inside the helm values of a HelmRelease (Flux)',
  find({ flux }) {
    const releases = flux().resources.filter(({ kind }) => kind === 'HelmRelease');
    return releases.flatMap(({ file, node, name }) => imagesIn({ idiom: 'flux-values-image', application: name }, file, valueAt(node, ['spec', 'values'])));
  },
};
