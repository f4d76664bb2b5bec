/** An Application with a chart of an http repository: the version stands at line 9, column 21. */
export function application(name: string, version: string, repository = 'https://charts.example.org'): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
spec:
  source:
    repoURL: ${repository}
    chart: ${name}
    targetRevision: ${version}
`;
}

/** An ApplicationSet that makes an Application for each cluster, all with one version. */
export function applicationSet(chart: string, names: string, version: string, repository = 'https://charts.example.org'): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${chart}
spec:
  generators:
    - clusters: {}
  template:
    metadata:
      name: '${names}'
    spec:
      source:
        repoURL: ${repository}
        chart: ${chart}
        targetRevision: ${version}
`;
}

export const certManager = application('cert-manager', 'v1.11.0', 'https://charts.jetstack.io');
