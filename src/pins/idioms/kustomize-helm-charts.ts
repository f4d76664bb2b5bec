import { textOf, valueOf, type Yaml } from '../../source/yaml.ts';
import { isYamlPath, nameOf, symbolOf, type ParsedFile } from '../context.ts';
import type { Idiom } from '../idiom.ts';
import { makePin } from '../make-pin.ts';
import type { Pin } from '../pin.ts';

/** Charts that kustomize inflates: `helmCharts` of a kustomization. */
export const kustomizeHelmCharts: Idiom = {
  name: 'kustomize-helm-charts',
  summary: 'helmCharts of a kustomization',
  find(reading) {
    return reading.paths
      .filter((path) => isYamlPath(path) && reading.text(path).includes('helmCharts'))
      .flatMap((path) => {
        const file = reading.parsed(path);
        return (file?.documents ?? []).flatMap(({ root }) => {
          const charts = valueOf(root, 'helmCharts');
          if (charts?.kind !== 'list' || !(/^kustomization(?:\.ya?ml)?$/i.test(nameOf(path)) || /^(?:Kustomization|Component)$/.test(textOf(valueOf(root, 'kind')) ?? ''))) return [];
          return charts.items.flatMap((chart) => inflatedChart(file!, chart, 'kustomize-helm-charts'));
        });
      });
  },
};

/** name, repo and version of a chart that kustomize fetches. */
export function inflatedChart(file: ParsedFile, chart: Yaml, idiom: string): Pin[] {
  const version = valueOf(chart, 'version');
  if (version?.kind !== 'scalar') return [];
  const symbol = symbolOf(file, version);
  if (symbol.kind !== 'text' || symbol.offset === null) return [];
  const name = textOf(valueOf(chart, 'name')) ?? textOf(valueOf(chart, 'chart'));
  const repository = textOf(valueOf(chart, 'repo')) ?? textOf(valueOf(chart, 'repoUrl')) ?? textOf(valueOf(chart, 'chartRepo'));
  // without a repository the chart lies in the repository itself
  if (name === null || repository === null) return [];
  const pin = makePin({ file, idiom, offset: symbol.offset, value: symbol.value, chart: name, repository, application: textOf(valueOf(chart, 'releaseName')) ?? name, path: false });
  return pin ? [pin] : [];
}
