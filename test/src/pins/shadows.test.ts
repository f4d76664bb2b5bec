import { readPins } from '../../../src/pins/find.ts';
import { memoryRepository } from '../../../src/source/repository.ts';

type Files = Readonly<Record<string, string>>;

interface Case {
  readonly name: string;
  readonly files: Files;
  /** `file:line value <- by file:line value`. */
  readonly expected: readonly string[];
}

function shadowsOf(files: Files): string[] {
  const { pins, shadows } = readPins(memoryRepository(files));
  return shadows().map(({ file, offset, overrides }) => {
    const pin = pins.find((one) => one.file === file && one.offset === offset)!;
    return `${file}:${pin.line} ${pin.value} <- ${overrides.map((one) => `${one.by} ${one.file}:${one.line} ${one.value}`).join(', ')}`;
  });
}

/** An Application of a folder of this repository. */
const root = (helm: string, path = 'platform'): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: platform}
spec:
  source:
    repoURL: https://git.example.org/cluster.git
    path: ${path}
    targetRevision: main
    helm:
${helm}`;
/** A chart whose template makes one Application. */
const platform = (values: string, version = '{{ .Values.vault.version }}'): Files => ({
  'platform/Chart.yaml': 'apiVersion: v2\nname: platform\nversion: 0.1.0\n',
  'platform/values.yaml': values,
  'platform/templates/vault.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: vault}
spec:
  source: {repoURL: "https://helm.releases.hashicorp.com", chart: vault, targetRevision: "${version}"}
`,
});
const VALUES = 'vault:\n  version: 0.27.0\n';
const PARAMETER = '      parameters:\n        - name: vault.version\n          value: 0.28.0\n';

const inValues: readonly Case[] = [
  { name: 'a parameter over values.yaml', files: { ...platform(VALUES), 'root.yaml': root(PARAMETER) }, expected: ['platform/values.yaml:2 0.27.0 <- parameter root.yaml:12 0.28.0'] },
  {
    name: 'inline values over values.yaml',
    files: { ...platform(VALUES), 'root.yaml': root('      values: |\n        vault:\n          version: 0.28.0\n') },
    expected: ['platform/values.yaml:2 0.27.0 <- values root.yaml:12 0.28.0'],
  },
  {
    name: 'valuesObject over a values file over values.yaml',
    files: { ...platform(VALUES), 'platform/values-prod.yaml': VALUES.replace('27', '29'), 'root.yaml': root('      valueFiles: [values-prod.yaml]\n      valuesObject: {vault: {version: 0.28.0}}\n') },
    expected: ['platform/values-prod.yaml:2 0.29.0 <- values-object root.yaml:11 0.28.0', 'platform/values.yaml:2 0.27.0 <- values-object root.yaml:11 0.28.0'],
  },
  {
    name: 'the last of two values files',
    files: { ...platform(VALUES), 'platform/a.yaml': VALUES.replace('27', '28'), 'envs/b.yaml': VALUES.replace('27', '29'), 'root.yaml': root('      valueFiles: [a.yaml, ../envs/b.yaml]\n') },
    expected: ['platform/a.yaml:2 0.28.0 <- values-file envs/b.yaml:2 0.29.0', 'platform/values.yaml:2 0.27.0 <- values-file envs/b.yaml:2 0.29.0'],
  },
  {
    name: 'a values file of each environment',
    files: { ...platform(VALUES), 'platform/values-dev.yaml': VALUES.replace('27', '29'), 'platform/values-prod.yaml': VALUES.replace('27', '28'), 'dev.yaml': root('      valueFiles: [values-dev.yaml]\n'), 'prod.yaml': root('      valueFiles: [values-prod.yaml]\n') },
    expected: ['platform/values.yaml:2 0.27.0 <- values-file platform/values-dev.yaml:2 0.29.0, values-file platform/values-prod.yaml:2 0.28.0'],
  },
  { name: 'the default of a template', files: platform(VALUES, '{{ .Values.vault.version | default `0.26.0` }}'), expected: ['platform/templates/vault.yaml:5 0.26.0 <- default platform/values.yaml:2 0.27.0'] },

  {
    name: 'a list that takes the place of another',
    files: {
      ...platform('apps:\n  - {name: vault, version: 0.27.0}\n  - {name: old, version: 0.26.0}\n'),
      'platform/templates/vault.yaml': `{{- range .Values.apps }}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: "{{ .name }}"}
spec:
  source: {repoURL: "https://helm.releases.hashicorp.com", chart: "{{ .name }}", targetRevision: "{{ .version }}"}
{{- end }}
`,
      'root.yaml': root('      valuesObject:\n        apps:\n          - {name: vault, version: 0.28.0}\n'),
    },
    expected: ['platform/values.yaml:2 0.27.0 <- values-object root.yaml:12 0.28.0', 'platform/values.yaml:3 0.26.0 <- values-object root.yaml:12 null'],
  },

  { name: 'another Application, made from values', files: { ...platform(VALUES), 'root.yaml': root(PARAMETER), 'apps.yaml': 'applications:\n  second: {source: {path: platform, repoURL: "https://git.example.org/cluster.git"}}\n' }, expected: [] },
  {
    name: 'an ApplicationSet that deploys every folder',
    files: {
      ...platform(VALUES),
      'root.yaml': root(PARAMETER),
      'set.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n  generators:\n    - git: {repoURL: x, directories: [{path: "*"}]}\n  template:\n    spec:\n      source: {repoURL: x, path: "{{path}}", targetRevision: main}\n',
    },
    expected: [],
  },
  { name: 'one environment without the key', files: { ...platform(VALUES), 'platform/values-dev.yaml': 'vault: {}\n', 'dev.yaml': root('      valueFiles: [values-dev.yaml]\n'), 'prod.yaml': root(PARAMETER) }, expected: [] },
  { name: 'a parameter of another key', files: { ...platform(VALUES), 'root.yaml': root(PARAMETER.replace('vault.', 'consul.')) }, expected: [] },
  { name: 'a parameter under a condition', files: { ...platform(VALUES), 'root.yaml': root(`{{ if .Values.pinned }}\n${PARAMETER}{{ end }}\n`) }, expected: [] },
  { name: 'a values file that may be missing', files: { ...platform(VALUES), 'platform/b.yaml': VALUES, 'root.yaml': root('      ignoreMissingValueFiles: true\n      valueFiles: [b.yaml]\n') }, expected: [] },
  { name: 'values.yaml listed last', files: { ...platform(VALUES), 'root.yaml': root('      valueFiles: [values.yaml]\n') }, expected: [] },
  { name: 'a script that installs the chart', files: { ...platform(VALUES), 'root.yaml': root(PARAMETER), Makefile: 'install:\n\thelm upgrade --install platform ./platform\n' }, expected: [] },
  { name: 'a chart that another one depends on', files: { ...platform(VALUES), 'root.yaml': root(PARAMETER), 'other/Chart.yaml': 'name: other\ndependencies: [{name: platform, version: 0.1.0, repository: "file://../platform"}]\n' }, expected: [] },
  { name: 'a chart that nobody here deploys', files: { ...platform(VALUES), 'root.yaml': root(PARAMETER, 'other') }, expected: [] },
  { name: 'a default where values.yaml says nothing', files: platform('vault: {}\n', '{{ .Values.vault.version | default `0.26.0` }}'), expected: [] },
];

const vault = (helm: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: vault}
spec:
  source:
    repoURL: https://helm.releases.hashicorp.com
    chart: vault
    targetRevision: 0.28.0
    helm:
${helm}`;
const IMAGE = '        image:\n          repository: hashicorp/vault\n          tag: 1.16.0\n';

const inline: readonly Case[] = [
  {
    name: 'a parameter over inline values',
    files: { 'app.yaml': vault(`      values: |\n${IMAGE}      parameters:\n        - {name: image.tag, value: 1.17.0}\n`) },
    expected: ['app.yaml:13 1.16.0 <- parameter app.yaml:15 1.17.0'],
  },
  { name: 'valuesObject beside values', files: { 'app.yaml': vault(`      values: |\n${IMAGE}      valuesObject:\n        replicas: 2\n`) }, expected: ['app.yaml:13 1.16.0 <- values-object app.yaml:15 null'] },
  { name: 'valuesObject with the same key', files: { 'app.yaml': vault(`      values: |\n${IMAGE}      valuesObject:\n        image: {tag: 1.17.0}\n`) }, expected: ['app.yaml:13 1.16.0 <- values-object app.yaml:15 1.17.0'] },
  { name: 'an empty parameter', files: { 'app.yaml': vault(`      values: |\n${IMAGE}      parameters:\n        - {name: image.tag, value: ""}\n`) }, expected: [] },
  { name: 'a parameter of another image', files: { 'app.yaml': vault(`      values: |\n${IMAGE}      parameters:\n        - {name: sidecar.image.tag, value: 1.17.0}\n`) }, expected: [] },
];

const overlay = (version: string): string => `resources: [../base]
patches:
  - target: {kind: Application, name: vault}
    patch: |-
      - op: replace
        path: /spec/source/targetRevision
        value: ${version}
`;
const base: Files = { 'base/kustomization.yaml': 'resources: [app.yaml]\n', 'base/app.yaml': vault('      releaseName: vault\n') };

const byKustomize: readonly Case[] = [
  {
    name: 'every overlay',
    files: { ...base, 'dev/kustomization.yaml': overlay('0.29.0'), 'prod/kustomization.yaml': overlay('0.27.0') },
    expected: ['base/app.yaml:8 0.28.0 <- patch dev/kustomization.yaml:7 0.29.0, patch prod/kustomization.yaml:7 0.27.0'],
  },
  { name: 'one of two overlays', files: { ...base, 'dev/kustomization.yaml': overlay('0.29.0'), 'prod/kustomization.yaml': 'resources: [../base]\n' }, expected: [] },
  { name: 'a base that is deployed too', files: { ...base, 'dev/kustomization.yaml': overlay('0.29.0'), 'root.yaml': root('      releaseName: x\n', 'base') }, expected: [] },
  { name: 'a pipeline that applies the base', files: { ...base, 'dev/kustomization.yaml': overlay('0.29.0'), '.gitlab-ci.yml': 'deploy:\n  script: [kubectl apply -k ./base]\n' }, expected: [] },
];

const set = (generators: string, rest = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: vault}
spec:
  generators:
${generators}
  template:
    metadata: {name: "vault-{{name}}"}
    spec:
      source: {repoURL: "https://helm.releases.hashicorp.com", chart: vault, targetRevision: "{{version}}"}
${rest}`;
const MERGE = '    - merge:\n        mergeKeys: [name]\n        generators:\n          - list: {elements: [{name: dev, version: 0.28.0}, {name: prod, version: 0.28.1}]}\n          - list: {elements: [{name: dev, version: 0.29.0}]}\n';
const clusters = (second: string): string => `    - merge:\n        mergeKeys: [server]\n        generators:\n          - clusters: {selector: {matchLabels: {vault: "yes"}}, values: {version: 0.28.0}}\n          - clusters: {${second}values: {version: 0.29.0}}\n`;

const bySets: readonly Case[] = [
  { name: 'an element that a later list replaces', files: { 'set.yaml': set(MERGE) }, expected: ['set.yaml:9 0.28.0 <- merge set.yaml:10 0.29.0'] },
  { name: 'all clusters', files: { 'set.yaml': set(clusters('')).replace('{{version}}', '{{values.version}}') }, expected: ['set.yaml:9 0.28.0 <- merge set.yaml:10 0.29.0'] },
  { name: 'some clusters', files: { 'set.yaml': set(clusters('selector: {matchLabels: {env: dev}}, ')).replace('{{version}}', '{{values.version}}') }, expected: [] },
  {
    name: 'a patch of the template',
    files: { 'set.yaml': set('    - clusters: {}', '  templatePatch: |\n    spec:\n      source:\n        targetRevision: 0.29.0\n').replace('{{version}}', '0.28.0') },
    expected: ['set.yaml:10 0.28.0 <- template-patch set.yaml:14 0.29.0'],
  },
  { name: 'a patch under a condition', files: { 'set.yaml': set('    - clusters: {}', '  templatePatch: |\n    {{- if .canary }}\n    spec:\n      source:\n        targetRevision: 0.29.0\n    {{- end }}\n').replace('{{version}}', '0.28.0') }, expected: [] },
];

test.each([...inValues, ...inline, ...byKustomize, ...bySets])('$name', ({ files, expected }) => {
  expect(shadowsOf(files)).toEqual(expected);
});
