import { enabledManagersDrop } from '../../../../src/lint/rules/enabled-managers-drop.ts';
import { pin, testRule } from '../harness.ts';

const documents = { 'renovate.json': '{\n  "enabledManagers": ["argocd"]\n}' };
const lost = { status: 'unmanaged', reason: 'no-manager-reads-file', managers: [] } as const;
const dependency = pin({ ...lost, file: 'charts/a/Chart.yaml', line: 5, idiom: 'chart-dependency' });
const inflated = pin({ ...lost, file: 'apps/kustomization.yaml', line: 7, idiom: 'kustomize-helm-charts' });
const generator = pin({ ...lost, idiom: 'application-set-generator' });

function customManagers(type: string, source: string) {
  return [{ customType: type, 'renovate-argocd:source': { source, index: 0 } }];
}

testRule(enabledManagersDrop, {
  accept: [
    { name: 'no such list', documents: { 'renovate.json': '{}' }, pins: [dependency] },
    { name: 'a list with the manager', documents: { 'renovate.json': '{ "enabledManagers": ["helmv3"] }' }, pins: [dependency] },
    { name: 'an empty list, which means all', documents: { 'renovate.json': '{ "enabledManagers": [] }' }, pins: [dependency] },
    { name: 'a version that another manager reads', documents, pins: [pin({ idiom: 'chart-dependency' })] },
    { name: 'a version that is off on purpose', documents, pins: [pin({ idiom: 'chart-dependency', status: 'ignored', reason: 'path-ignored' })] },
    { name: 'a version that only the cluster can look up', documents, pins: [pin({ ...lost, idiom: 'chart-dependency', repository: 'http://chartmuseum.chartmuseum.svc.cluster.local:8080' })] },
    { name: 'custom managers of a built-in preset', documents, resolved: { enabledManagers: ['argocd'], customManagers: customManagers('regex', 'customManagers:biomeVersions') }, pins: [generator] },
    { name: 'custom managers of this package that nothing needs', documents, resolved: { enabledManagers: ['argocd'], customManagers: customManagers('regex', 'presets/managers/annotation.json') } },
    { name: 'a release of Flux whose manager has no files', documents, pins: [pin({ ...lost, idiom: 'flux-helm-release' })] },
    { name: 'the older name of custom.regex', documents: { 'renovate.json': '{ "enabledManagers": ["regex"] }' }, resolved: { enabledManagers: ['regex'], customManagers: customManagers('regex', 'renovate.json') } },
  ],
  reject: [
    {
      name: 'the dependencies of charts and kustomizations',
      documents,
      pins: [dependency, dependency, inflated],
      findings: [
        'renovate.json:2:22 warning enabledManagers leaves out helmv3, which would read 2 versions that nobody updates (charts/a/Chart.yaml:5)',
        'renovate.json:2:22 warning enabledManagers leaves out kustomize, which would read 1 version that nobody updates (apps/kustomization.yaml:7)',
      ],
      remedies: ['Add "helmv3" to it', 'Add "kustomize" to it'],
    },
    {
      name: 'releases of Flux',
      documents: { 'renovate.json': '{\n  "enabledManagers": ["argocd"], "flux": { "managerFilePatterns": ["/\\\\.ya?ml$/"] } }' },
      pins: [pin({ ...lost, file: 'apps/loki.yaml', line: 9, idiom: 'flux-helm-release' })],
      findings: ['renovate.json:2:22 warning enabledManagers leaves out flux, which would read 1 version that nobody updates (apps/loki.yaml:9)'],
      remedies: ['Add "flux" to it'],
    },
    {
      name: 'Applications',
      documents: { 'renovate.json': '{ "enabledManagers": ["helmv3"] }' },
      pins: [pin(lost)],
      findings: ['renovate.json:1:22 warning enabledManagers leaves out argocd, which would read 1 version that nobody updates (applications/templates/app-cert-manager.yaml:12)'],
      remedies: ['Add "argocd" to it'],
    },
    {
      name: 'the custom managers beside it',
      documents,
      resolved: { enabledManagers: ['argocd'], customManagers: customManagers('jsonata', 'renovate.json') },
      findings: ['renovate.json:2:22 warning enabledManagers leaves out custom.jsonata, so 1 custom manager of the config does not run'],
      remedies: ['Add "custom.jsonata" to it'],
    },
    {
      name: 'the custom managers of this package that a version needs',
      documents,
      resolved: { enabledManagers: ['argocd'], customManagers: customManagers('regex', 'presets/managers/annotation.json') },
      pins: [generator],
      findings: ['renovate.json:2:22 warning enabledManagers leaves out custom.regex, so 1 custom manager of the config does not run'],
      remedies: ['Add "custom.regex" to it'],
    },
  ],
});
