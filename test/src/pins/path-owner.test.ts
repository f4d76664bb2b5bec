import { findPins } from '../../../src/pins/find.ts';
import { readRepository } from '../../../src/source/repository.ts';
import { temporaryFolder } from '../../support/fixtures.ts';

/** An Application that deploys a folder of the repository. */
function deploys(name: string, path: string, kind = 'Application'): string {
  const source = (indent: string): string => `${indent}source:\n${indent}  repoURL: https://gitlab.example.com/platform/cluster.git\n${indent}  path: ${path}\n${indent}  targetRevision: main\n`;
  const spec = kind === 'Application' ? source('  ') : `  generators: [{ clusters: {} }]\n  template:\n    metadata:\n      name: '{{name}}-${name}'\n    spec:\n${source('      ')}`;
  return `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
}

const UMBRELLA = 'name: web\nversion: 0.1.0\ndependencies:\n  - name: nginx\n    version: 15.0.0\n    repository: https://charts.example.org\n';
const INFLATED = 'helmCharts:\n  - name: kube-prometheus-stack\n    releaseName: kps\n    version: 77.0.0\n    repo: https://charts.example.org\n';

it.each<[string, Readonly<Record<string, string>>, string, readonly [string | null, readonly string[] | undefined]]>([
  ['an umbrella chart', { 'apps/prod-web.yaml': deploys('prod-web', 'charts/web'), 'charts/web/Chart.yaml': UMBRELLA }, 'chart-dependency', ['prod-web', undefined]],
  ['a path with dots and slashes', { 'apps/prod-web.yaml': deploys('prod-web', './charts/web/'), 'charts/web/Chart.yaml': UMBRELLA }, 'chart-dependency', ['prod-web', undefined]],
  ['charts that kustomize inflates', { 'apps/monitoring.yaml': deploys('monitoring', 'monitoring'), 'monitoring/kustomization.yaml': INFLATED }, 'kustomize-helm-charts', ['monitoring', undefined]],
  ['a chart of an ApplicationSet', { 'apps/set.yaml': deploys('edge', 'charts/web', 'ApplicationSet'), 'charts/web/Chart.yaml': UMBRELLA }, 'chart-dependency', ['edge', ['*-edge']]],
  ['a chart that two deploy', { 'apps/a.yaml': deploys('prod-web', 'charts/web'), 'apps/b.yaml': deploys('test-web', 'charts/web'), 'charts/web/Chart.yaml': UMBRELLA }, 'chart-dependency', ['web', ['prod-web', 'test-web']]],
  ['a chart in a folder below', { 'apps/a.yaml': deploys('parent', 'charts'), 'charts/web/Chart.yaml': UMBRELLA }, 'chart-dependency', ['web', undefined]],
])('%s: its versions belong to the Application that deploys the folder', (_name, files, idiom, expected) => {
  const { root, remove } = temporaryFolder(files);
  const pins = findPins(readRepository(root)).filter((pin) => pin.idiom === idiom);
  remove();
  expect(pins.map(({ application, applicationPatterns }) => [application, applicationPatterns])).toEqual([expected]);
});
