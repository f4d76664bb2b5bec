import type { CoveredPin } from '../../coverage/coverage.ts';
import { pinName, someOf, type Draft, type Model, type Override, type OverrideKind, type Rule, type Shadow } from '../rule.ts';

export const pinShadowed: Rule = {
  name: 'pin-shadowed',
  severity: 'warning',
  summary: 'A version that another place overrides in every deployment: updating it changes nothing',
  fixable: false,
  check(model) {
    if (model.shadows.length === 0) return [];
    const pins = Map.groupBy(model.pins, placeOf);
    const updated = updatedPlaces(model);
    return model.shadows.flatMap((shadow) => (pins.get(placeOf(shadow)) ?? []).filter(isUpdated).slice(0, 1).map((pin) => draftOf(pin, shadow, updated)));
  },
};

/** Places that Renovate rewrites, whether the oracle takes them for a version or not. */
function updatedPlaces({ runs }: Model): ReadonlySet<string> {
  const dependencies = runs.flatMap((run) => run.dependencies).filter(({ enabled, skipReason }) => enabled && skipReason === null);
  return new Set(dependencies.flatMap(({ file, writeBack }) => (writeBack.kind === 'exact' ? [placeOf({ file, offset: writeBack.offset })] : [])));
}

function placeOf({ file, offset }: { readonly file: string; readonly offset: number }): string {
  return `${file}\0${offset}`;
}

/** What is left alone on purpose, nobody will bump in vain. */
function isUpdated(pin: CoveredPin): boolean {
  return pin.status !== 'ignored';
}

function draftOf(pin: CoveredPin, { overrides }: Shadow, updated: ReadonlySet<string>): Draft {
  return {
    message: `${pin.value} of ${pinName(pin)} is deployed nowhere: ${someOf(overrides.map(phrase))}, so updating it changes nothing`,
    remedy: remedyFor(overrides, updated),
    target: { kind: 'pin', pin },
    data: { name: pin.name, value: pin.value, overrides: overrides.map(({ by, file, line, value }) => ({ by, file, line, value })) },
  };
}

const WHAT: Record<OverrideKind, string> = {
  patch: 'the kustomize patch at',
  parameter: 'the helm parameter at',
  'values-object': 'valuesObject at',
  values: 'the inline values at',
  'values-file': 'the values file',
  merge: 'the later generator of the merge at',
  template: "the generator's own template at",
  'template-patch': 'templatePatch at',
  default: 'the values file',
};

function phrase({ by, file, line, value }: Override): string {
  if (value === null) return `${WHAT[by]} ${file}:${line} ${by === 'values-object' ? 'takes the place of these values' : 'replaces the whole list'}`;
  return `${WHAT[by]} ${file}:${line} says ${value}${by === 'default' ? ' before this default' : ''}`;
}

function remedyFor(overrides: readonly Override[], updated: ReadonlySet<string>): string {
  const places = someOf(overrides.map(({ file, line }) => `${file}:${line}`));
  if (overrides.every((override) => updated.has(placeOf(override)))) return `Renovate updates ${places} too: remove the version here, or remove ${overrides.length === 1 ? 'that one' : 'those'} and let this one count.`;
  return `Remove one of the two: without ${places} this version counts. Otherwise see that updates go there, where nobody makes them now.`;
}
