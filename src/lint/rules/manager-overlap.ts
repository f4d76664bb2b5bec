import { lineIndex } from '../../base/location.ts';
import type { ExtractedDependency, ManagerRun } from '../../renovate/types.ts';
import { shareBranch, type Draft, type Model, type Rule, type WrittenManager } from '../rule.ts';

export const managerOverlap: Rule = {
  name: 'manager-overlap',
  severity: 'warning',
  summary: 'Two managers extract the same places, so each update is proposed twice',
  fixable: false,
  check: (model) => overlaps(model).flatMap((overlap) => draftOf(model, overlap)),
};

interface Overlap {
  readonly first: ManagerRun;
  readonly second: ManagerRun;
  readonly places: Place[];
  /** All with one name: then it is one merge request. */
  readonly isShared: boolean;
}

interface Place {
  readonly file: string;
  readonly offset: number;
}

/** Places that are no versions of Argo CD: of those pin-duplicate speaks, one by one. */
function overlaps({ runs, pins }: Model): Overlap[] {
  const pairs = new Map<string, Overlap>();
  const owners = new Map<string, { readonly run: ManagerRun; readonly dependency: ExtractedDependency }[]>();
  const told = new Set(pins.filter(({ status }) => status === 'duplicate').map(({ file, offset }) => `${file}\0${offset}`));
  for (const run of runs) {
    for (const { dependency, file, offset } of placesOf(run)) {
      const key = `${file}\0${offset}`;
      const known = owners.get(key) ?? [];
      if (told.has(key) || known.some((owner) => owner.run === run)) continue;
      for (const first of known) {
        const isShared = shareBranch([first.dependency, dependency]);
        const pair = `${runs.indexOf(first.run)} ${runs.indexOf(run)} ${isShared}`;
        const overlap = pairs.get(pair) ?? { first: first.run, second: run, places: [], isShared };
        overlap.places.push({ file, offset });
        pairs.set(pair, overlap);
      }
      owners.set(key, [...known, { run, dependency }]);
    }
  }
  return [...pairs.values()];
}

function placesOf({ dependencies }: ManagerRun): (Place & { readonly dependency: ExtractedDependency })[] {
  return dependencies.flatMap((dependency) => {
    const { file, enabled, skipReason, writeBack } = dependency;
    return enabled && skipReason === null && writeBack.kind === 'exact' ? [{ dependency, file, offset: writeBack.offset }] : [];
  });
}

function draftOf(model: Model, { first, second, places, isShared }: Overlap): Draft[] {
  // the later one is the one to correct, and a custom manager rather than a built-in one: runs come in that order
  const written = writtenOf(model, second) ?? writtenOf(model, first);
  const [place] = places;
  if (written === undefined || place === undefined) return [];
  const other = written === writtenOf(model, second) ? first : second;
  const where = `${place.file}:${lineIndex(model.text(place.file)).at(place.offset).line}`;
  const one = places.length === 1;
  const consequence = isShared ? `the merge request for ${one ? 'it' : 'each'} lists it twice` : `Renovate opens two merge requests for ${one ? 'it' : 'each'}`;
  const what = one ? `the same place (${where}), so ${consequence}` : `the same ${places.length} places (the first is ${where}), so ${consequence}`;
  return [
    {
      ...(isShared ? { severity: 'info' as const } : {}),
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
