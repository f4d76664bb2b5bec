import { valueOf, type Yaml, type YamlMap, type YamlScalar } from '../source/yaml.ts';
import type { Alert, Values, Written } from './alerting.ts';
import { seriesOf } from './promql.ts';
import { placeOfWord, written, type Source } from './source.ts';

/** The metric in which Argo CD's controller tells the state of each Application (controller/metrics/metrics.go, v2.0 to v3.1). */
export const APPLICATIONS = 'argocd_app_info';

/** Null for what is no alerting rule: one has a name and an expression, wherever it is written. */
export function readAlert(source: Source, map: YamlMap, groupLabels: Values): Alert | null {
  const name = written(source, valueOf(map, 'alert'));
  const node = valueOf(map, 'expr');
  const expression = written(source, node);
  if (name === null || expression === null) return null;
  const series = expression.text === null ? null : seriesOf(expression.text);
  return {
    file: source.path,
    complete: !source.conditional,
    name,
    expression,
    series,
    about: isAbout(expression, series) ? placeOfWord(source, node as YamlScalar, APPLICATIONS) : null,
    labels: new Map([...groupLabels, ...readValues(source, valueOf(map, 'labels'))]),
    annotations: readValues(source, valueOf(map, 'annotations')),
  };
}

/** What comes of argocd_app_info; that there is none of it says nothing about an Application. */
function isAbout({ text }: Written, series: Alert['series']): boolean {
  return series === null ? false : series.metrics.includes(APPLICATIONS) && !/\babsent(?:_over_time)?\s*\(/.test(text ?? '');
}

export function readValues(source: Source, node: Yaml | undefined): Values {
  if (node?.kind !== 'map') return new Map();
  return new Map(node.entries.flatMap(({ key, value }): [string, Written][] => {
    const found = written(source, value);
    return found === null ? [] : [[key, found]];
  }));
}
