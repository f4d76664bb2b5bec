import { textOf, valueAt } from '../../source/yaml.ts';
import { joinPath } from '../context.ts';
import type { Reading } from '../idiom.ts';
import type { Shadow } from '../shadow.ts';
import type { Step } from '../symbols.ts';
import type { Triple } from '../triples.ts';
import { overrideAt } from './place.ts';

/** The default that a template gives for a value which the chart's own values.yaml always says: `{{ .Values.version | default "1.2.3" }}`. */
export function templateDefaultShadows(reading: Reading): Shadow[] {
  return reading.triples.flatMap((triple) => shadowOf(triple, reading));
}

function shadowOf({ file, version }: Triple, reading: Reading): Shadow[] {
  const chart = reading.chartOf(file.path);
  if (version.kind !== 'first' || version.of.length !== 2 || chart === null) return [];
  const [preferred, fallback] = version.of;
  if (preferred?.kind !== 'path' || preferred.root !== 'values' || fallback?.kind !== 'text' || fallback.offset === null || fallback.fallback !== true) return [];
  const keys = keysOf(preferred.steps);
  const values = reading.parsed(joinPath(chart, 'values.yaml'));
  const said = keys && valueAt(values?.documents[0]?.root, keys);
  if (!values || said?.kind !== 'scalar' || !textOf(said)) return [];
  const override = overrideAt('default', values, said);
  return override ? [{ file: file.path, offset: fallback.offset, overrides: [override] }] : [];
}

function keysOf(steps: readonly Step[]): string[] | null {
  const keys = steps.flatMap((step) => ('key' in step ? [step.key] : []));
  return keys.length === steps.length ? keys : null;
}
