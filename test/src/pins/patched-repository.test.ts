import { findPins } from '../../../src/pins/find.ts';
import { memoryRepository } from '../../../src/source/repository.ts';

const application = (repoURL: string, labels = 'source: helm'): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: vault
  labels: {${labels}}
spec:
  source:
    chart: vault
    repoURL: ${repoURL}
    targetRevision: 0.28.0
`;
const patch = (target: string, value: string): string => `patches:
  - target: ${target}
    patch: |-
      - op: add
        path: /spec/source/repoURL
        value: ${value}
`;
const ADDRESS = 'https://helm.releases.hashicorp.com';
const BY_LABEL = '{kind: Application, labelSelector: "source=helm"}';

const cases: readonly { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly expected: readonly [string | null, string] }[] = [
  {
    name: 'a JSON patch by label',
    files: { 'a/app.yaml': application('""'), 'a/kustomization.yaml': `resources: [app.yaml]\n${patch(BY_LABEL, ADDRESS)}` },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'a JSON patch by name in a file of its own, two folders up',
    files: {
      'base/apps/app.yaml': application('""'),
      'base/apps/kustomization.yaml': 'resources: [app.yaml]',
      'prod/kustomization.yaml': 'resources: [../base/apps]\npatchesJson6902:\n  - target: {group: argoproj.io, version: v1alpha1, kind: Application, name: vault}\n    path: repo.yaml\n',
      'prod/repo.yaml': `- op: replace\n  path: /spec/source\n  value: {repoURL: ${ADDRESS}, chart: vault}\n`,
    },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'a strategic merge',
    files: {
      'app.yaml': application('PLACEHOLDER'),
      'kustomization.yaml': 'resources: [app.yaml]\npatchesStrategicMerge: [repo.yaml]\n',
      'repo.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: vault}\nspec: {source: {repoURL: ${ADDRESS}}}\n`,
    },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'a component',
    files: { 'app.yaml': application('""'), 'kustomization.yaml': 'resources: [app.yaml]\ncomponents: [mirror]\n', 'mirror/kustomization.yaml': `kind: Component\n${patch(BY_LABEL, ADDRESS)}` },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'an OCI registry',
    files: { 'app.yaml': application('""'), 'kustomization.yaml': `resources: [app.yaml]\n${patch(BY_LABEL, 'registry.example.org/charts')}` },
    expected: ['registry.example.org/charts', 'oci'],
  },
  {
    name: 'the last of two patches',
    files: { 'app.yaml': application('""'), 'kustomization.yaml': `resources: [app.yaml]\n${patch('{kind: Application}', 'https://git.example.org/services.git')}${patch(BY_LABEL, ADDRESS).replace('patches:\n', '')}` },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'a file whose line is commented out',
    files: { 'a/apps/app.yaml': application('""'), 'a/kustomization.yaml': `resources:\n# - apps/app.yaml\n${patch(BY_LABEL, ADDRESS)}` },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'a variable that another cluster has filled in',
    files: { 'a/app.yaml': application('""'), 'a/kustomization.yaml': `resources: [app.yaml]\n${patch(BY_LABEL, '${HELM_REPOURL}')}`, 'b/kustomization.yaml': `resources: []\n${patch(BY_LABEL, ADDRESS)}` },
    expected: [ADDRESS, 'helm'],
  },
  {
    name: 'a variable that two clusters have filled in differently',
    files: {
      'a/app.yaml': application('""'),
      'a/kustomization.yaml': `resources: [app.yaml]\n${patch(BY_LABEL, '${HELM_REPOURL}')}`,
      'b/kustomization.yaml': patch(BY_LABEL, ADDRESS),
      'c/kustomization.yaml': patch(BY_LABEL, 'https://charts.example.org'),
    },
    expected: [null, 'helm'],
  },
  {
    name: 'two environments that differ',
    files: {
      'base/app.yaml': application('""'),
      'base/kustomization.yaml': 'resources: [app.yaml]',
      'dev/kustomization.yaml': `resources: [../base]\n${patch(BY_LABEL, ADDRESS)}`,
      'prod/kustomization.yaml': `resources: [../base]\n${patch(BY_LABEL, 'https://charts.example.org')}`,
    },
    expected: [null, 'helm'],
  },
  {
    name: 'a patch for others',
    files: { 'app.yaml': application('""', 'source: git'), 'kustomization.yaml': `resources: [app.yaml]\n${patch(BY_LABEL, ADDRESS)}` },
    expected: [null, 'helm'],
  },
  {
    name: 'a repository that is written already',
    files: { 'app.yaml': application(ADDRESS), 'kustomization.yaml': `resources: [app.yaml]\n${patch(BY_LABEL, 'https://mirror.example.org')}` },
    expected: [ADDRESS, 'helm'],
  },
];

test.each(cases)('repository from $name', ({ files, expected }) => {
  const pins = findPins(memoryRepository(files)).filter(({ file }) => file.endsWith('app.yaml'));
  expect(pins.map(({ repository, kind }) => [repository, kind])).toEqual([expected]);
});

const selectors = ['source=helm', 'source==helm', 'source!=git', 'source', '!tier', 'source in (helm, oci)', 'tier notin (a,b),source=helm'];

test.each(selectors)('selector %s', (labelSelector) => {
  const files = { 'app.yaml': application('""'), 'kustomization.yaml': `resources: [app.yaml]\n${patch(JSON.stringify({ kind: 'Application', labelSelector }), ADDRESS)}` };
  expect(findPins(memoryRepository(files)).map(({ repository }) => repository)).toEqual([ADDRESS]);
});
