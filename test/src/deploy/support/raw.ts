import type { RawRequest } from '../../../../src/deploy/request.ts';

/** A request as the command line makes it, of the application shop. */
export function rawOf(cluster = 'https://gitlab.example.com/platform/cluster-config.git'): RawRequest {
  return {
    name: 'shop',
    cluster,
    branch: null,
    file: 'applications/templates/app-shop.yaml',
    repository: 'https://gitlab.example.com/team/shop.git',
    'chart-path': 'chart',
    revision: 'v1.0.0',
    namespace: 'shop',
    'argocd-namespace': 'argocd',
    project: 'default',
    destination: null,
    values: null,
    'value-file': [],
    order: '1',
    commit: null,
    'pipeline-url': null,
    'commit-url': null,
    author: 'Bot <bot@example.org>',
  };
}
