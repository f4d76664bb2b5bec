import { BUMPS } from './bumps.ts';
import { runMatrix } from './matrix.ts';
import { FEW, POLICIES } from './policies.ts';

/** The real Renovate, twice for all projects; FIDELITY=all takes every policy, as CI does. */
const all = process.env['FIDELITY'] === 'all';
const policies = POLICIES.filter(({ name }) => all || FEW.includes(name));
const MINUTES = (all ? 15 : 5) * 60_000;

it(`the real Renovate does what explain says${all ? '' : ` (${policies.length} of ${POLICIES.length} policies: FIDELITY=all takes all)`}`, async () => {
  const cells = await runMatrix(policies, BUMPS);

  expect(cells).toHaveLength(policies.length * BUMPS.length);
  expect(cells.filter(({ explained, happened }) => explained !== happened)).toEqual([]);
  // a matrix in which nothing ever merges would prove little
  expect(new Set(cells.map(({ happened }) => happened))).toEqual(new Set(all ? ['automerge', 'merge-request', 'approval', 'pending', 'nothing'] : ['automerge', 'merge-request', 'approval', 'nothing']));
}, MINUTES);
