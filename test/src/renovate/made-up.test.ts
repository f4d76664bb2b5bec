import { bumped, madeUpVersion } from '../../../src/renovate/made-up.ts';

it.each([
  ['1.2.3', '2.0.0', '1.3.0', '1.2.4'],
  ['v0.15.9', 'v1.0.0', 'v0.16.0', 'v0.15.10'],
  ['2025.08.1', '2026.0.0', '2025.09.0', '2025.08.2'],
  ['1.2', '2.0', '1.3', null],
  ['7', '8', null, null],
  ['1.2.3-rc.1', '2.0.0', '1.3.0', '1.2.4'],
  ['kube-prometheus-stack-78.5.0', 'kube-prometheus-stack-79.0.0', 'kube-prometheus-stack-78.6.0', 'kube-prometheus-stack-78.5.1'],
  ['latest', null, null, null],
])('%s', (value, major, minor, patch) => {
  expect([bumped(value, 'major'), bumped(value, 'minor'), bumped(value, 'patch')]).toEqual([major, minor, patch]);
});

it.each([
  ['1.2.9', '1.2.10'],
  ['1.09', '1.10'],
  ['latest', null],
])('the least change of %s', (value, next) => {
  expect(madeUpVersion(value)).toBe(next);
});
