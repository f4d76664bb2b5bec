import { openBuilt } from './src/renovate/harness.ts';
import { decide, ownPreset, resolved } from './support/decide.ts';
import { dependencies } from './support/dependencies.ts';

const renovate = openBuilt({ limit: 30_000 });
afterAll(() => renovate.close());

/** Under the fast policy, which merges minors, so that the exception shows. */
async function minors(preset: string): Promise<string[]> {
  const config = await resolved(renovate, { extends: [ownPreset('policy/fast'), ownPreset(preset)] });
  const kinds = ['http 1.x', 'http by date', 'OCI 1.x', 'git tag', 'image'] as const;
  const verdicts = await Promise.all(kinds.map(async (kind) => [kind, await decide(config, dependencies[kind]!, 'minor')] as const));
  return verdicts.filter(([, verdict]) => !verdict.startsWith('automerge')).map(([kind]) => kind);
}

test.each([
  ['automerge/none', ['http 1.x', 'http by date', 'OCI 1.x', 'git tag', 'image']],
  ['automerge/none(cert-manager)', ['http 1.x', 'OCI 1.x']],
  ['automerge/none#v1(cert-manager)', ['http 1.x', 'OCI 1.x']],
  ['automerge/none(quay.io/jetstack/charts/cert-manager)', ['OCI 1.x']],
  ['automerge/none(charts/cert-manager)', ['OCI 1.x']],
  ['automerge/none(CERT-*)', ['http 1.x', 'OCI 1.x']],
  ['automerge/none(manager)', []],
  ['automerge/none(**/grafana/*)', ['image']],
  ['automerge/none(istio)', ['git tag']],
  ['automerge/none(https://github.com/istio/istio.git)', ['git tag']],
  ['automerge/none(cert-manager,istio)', ['http 1.x', 'OCI 1.x', 'git tag']],
  ['automerge/none( cert-manager , authentik ,grafana )', ['http 1.x', 'http by date', 'OCI 1.x', 'image']],
  ['automerge/none(/^cert-/)', ['http 1.x']],
  ['automerge/none(/(cert-manager|authentik)$/)', ['http 1.x', 'http by date', 'OCI 1.x']],
  ['automerge/none(/\\bcert-\\w+$/)', ['http 1.x', 'OCI 1.x']],
  ['automerge/none(*)', ['http 1.x', 'http by date', 'OCI 1.x', 'git tag', 'image']],
])('%s', async (preset, expected) => {
  expect(await minors(preset)).toEqual(expected);
});

test.each([
  ['schedule/nights', 'automerge after 3 days, by Renovate in * 22-23,0-5 * * *'],
  ['schedule/nights(clusters/staging/**)', 'automerge after 3 days, by Renovate in * 22-23,0-5 * * *'],
  ['schedule/nights(clusters/production/**)', 'automerge after 3 days'],
  ['schedule/nights(clusters/production/**, clusters/staging/*.yaml)', 'automerge after 3 days, by Renovate in * 22-23,0-5 * * *'],
  ['environment/staging(clusters/staging/**)', 'automerge after 3 days, branch staging-'],
  ['environment/staging(clusters/test/**,clusters/staging/**)', 'automerge after 3 days, branch staging-'],
  ['tier/low', 'automerge after 3 days'],
  ['tier/critical', 'merge-request after 14 days'],
  ['tier/critical(cert-manager, istio)', 'merge-request after 14 days'],
  ['tier/critical(istio)', 'automerge after 3 days'],
])('%s', async (preset, expected) => {
  const config = await resolved(renovate, { extends: [ownPreset('policy/fast'), ownPreset(preset)] });
  expect(await decide(config, dependencies['http 1.x']!, 'minor')).toBe(expected);
});

test.each(['automerge/patch', 'automerge/minor', 'automerge/major', 'automerge/digest', 'automerge/pin', 'automerge/none', 'tier/critical', 'tier/normal', 'tier/low', 'schedule/weekends'])('%s leaves no placeholder, with a name or without', async (preset) => {
  const rules = async (reference: string) => JSON.stringify((await resolved(renovate, { extends: [ownPreset(reference)] }))['packageRules']);
  expect(await rules(preset)).not.toContain('{{');
  expect(await rules(`${preset}(cert-manager)`)).not.toContain('{{');
});
