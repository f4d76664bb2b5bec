import { pinUnmanaged } from '../../../../src/lint/rules/pin-unmanaged.ts';
import { pin, run, testRule } from '../harness.ts';

const unread = { status: 'unmanaged', reason: 'no-manager-reads-file', managers: [] } as const;
const unextracted = { ...unread, reason: 'not-extracted' } as const;
const ownPresets = { 'renovate.json': '{ "extends": ["local>platform/renovate-argocd"] }' };

testRule(pinUnmanaged, {
  accept: [
    { name: 'a managed version', pins: [pin()] },
    { name: 'an ignored version', pins: [pin({ status: 'ignored', reason: 'disabled' })] },
    { name: 'a branch that nobody could update', pins: [pin({ status: 'unmanaged', reason: 'floating', kind: 'git', value: 'main' })] },
    { name: 'a duplicate, which has its own rule', pins: [pin({ status: 'duplicate', reason: 'several-managers' })] },
  ],
  reject: [
    {
      name: 'a file that no manager reads',
      pins: [pin(unread)],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: no manager reads the file'],
      remedies: ['"managerFilePatterns": ["/^applications/templates/[^/]+\\\\.ya?ml$/"]'],
    },
    {
      name: 'a repository without a config',
      documents: {},
      pins: [pin(unread)],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: the repository has no Renovate config'],
      remedies: ['Create renovate.json'],
    },
    {
      name: 'a line that the manager of its file does not extract',
      documents: ownPresets,
      runs: [run({ manager: 'argocd', index: null, matchedFiles: ['applications/templates/app-cert-manager.yaml'] })],
      pins: [pin(unextracted)],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: argocd reads the file, but no version is extracted from this line'],
      remedies: ['# renovate: datasource=helm depName=cert-manager registryUrl=https://charts.jetstack.io'],
    },
    {
      name: 'a chart in a values file, with the comment for an OCI registry',
      documents: ownPresets,
      pins: [pin({ ...unread, kind: 'oci', idiom: 'values', name: 'loki', repository: 'ghcr.io/grafana/helm-charts' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart loki is updated by nobody: no manager reads the file'],
      remedies: ['# renovate: datasource=docker depName=loki packageName=ghcr.io/grafana/helm-charts/loki versioning=helm'],
    },
    {
      name: 'a repository that is a parameter: where the same chart comes from elsewhere',
      documents: ownPresets,
      pins: [pin({ ...unread, idiom: 'application-set-generator', repository: null }), pin({ file: 'b/a.yaml', line: 3, repository: 'https://charts.example.org' }), pin({ file: 'c/a.yaml', repository: 'https://charts.example.org/' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: no manager reads the file'],
      remedies: ['If it is https://charts.example.org (the chart of this name at b/a.yaml:3 comes from there), write'],
    },
    {
      name: 'an empty repository among charts of one repository',
      documents: ownPresets,
      pins: [pin({ ...unread, idiom: 'values', name: 'paw', repository: null }), ...['a', 'b', 'c'].map((name) => pin({ name, repository: 'https://charts.example.org' }))],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart paw is updated by nobody: no manager reads the file'],
      remedies: ['If it is https://charts.example.org (all 3 charts beside it do)'],
    },
    {
      name: 'a repository that is a parameter, and a chart that comes from one place everywhere',
      documents: ownPresets,
      pins: [pin({ ...unread, idiom: 'values', repository: null })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: no manager reads the file'],
      remedies: ['If it is https://charts.jetstack.io (charts of this name do)'],
    },
    {
      name: 'a repository that is a parameter, and namesakes that disagree',
      documents: ownPresets,
      pins: [pin({ ...unread, idiom: 'values', repository: null }), ...['a', 'b', 'c'].map((host) => pin({ repository: `https://${host}.example.org` }))],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: no manager reads the file'],
      remedies: ['which no file here does: # renovate: datasource=helm depName=cert-manager registryUrl=https://…'],
    },
    {
      name: 'a version whose chart is not known',
      documents: ownPresets,
      pins: [pin({ ...unextracted, reason: 'skipped', name: null })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of a chart without a static name is updated by nobody: Renovate extracts it but will not look it up'],
      remedies: ['Give a custom manager a pattern that fits'],
    },
    {
      name: 'an ApplicationSet generator, which the argocd manager does not read',
      documents: ownPresets,
      pins: [pin({ ...unread, idiom: 'application-set-generator', repository: '@stable' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: no manager reads the file'],
      remedies: ['Say where the chart comes from, in a comment on the line above'],
    },
  ],
});
