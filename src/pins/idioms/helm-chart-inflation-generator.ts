import { textOf, valueOf } from '../../source/yaml.ts';
import { isYamlPath } from '../context.ts';
import type { Idiom } from '../idiom.ts';
import { inflatedChart } from './kustomize-helm-charts.ts';

/** Kustomize's HelmChartInflationGenerator: one chart in a file of its own. Both its old field names and those of helmCharts are read. */
export const helmChartInflationGenerator: Idiom = {
  name: 'helm-chart-inflation-generator',
  summary: 'HelmChartInflationGenerator of kustomize',
  find(reading) {
    return reading.paths
      .filter((path) => isYamlPath(path) && reading.text(path).includes('HelmChartInflationGenerator'))
      .flatMap((path) => {
        const file = reading.parsed(path);
        return (file?.documents ?? []).flatMap(({ root }) => {
          if (!root || textOf(valueOf(root, 'kind')) !== 'HelmChartInflationGenerator') return [];
          return [...renamed(file!, root), ...inflatedChart(file!, root, 'helm-chart-inflation-generator')];
        });
      });
  },
};

/** chartName, chartRepo, chartVersion: the generator's first field names. */
function renamed(file: Parameters<typeof inflatedChart>[0], root: Parameters<typeof inflatedChart>[1]) {
  if (root.kind !== 'map') return [];
  const names: Record<string, string> = { chartName: 'name', chartRepo: 'repo', chartVersion: 'version' };
  const entries = root.entries.filter((entry) => entry.key in names).map((entry) => ({ ...entry, key: names[entry.key]! }));
  return entries.length === 0 ? [] : inflatedChart(file, { ...root, entries }, 'helm-chart-inflation-generator');
}
