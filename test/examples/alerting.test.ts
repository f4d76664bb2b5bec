import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { fixturesRoot, projectRoot, temporaryFolder } from '../support/fixtures.ts';
import { describeWith, run } from '../support/monitoring-tools.ts';
import { alertmanagerFile, ruleFile } from '../support/prometheus-operator.ts';
import { describeRules } from '../support/rule-tests.ts';

/** The alerting part of examples/cluster-config, judged by Prometheus' and Alertmanager's own programs. */
const example = join(projectRoot, 'examples/cluster-config');
const text = (path: string): string => readFileSync(join(example, path), 'utf8');

const rules = ruleFile(text('alerting/argocd-applications.yaml'));
const webhook = text('alerting/gitlab-webhook.yaml');
const cases = readFileSync(join(fixturesRoot, 'alerting/applications.test.yml'), 'utf8');

let folder: { root: string; remove: () => void };
beforeAll(() => {
  folder = temporaryFolder({ 'alertmanager.yml': alertmanagerFile(webhook), 'without-matcher.yml': alertmanagerFile(webhook, { strategy: 'None' }) });
});
afterAll(() => folder.remove());

describe('the manifests', () => {
  it.each(['argocd-metrics.yaml', 'argocd-applications.yaml', 'gitlab-webhook.yaml'])('%s is one document that Argo CD takes as it stands', (file) => {
    const documents = parseAllDocuments(text(`alerting/${file}`));
    expect(documents.map((document) => document.errors)).toEqual([[]]);
    expect(documents[0]!.toJS()).toMatchObject({ apiVersion: expect.stringMatching(/^monitoring\.coreos\.com\//), metadata: { namespace: 'argocd' } });
  });

  it('the Application deploys them, into the namespace that they name', () => {
    const { spec } = parse(text('applications/templates/app-alerting.yaml').replace('{{ .Values.destination.server }}', 'https://kubernetes.default.svc'));
    expect([spec.source.path, spec.source.helm, spec.destination.namespace]).toEqual(['alerting', undefined, 'argocd']);
  });

  it('the webhook and the Secret speak of the same entry', () => {
    const { credentials } = parse(webhook).spec.receivers[0].webhookConfigs[0].httpConfig.authorization;
    const secret = parse(text('alerting/gitlab-alerts-secret.yaml.example'));
    expect([credentials.name, credentials.key]).toEqual([secret.metadata.name, Object.keys(secret.stringData)[0]]);
  });

  it('each alert about an Application has one marker, on a line of its own', () => {
    const markdown = parse(rules).groups[0].rules.map(({ annotations }: { annotations: Record<string, string> }) => annotations['gitlab_incident_markdown'] ?? '');
    const marker = '<!-- renovate-argocd application="{{ $labels.name }}" namespace="{{ $labels.namespace }}" -->';
    expect(markdown.map((lines: string) => lines.split('\n').filter((line) => line.includes('<!--')))).toEqual([[marker], [marker], [marker], []]);
  });
});

describeRules({
  rules,
  cases,
  found: 4,
  faults: [
    ['without the aggregation', 'max by (namespace, name, project, dest_namespace) (', '(', /other labels that change/],
    ['with a label that changes', 'max by (namespace,', 'max by (health_status, namespace,', /other labels that change/],
    ['with one title for all', '{{ $labels.namespace }}/{{ $labels.name }} is unhealthy', 'an Application is unhealthy', /title/],
    ['without bridging a restart', 'keep_firing_for: 5m', 'keep_firing_for: 0s', /restart/],
    ['sooner', 'for: 15m', 'for: 10m', /14m/],
    ['with rollouts as failures', 'health_status=~"Degraded|Unknown"', 'health_status!="Healthy"', /unhealthy/],
  ],
});

describeWith(['amtool'], 'the receiver in Alertmanager', () => {
  const receiver = 'argocd/gitlab/gitlab-webhook';

  it('amtool check-config', () => {
    expect(run('amtool', ['check-config', 'alertmanager.yml'], folder.root)).toEqual({ status: 0, output: expect.stringContaining('SUCCESS') });
  });

  it.each<[string, string, readonly string[], string]>([
    ['an Application beside Argo CD', 'alertmanager.yml', ['notify=gitlab', 'namespace=argocd', 'name=web'], receiver],
    ['an Application of another namespace, which the operator keeps apart', 'alertmanager.yml', ['notify=gitlab', 'namespace=team', 'name=web'], 'null'],
    ['the same under the strategy None', 'without-matcher.yml', ['notify=gitlab', 'namespace=team', 'name=web'], receiver],
    ['any other alert', 'alertmanager.yml', ['alertname=Watchdog', 'namespace=argocd'], 'null'],
  ])('%s', (_name, file, labels, expected) => {
    const { status, output } = run('amtool', ['config', 'routes', 'test', `--config.file=${file}`, ...labels], folder.root);
    expect([status, output.split('\n')[0]]).toEqual([0, expected]);
  });
});
