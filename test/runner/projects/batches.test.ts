import { batches, spread, sum, type Weighted } from '../../../runner/projects/batches.ts';

function projects(...seconds: number[]): Weighted[] {
  return seconds.map((value, index) => ({ path: `p${index}`, seconds: value }));
}

function weights(bins: readonly (readonly Weighted[])[]): number[][] {
  return bins.map((bin) => bin.map(({ seconds }) => seconds));
}

const LIMITS = { seconds: 100, projects: 10 };

it.each<[string, Weighted[], number, number[][]]>([
  ['nothing', [], 2, []],
  ['one for each process', projects(5, 5, 5, 5), 2, [[5, 5], [5, 5]]],
  ['no more batches than projects', projects(5), 4, [[5]]],
  ['a long one has a batch of its own', projects(200, 10, 10), 2, [[200], [10], [10]]],
  ['a full batch', projects(60, 60, 60), 1, [[60, 60], [60]]],
  ['too many for one batch', projects(...Array.from({ length: 12 }, () => 1)), 1, [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]]],
])('%s', (_name, given, processes, expected) => {
  expect(weights(batches(given, LIMITS, processes))).toEqual(expected);
});

it('5,000 projects over 200 jobs: none is lost, and the longest job is near the mean', () => {
  const many = projects(...Array.from({ length: 5_000 }, (_, index) => 1 + ((index * 7919) % 97) ** 2 / 100));
  const bins = spread(many, 200);
  const mean = sum(many) / 200;
  expect(bins.flat()).toHaveLength(5_000);
  expect(new Set(bins.flat().map(({ path }) => path)).size).toBe(5_000);
  expect(Math.max(...bins.map(sum))).toBeLessThan(mean * 1.05);
});
