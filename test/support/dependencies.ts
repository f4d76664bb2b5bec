import type { Dependency } from './decide.ts';

const DATED = '2026-01-01T00:00:00.000Z';
const http = { manager: 'argocd', packageFile: 'clusters/staging/apps.yaml', datasource: 'helm', versioning: 'helm', releaseTimestamp: DATED };
const oci = { manager: 'argocd', packageFile: 'clusters/staging/apps.yaml', datasource: 'docker', versioning: 'helm' };

/** One of each kind; only http repositories date their charts. */
export const dependencies: Readonly<Record<string, Dependency>> = {
  'http 1.x': { ...http, depName: 'cert-manager', currentValue: 'v1.2.3' },
  'http 0.x': { ...http, depName: 'external-secrets', currentValue: '0.9.1' },
  'http by date': { ...http, depName: 'authentik', currentValue: '2024.10.1' },
  'http in production': { ...http, packageFile: 'clusters/production/apps.yaml', depName: 'cert-manager', currentValue: '1.2.3' },
  'OCI 1.x': { ...oci, depName: 'quay.io/jetstack/charts/cert-manager', currentValue: '1.2.3' },
  'OCI 0.x': { ...oci, depName: 'ghcr.io/stefanprodan/charts/podinfo', currentValue: 'v0.4.0' },
  'OCI in production': { ...oci, packageFile: 'clusters/production/apps.yaml', depName: 'quay.io/jetstack/charts/cert-manager', currentValue: '1.2.3' },
  'git tag': { manager: 'argocd', packageFile: 'clusters/staging/apps.yaml', datasource: 'git-tags', versioning: 'semver-coerced', depName: 'https://github.com/istio/istio.git', currentValue: '1.20.1' },
  'git tag 0.x': { manager: 'argocd', packageFile: 'clusters/staging/apps.yaml', datasource: 'git-tags', versioning: 'semver-coerced', depName: 'https://github.com/kubernetes-sigs/external-dns', currentValue: 'external-dns-helm-chart-0.14.0' },
  image: { manager: 'custom.regex', packageFile: 'clusters/staging/apps.yaml', datasource: 'docker', versioning: 'docker', depName: 'docker.io/grafana/grafana', currentValue: '10.2.0' },
};

export const updateTypes = ['major', 'minor', 'patch', 'digest', 'pin', 'rollback', 'replacement'];
