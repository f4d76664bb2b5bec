import { BUMPS } from './bumps.ts';
import { runMatrix } from './matrix.ts';
import { FEW, POLICIES, SOME } from './policies.ts';

/** The real Renovate, twice for all projects. FIDELITY=some takes the most different ones, as CI does, FIDELITY=all every one, as a release does; any other text those with it in their name. */
const wanted = process.env['FIDELITY'] ?? '';
const lists: Readonly<Record<string, readonly string[]>> = { '': FEW, some: SOME, all: POLICIES.map(({ name }) => name) };
const policies = POLICIES.filter(({ name }) => lists[wanted]?.includes(name) ?? name.includes(wanted));
const MINUTES = 15 * 60_000;

it(`the real Renovate does what explain says (${policies.length} of ${POLICIES.length} policies${wanted === 'all' ? '' : '; FIDELITY=all takes all'})`, async () => {
  const cells = await runMatrix(policies, BUMPS);

  expect(cells).toHaveLength(policies.length * BUMPS.length);
  expect(cells.filter(({ explained, happened }) => explained !== happened)).toEqual([]);
  // a matrix in which nothing ever merges would prove little
  expect(new Set(cells.map(({ happened }) => happened))).toEqual(new Set(['automerge', 'merge-request', 'approval', 'pending', 'nothing']));
}, MINUTES);
