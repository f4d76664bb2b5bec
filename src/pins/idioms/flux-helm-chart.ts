import { deployerOf } from '../flux.ts';
import { chartOf, chartPins, chartVersions } from '../flux-source.ts';
import type { Idiom } from '../idiom.ts';

/** `spec.version` of a HelmChart that stands in the repository: usually Flux makes them itself, for each HelmRelease. */
export const fluxHelmChart: Idiom = {
  name: 'flux-helm-chart',
  summary: 'spec.version of a HelmChart (Flux), with its HelmRepository',
  find({ flux }) {
    const resources = flux();
    const charts = resources.filter(({ kind }) => kind === 'HelmChart');
    return charts.flatMap((chart) => chartPins(chart.file, chartVersions(chart), chartOf(resources, chart), deployerOf(resources, chart), 'flux-helm-chart'));
  },
};
