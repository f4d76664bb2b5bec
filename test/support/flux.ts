/** A HelmRelease with a chart of a HelmRepository in flux-system. */
export function helmRelease(name: string, version: string, repository = 'stable'): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: flux-system
spec:
  chart:
    spec:
      chart: ${name}
      version: ${version}
      sourceRef:
        kind: HelmRepository
        name: ${repository}
`;
}

/** Of type oci, by its address. */
export function helmRepository(name: string, url: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
${url.startsWith('oci:') ? '  type: oci\n' : ''}  url: ${url}
`;
}
