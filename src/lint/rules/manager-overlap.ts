import { lineIndex } from '../../base/location.ts';
import type { ManagerRun } from '../../renovate/types.ts';
import type { Draft, Model, Rule, WrittenManager } from '../rule.ts';

export const managerOverlap: Rule = {
  name: 'manager-overlap',
  severity: 'warning',
  summary: 'Two managers extract the same places, so each gets two merge requests',
  fixable: false,
  check: (model) => overlaps(model).flatMap((overlap) => draftOf(model, overlap)),
};

interface Overlap {
  readonly first: ManagerRun;
  readonly second: ManagerRun;
  readonly places: { readonly file: string; readonly offset: number }[];
}

/** pin-duplicate names each version that suffers; this names the two culprits, once, and counts places that are no versions of Argo CD too. */
function overlaps({ runs }: Model): Overlap[] {
  const pairs = new Map<string, Overlap>();
  const owners = new Map<string, ManagerRun[]>();
  for (const run of runs) {
    for (const { file, offset } of placesOf(run)) {
      const key = `${file}\0${offset}`;
      const known = owners.get(key) ?? [];
      if (known.includes(run)) continue;
      for (const first of known) {
        const pair = `${runs.indexOf(first)} ${runs.indexOf(run)}`;
        const overlap = pairs.get(pair) ?? { first, second: run, places: [] };
        overlap.places.push({ file, offset });
        pairs.set(pair, overlap);
      }
      owners.set(key, [...known, run]);
    }
  }
  return [...pairs.values()];
}

function placesOf({ dependencies }: ManagerRun): { file: string; offset: number }[] {
  return dependencies.flatMap(({ file, enabled, skipReason, writeBack }) => (enabled && skipReason === null && writeBack.kind === 'exact' ? [{ file, offset: writeBack.offset }] : []));
}

function draftOf(model: Model, { first, second, places }: Overlap): Draft[] {
  // the later one is the one to correct, and a custom manager rather than a built-in one: runs come in that order
  const written = writtenOf(model, second) ?? writtenOf(model, first);
  const [place] = places;
  if (written === undefined || place === undefined) return [];
  const other = written === writtenOf(model, second) ? first : second;
  const where = `${place.file}:${lineIndex(model.text(place.file)).at(place.offset).line}`;
  const what = places.length === 1 ? `the same place (${where}), so Renovate opens two merge requests for it` : `the same ${places.length} places (the first is ${where}), so Renovate opens two merge requests for each`;
  return [
    {
      message: `${written.label} and ${nameOf(model, other, written.source)} extract ${what}`,
      remedy: 'Remove one of the two, or narrow managerFilePatterns and matchStrings so that each place has one manager. Lists such as customManagers add up over presets.',
      target: { kind: 'config', source: written.source, path: written.path, part: 'key' },
      data: { managers: [first.manager, second.manager], count: places.length, file: place.file },
    },
  ];
}

function writtenOf({ managers }: Model, run: ManagerRun): WrittenManager | undefined {
  return managers.find((manager) => manager.run === run || (run.source !== null && run.source.source === manager.source && run.source.index === manager.path[1]));
}

function nameOf(model: Model, run: ManagerRun, seenFrom: string): string {
  const name = writtenOf(model, run)?.label ?? (run.source === null ? `the ${run.manager} manager` : run.manager);
  return run.source === null || run.source.source === seenFrom ? name : `${name} of ${run.source.source}`;
}
