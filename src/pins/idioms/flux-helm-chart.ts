import { deployerOf } from '../flux.ts';
import { chartOf, chartPins, chartVersions } from '../flux-source.ts';
import type { Idiom } from '../idiom.ts';

/** `spec.version` of a HelmChart that stands in the repository: usually Flux makes them itself, for each HelmRelease. */
export const fluxHelmChart: Idiom = {
  name: 'flux-helm-chart',
  summary: 'spec.version of a HelmChart (Flux), with its HelmRepository',
  find(reading) {
    const flux = reading.flux();
    const charts = flux.resources.filter(({ kind }) => kind === 'HelmChart');
    return charts.flatMap((chart) => chartPins(chart.file, chartVersions(chart), chartOf(flux, chart), deployerOf(flux, chart), 'flux-helm-chart'));
  },
};
