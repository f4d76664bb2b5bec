import { nearMiss } from '../../../src/base/near-name.ts';
import { patternJudge } from '../../../src/lint/patterns.ts';

const { matches } = patternJudge();
const chart = (name: string) => ({ name, isChart: true });
const image = (name: string) => ({ name, isChart: false });

describe('a pattern nearly is the name', () => {
  it.each<[string, string, { name: string; isChart: boolean }, string]>([
    ['a regex with a slash for a chart', '/cilium/.*/', chart('cilium'), 'cilium'],
    ['the same with an escaped slash', '/^cilium\\/.*$/', chart('cilium'), 'cilium'],
    ['a slash in front', '/.*\\/cilium/', chart('cilium'), 'cilium'],
    ['an anchored regex for an address', '/^cert-manager$/', image('quay.io/jetstack/charts/cert-manager'), '**/cert-manager'],
    ['a regex in another case', '/^Cert-Manager$/', chart('cert-manager'), '/^Cert-Manager$/i'],
    ['a chart with its repository', 'jetstack/cert-manager', chart('cert-manager'), 'cert-manager'],
    ['the last part of an address', 'cert-manager', image('quay.io/jetstack/charts/cert-manager'), 'quay.io/jetstack/charts/cert-manager'],
    ['an address with its scheme', 'oci://quay.io/jetstack/charts/cert-manager', image('quay.io/jetstack/charts/cert-manager'), 'quay.io/jetstack/charts/cert-manager'],
    ['another registry', 'ghcr.io/grafana/grafana', image('docker.io/grafana/grafana'), 'docker.io/grafana/grafana'],
    ['docker.io, which the name leaves out', 'docker.io/grafana/grafana', image('grafana/grafana'), 'grafana/grafana'],
    ['docker.io, which the pattern leaves out', 'library/redis', image('docker.io/library/redis'), 'docker.io/library/redis'],
    ['a glob without its registry', 'grafana/*', image('docker.io/grafana/grafana'), '**/grafana/*'],
    ['a star that should cross slashes', 'ghcr.io/argoproj/*', image('ghcr.io/argoproj/argo-helm/argo-cd'), 'ghcr.io/argoproj/**'],
    ['a glob with docker.io', 'docker.io/grafana/*', image('grafana/grafana'), 'grafana/*'],
    ['a space behind a regex, which makes it a glob', '/.*/ ', chart('argocd'), '/.*/'],
    ['a hyphen too many', 'argo-cd', chart('argocd'), 'argocd'],
    ['a letter too many', 'cert-mananger', chart('cert-manager'), 'cert-manager'],
    ['two letters swapped', 'cert-manaegr', chart('cert-manager'), 'cert-manager'],
  ])('%s', (_name, pattern, name, write) => {
    expect(nearMiss(pattern, name, matches)?.write).toBe(write);
  });
});

describe('a pattern means something else, or fits', () => {
  it.each<[string, string, { name: string; isChart: boolean }]>([
    ['it fits', 'cert-manager', chart('cert-manager')],
    ['it fits in another case', 'Cert-Manager', chart('cert-manager')],
    ['it excepts', '!cert-manger', chart('cert-manager')],
    ['an image of another owner', 'bitnami/redis', image('redis')],
    ['a short name', 'loki', chart('tika')],
    ['another number', 'postgres-15', chart('postgres-16')],
    ['a longer name', 'kube-prometheus', chart('kube-prometheus-stack')],
    ['a regex for part of another name', '/cilium-operator/', chart('cilium')],
    ['a glob of another registry', 'ghcr.io/argoproj/*', image('quay.io/argoproj/argocd')],
  ])('%s', (_name, pattern, name) => {
    expect(nearMiss(pattern, name, matches)).toBeNull();
  });
});
