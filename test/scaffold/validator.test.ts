import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, Renovate } from '../../src/renovate/types.ts';
import { run } from '../src/cli/harness.ts';
import { extractFrom, openBuilt, realExtraction, repositoryCopy, rowsOf, type Row } from '../src/renovate/harness.ts';
import { projectRoot } from '../support/fixtures.ts';
import { scaffolded, type Scaffolded } from './scaffolded.ts';

/** What `init` writes passes this package's own judgement, with every set of values, and the real Renovate reads every version in it. */
const PINS = ['argo-cd 9.5.13', 'cert-manager v1.20.2', 'kube-prometheus-stack 82.18.0', 'metrics-server 3.13.0', 'traefik 38.0.1'];

const made: Scaffolded[] = [];
afterAll(() => made.forEach((one) => one.remove()));

async function make(...argv: string[]): Promise<Scaffolded> {
  const one = await scaffolded('--project', 'platform/cluster-config', ...argv);
  made.push(one);
  return one;
}

interface Pins {
  readonly pins: readonly { readonly name: string; readonly value: string; readonly status: string; readonly reason: string | null }[];
}

describe.each<[string, string[], string]>([
  ['gitlab.com', [], 'HEAD'],
  ['another GitLab', ['--gitlab', 'https://gitlab.example.com'], 'HEAD'],
  ['the policy manual, a host and a branch', ['--policy', 'manual', '--argocd-host', 'argocd.example.com', '--branch', 'live'], 'live'],
  ['the policy fast, other names and another cluster', ['--gitlab', 'http://gitlab.lan/git', '--presets', 'tools/renovate-argocd#v0.1.0', '--policy', 'fast', '--argocd-namespace', 'cd', '--prometheus-release', 'on', '--destination', 'https://10.0.0.1:6443', '--tag', 'a: "b"'], 'HEAD'],
])('for %s', (_name, argv, branch) => {
  it('check finds nothing but branches of its own repository', async () => {
    const { root } = await make(...argv);
    const { exit, stdout, stderr } = await run(['check', root, '--format', 'json', '--fail-on', 'warning']);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string; data: { value: string } }[] };
    expect(findings.map(({ rule, severity, data }) => `${severity} ${rule} ${data.value}`)).toEqual(Array(3).fill(`info pin-floating ${branch}`));
    expect([exit, stderr]).toEqual([0, '']);
  });

  it('pins are managed, or branches', async () => {
    const { root } = await make(...argv);
    const { pins } = JSON.parse((await run(['pins', root, '--format', 'json'])).stdout) as Pins;
    expect(pins.filter(({ status }) => status === 'managed').map(({ name, value }) => `${name} ${value}`).sort()).toEqual(PINS);
    expect(pins.filter(({ status }) => status !== 'managed').map(({ status, reason, value }) => `${status} ${reason} ${value}`)).toEqual(Array(3).fill(`ignored floating ${branch}`));
  });
});

it.each<[string, Record<string, string>]>([
  ['standard', { patch: 'automerge', minor: 'merge-request', major: 'approval' }],
  ['manual', { patch: 'merge-request', minor: 'merge-request', major: 'approval' }],
  ['fast', { patch: 'automerge', minor: 'automerge' }],
])('explain: the policy %s does to cert-manager what it says', async (policy, expected) => {
  const { root } = await make('--policy', policy);
  const { rows } = JSON.parse((await run(['explain', root, '--format', 'json'])).stdout) as { rows: { name: string; updates: Record<string, { action: string }> }[] };
  const { updates } = rows.find(({ name }) => name === 'cert-manager')!;
  expect(Object.fromEntries(Object.keys(expected).map((type) => [type, updates[type]!.action]))).toEqual(expected);
});

describe('the real Renovate', () => {
  let renovate: Renovate;
  beforeAll(() => {
    renovate = openBuilt();
  });
  afterAll(() => renovate.close());

  it('extracts every version, as the adapter does, and the version of this package', async () => {
    const { root } = await make();
    const config = JSON.parse(readFileSync(join(projectRoot, 'default.json'), 'utf8')) as JsonObject;
    const copy = repositoryCopy(root, config);
    try {
      const runs = await extractFrom(renovate, copy.root, copy.files, config);
      // branches of its own repository are extracted, too, and switched off by a rule
      const real = realExtraction(copy.root).filter(({ currentValue }) => currentValue !== 'HEAD');
      expect(rowsOf(runs.map((one) => ({ ...one, dependencies: one.dependencies.filter(({ enabled }) => enabled) })))).toEqual(real);
      const shown = ({ manager, depName, currentValue, datasource }: Row): string => `${manager} ${datasource} ${depName} ${currentValue}`;
      expect(real.map(shown).sort()).toEqual([
        'argocd helm cert-manager v1.20.2',
        'argocd helm kube-prometheus-stack 82.18.0',
        'argocd helm metrics-server 3.13.0',
        'argocd helm traefik 38.0.1',
        'kustomize helm argo-cd 9.5.13',
        expect.stringMatching(/^regex npm renovate-argocd \d+\.\d+\.\d+$/),
      ]);
    } finally {
      copy.remove();
    }
  });

  it('extracts the versions of components', async () => {
    const { root } = await make('--gitlab', 'https://gitlab.example.com', '--components', 'platform/renovate-argocd');
    const copy = repositoryCopy(root, { enabledManagers: ['gitlabci'] });
    try {
      const components = realExtraction(copy.root, ['gitlabci']);
      expect(components.map(({ depName, currentValue, registryUrls }) => [depName, currentValue, registryUrls])).toEqual(Array(3).fill(['platform/renovate-argocd', expect.stringMatching(/^v\d+\.\d+\.\d+$/), ['https://gitlab.example.com']]));
    } finally {
      copy.remove();
    }
  });
});
