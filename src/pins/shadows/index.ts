import type { Reading } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import type { Override, Shadow } from '../shadow.ts';
import { applicationSetShadows } from './application-set.ts';
import { helmValuesShadows } from './helm-values.ts';
import { kustomizeShadows } from './kustomize.ts';
import { templateDefaultShadows } from './template-default.ts';

/** Pins that other places override in every deployment that reads them. Whatever cannot be followed counts as a deployment that takes the pin. */
export function findShadows(reading: Reading, pins: readonly Pin[]): Shadow[] {
  if (pins.length === 0) return [];
  const found = [...kustomizeShadows(reading), ...helmValuesShadows(reading, pins), ...applicationSetShadows(reading), ...templateDefaultShadows(reading)];
  const known = new Set(pins.map(placeOf));
  const byPlace = Map.groupBy(found.filter((shadow) => known.has(placeOf(shadow))), placeOf);
  return [...byPlace.values()].map(([first]) => ({ ...first!, overrides: distinct(first!.overrides) }));
}

function placeOf({ file, offset }: { readonly file: string; readonly offset: number }): string {
  return `${file}\0${offset}`;
}

function distinct(overrides: readonly Override[]): Override[] {
  return [...new Map(overrides.map((one) => [placeOf(one), one])).values()];
}
