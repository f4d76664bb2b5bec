import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markersIn } from '../../src/base/incident-marker.ts';
import { run as runProgram } from '../src/cli/harness.ts';
import { fixturesRoot, projectRoot, temporaryFolder } from '../support/fixtures.ts';
import { ruleFile } from '../support/prometheus-operator.ts';
import { describeRules } from '../support/rule-tests.ts';

/** examples/flux-cluster, which docs/flux.md speaks of. */
const example = join(projectRoot, 'examples/flux-cluster');
const manifest = readFileSync(join(example, 'alerting/flux-releases.yaml'), 'utf8');
const rules = ruleFile(manifest);
const cases = readFileSync(join(fixturesRoot, 'alerting/flux.test.yml'), 'utf8');

let folder: { root: string; remove: () => void };
beforeAll(() => {
  folder = temporaryFolder({});
});
afterAll(() => folder.remove());

it('check finds nothing', async () => {
  const { exit, stdout } = await runProgram(['check', example, '--format', 'json']);
  expect([exit, JSON.parse(stdout).findings]).toEqual([0, []]);
});

it('every version is managed, under the name of who deploys it', async () => {
  const { pins } = JSON.parse((await runProgram(['pins', example, '--format', 'json'])).stdout) as { pins: { name: string; application: string; status: string }[] };
  expect(pins.map(({ name, application, status }) => [name, application, status])).toEqual([
    ['ghcr.io/stefanprodan/podinfo', 'podinfo', 'managed'],
    ['podinfo', 'podinfo', 'managed'],
    ['deploy', 'shop', 'managed'],
    ['cert-manager', 'cert-manager', 'managed'],
  ]);
});

it.each([
  ['the chart of a HelmRelease', 'cert-manager', ['cert-manager']],
  ['the last part of an OCIRepository, which its image has too', 'podinfo', ['ghcr.io/stefanprodan/podinfo', 'podinfo']],
  ['metadata.name of a GitRepository', 'shop', ['deploy']],
  ['not the last part of its address', 'deploy', []],
])('an exception goes by %s', async (_name, argument, names) => {
  const config = join(folder.root, 'renovate.json');
  writeFileSync(config, JSON.stringify({ extends: ['local>platform/renovate-argocd', 'local>platform/renovate-argocd//presets/managers/flux', `local>platform/renovate-argocd//presets/automerge/none(${argument})`] }));
  const { rows } = JSON.parse((await runProgram(['explain', example, '--config', config, '--format', 'json'])).stdout) as { rows: { name: string; updates: { patch: { action: string } } }[] };
  expect(rows.filter(({ updates }) => updates.patch.action === 'merge-request').map(({ name }) => name)).toEqual(names);
});

it('the marker is in form', () => {
  expect(markersIn(manifest)).toEqual([{ application: '{{ $labels.name }}', namespace: '{{ $labels.exported_namespace }}' }]);
});

describeRules({
  rules,
  cases,
  found: 2,
  faults: [
    ['without the aggregation', 'max by (customresource_kind, exported_namespace, name) (', '(', /another revision/],
    ['with rollouts as failures', 'ready="False"', 'ready!="True"', /rolled out/],
    ['of what is suspended', ', suspended!="true"', '', /suspended/],
    ['without bridging the attempts', 'keep_firing_for: 10m', 'keep_firing_for: 0s', /tried again/],
  ],
});
