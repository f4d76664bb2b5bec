import { pinUnmanaged } from '../../../../src/lint/rules/pin-unmanaged.ts';
import { dependency, pin, run, testRule } from '../harness.ts';

const unread = { status: 'unmanaged', reason: 'no-manager-reads-file', managers: [] } as const;
const unextracted = { ...unread, reason: 'not-extracted' } as const;
const TEXT = 'a: 1\n# renovate: datasource=helm depName=cert-manager\n# the version\n\nversion: v1.11.0\n';
const release = { file: 'apps/loki.yaml', line: 9, column: 16, offset: 9, value: '6.30.1', idiom: 'flux-helm-release', name: 'loki', repository: 'https://grafana.github.io/helm-charts' } as const;
const flux = (overrides: Parameters<typeof dependency>[0] = {}) => run({ manager: 'flux', index: null, matchedFiles: [release.file], dependencies: [dependency({ file: release.file, writeBack: { kind: 'exact', offset: release.offset }, ...overrides })] });
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
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is not updated by Renovate: the repository has no Renovate config'],
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
      name: 'a HelmRelease that the flux manager was not told of',
      documents: { 'renovate.json': '{ "extends": ["local>platform/renovate-argocd#v1"] }' },
      runs: [run({ manager: 'argocd', index: null, matchedFiles: [release.file] })],
      pins: [pin({ ...unextracted, ...release })],
      findings: ['apps/loki.yaml:9:16 error 6.30.1 of chart loki is updated by nobody: the flux manager was not told to read the file'],
      remedies: ['Extend "local>platform/renovate-argocd//presets/managers/flux#v1", or let the flux manager read all YAML files: { "flux": { "managerFilePatterns": ["/\\\\.ya?ml$/"] } }\nor write this comment'],
    },
    {
      name: 'a HelmRelease in a config without our presets',
      pins: [pin({ ...unread, ...release })],
      findings: ['apps/loki.yaml:9:16 error 6.30.1 of chart loki is updated by nobody: the flux manager was not told to read the file'],
      remedies: ['Extend "local>GROUP/renovate-argocd//presets/managers/flux", with your own group, or'],
    },
    {
      name: 'a HelmRelease whose HelmRepository gets its namespace from a kustomization',
      documents: ownPresets,
      runs: [flux({ skipReason: 'unknown-registry' })],
      pins: [pin({ ...unextracted, ...release, reason: 'skipped' })],
      findings: ['apps/loki.yaml:9:16 error 6.30.1 of chart loki is updated by nobody: the flux manager finds no HelmRepository of that name in that namespace'],
      remedies: ['Write the namespace that it has in the cluster into the HelmRepository, since Renovate does not know what a kustomization sets, or name its address under the name of the HelmRepository: { "registryAliases": { "NAME": "https://grafana.github.io/helm-charts" } }'],
    },
    {
      name: 'a HelmRelease whose HelmRepository is in no file',
      documents: ownPresets,
      runs: [flux({ skipReason: 'unknown-registry' })],
      pins: [pin({ ...unextracted, ...release, name: 'own', repository: null, reason: 'skipped' })],
      findings: ['apps/loki.yaml:9:16 error 6.30.1 of chart own is updated by nobody: the flux manager finds no HelmRepository of that name in that namespace'],
      remedies: ['Name its address under the name of the HelmRepository: { "registryAliases": { "NAME": "https://…" } }'],
    },
    {
      name: 'a HelmRelease whose HelmRepository is filled in',
      documents: ownPresets,
      runs: [flux({ registryUrls: ['https://${host}/charts'], enabled: false })],
      pins: [pin({ ...unextracted, ...release, name: 'own', repository: null })],
      findings: ['apps/loki.yaml:9:16 error 6.30.1 of chart own is updated by nobody: Flux fills in a part of its address, which nobody here knows'],
      remedies: ['Say where the chart comes from'],
    },
    {
      name: 'a number',
      documents: ownPresets,
      runs: [flux({ writeBack: { kind: 'none' } })],
      texts: { [release.file]: 'version: 1.10\n' },
      pins: [pin({ ...unextracted, ...release, value: '1.10' })],
      findings: ['apps/loki.yaml:9:16 error 1.10 of chart loki is updated by nobody: the version is a number without quotes, which the flux manager does not read'],
      remedies: ['Put the version in quotes'],
    },
    {
      name: 'a range of an OCIRepository',
      documents: ownPresets,
      runs: [flux({ writeBack: { kind: 'none' } })],
      pins: [pin({ ...unextracted, ...release, idiom: 'flux-oci-repository', kind: 'oci', value: '6.x', floating: true, repository: 'oci://ghcr.io/grafana/loki' })],
      findings: ['apps/loki.yaml:9:16 error 6.x of chart loki is updated by nobody: the flux manager reads no ref.semver'],
      remedies: ['Write the version that is deployed now as ref.tag\nor write this comment on the line above: # renovate: datasource=docker depName=loki packageName=ghcr.io/grafana/loki versioning=helm'],
    },
    {
      name: 'a patch',
      documents: ownPresets,
      runs: [flux({ writeBack: { kind: 'none' } })],
      pins: [pin({ ...unextracted, ...release, idiom: 'flux-patch' })],
      findings: ['apps/loki.yaml:9:16 error 6.30.1 of chart loki is updated by nobody: the flux manager reads no patches'],
      remedies: ['Write this comment on the line above: # renovate: datasource=helm depName=loki registryUrl=https://grafana.github.io/helm-charts'],
    },
    {
      name: 'a digest, for which there is no comment',
      documents: ownPresets,
      pins: [pin({ ...unread, ...release, idiom: 'flux-oci-repository', kind: 'oci', value: `sha256:${'0'.repeat(64)}`, repository: 'oci://ghcr.io/grafana/loki' })],
      findings: [`apps/loki.yaml:9:16 error sha256:${'0'.repeat(64)} of chart loki is updated by nobody: the flux manager was not told to read the file`],
      remedies: ['managers/flux'],
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
      name: 'a comment that no manager reads, above other comments and a blank line',
      pins: [pin({ ...unextracted, file: 'values.yaml', line: 5, column: 10, offset: TEXT.indexOf('1.11') })],
      texts: { 'values.yaml': TEXT },
      runs: [run({ matchedFiles: ['values.yaml'] })],
      findings: ['values.yaml:5:10 error v1.11.0 of chart cert-manager is updated by nobody: no manager reads the comment on line 2, though custom.regex reads the file'],
      remedies: ['or give a custom manager a regex that reads the comment\nor write this comment instead of the one there: # renovate: datasource=helm'],
    },
    {
      name: 'a preset that was not read',
      pins: [pin(unextracted)],
      missing: [{ reference: 'local>platform/presets', message: 'not found' }],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info v1.11.0 of chart cert-manager is updated by nobody: a manager reads the file, but no version is extracted from this line; but the preset local>platform/presets, which was not read, may bring a manager for it'],
      remedies: ['Extend'],
    },
    {
      name: 'a registry inside the cluster',
      pins: [pin({ ...unextracted, repository: 'http://chartmuseum.chartmuseum.svc.cluster.local:8080' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info v1.11.0 of chart cert-manager is updated by nobody: a manager reads the file, but no version is extracted from this line; but its registry can be reached inside the cluster only'],
      remedies: ['Extend'],
    },
    {
      name: 'a registry whose name only sounds like the cluster',
      pins: [pin({ ...unextracted, repository: 'https://svc.example.org/cluster.local' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 error v1.11.0 of chart cert-manager is updated by nobody: a manager reads the file, but no version is extracted from this line'],
      remedies: ['Extend'],
    },
    {
      name: 'versions that a chart offers side by side',
      pins: [pin({ ...unextracted, kind: 'image', name: 'nats', value: '2.9.1', offered: true })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info 2.9.1 of image nats is updated by nobody: a manager reads the file, but no version is extracted from this line; but it is one of several versions that the chart offers side by side, which may be meant to stay'],
      remedies: ['Extend'],
    },
    {
      name: 'an image tag that is a commit',
      pins: [pin({ ...unextracted, kind: 'image', name: 'discord', value: '08cde6313a32d2382886444db86a7a6e6b12080c-amd64' })],
      findings: ['applications/templates/app-cert-manager.yaml:12:21 info 08cde6313a32d2382886444db86a7a6e6b12080c-amd64 of image discord is updated by nobody: a manager reads the file, but no version is extracted from this line; but commits have no order, so none is the next one'],
      remedies: ['Extend'],
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
