import { valueAt } from '../../source/yaml.ts';
import { chartOf, chartPins, chartVersions } from '../flux-source.ts';
import type { Idiom } from '../idiom.ts';

/** `spec.chart.spec.version` of a HelmRelease of Flux; a release with a `chartRef` has its version at the OCIRepository or HelmChart that it names. */
export const fluxHelmRelease: Idiom = {
  name: 'flux-helm-release',
  summary: 'spec.chart.spec.version of a HelmRelease (Flux), with its HelmRepository',
  find(reading) {
    const flux = reading.flux();
    const releases = flux.resources.filter(({ kind, node }) => kind === 'HelmRelease' && valueAt(node, ['spec', 'chartRef']) === undefined);
    return releases.flatMap((release) => chartPins(release.file, chartVersions(release), chartOf(flux, release), release.name, 'flux-helm-release'));
  },
};
