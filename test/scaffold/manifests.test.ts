import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readRunnerConfig } from '../../runner/config/read.ts';
import { fixturesRoot, projectRoot, temporaryFolder } from '../support/fixtures.ts';
import { helmTemplate, Manifest } from '../support/kubernetes.ts';
import { describeWith, run } from '../support/monitoring-tools.ts';
import { alertmanagerFile, ruleFile } from '../support/prometheus-operator.ts';
import { scaffolded, type Scaffolded } from './scaffolded.ts';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
const example = join(projectRoot, 'examples/cluster-config');

let one: Scaffolded;
let other: Scaffolded;
beforeAll(async () => {
  one = await scaffolded('--project', 'platform/cluster-config', '--gitlab', 'https://gitlab.example.com');
  other = await scaffolded('--project', 'a/b', '--argocd-namespace', 'cd', '--prometheus-release', 'on', '--argocd-host', 'argocd.example.com', '--destination', 'https://10.0.0.1:6443', '--branch', '1.0', '--tag', 'it\'s "x"', '--image', '$PREFIX/node:24');
});
afterAll(() => {
  one.remove();
  other.remove();
});

/** Every manifest, as the cluster would see it. */
function manifests({ files, text }: Scaffolded): Map<string, unknown> {
  const values = parse(text('applications/values.yaml')) as Record<string, unknown>;
  const paths = files().filter((path) => /^(?:alerting|applications\/templates|argocd-)/.test(path) && !path.endsWith('/values.yaml'));
  return new Map(
    paths.map((path) => {
      const documents = parseAllDocuments(path.startsWith('applications/') ? helmTemplate(text(path), values) : text(path), { version: '1.1', uniqueKeys: true });
      expect(documents.map(({ errors }) => errors)).toEqual([[]]);
      return [path, documents[0]!.toJS() as unknown];
    }),
  );
}

interface Application {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly source: { readonly repoURL: string; readonly path?: string; readonly targetRevision: unknown }; readonly destination: { readonly server: string; readonly namespace: string } };
}

function applications(from: Scaffolded): Application[] {
  return [...manifests(from).values()].filter((manifest) => (manifest as { kind: string }).kind === 'Application') as Application[];
}

it('the alerting is that of the example, but for the values', () => {
  const names = readdirSync(join(example, 'alerting')).sort();
  expect(one.files().filter((path) => path.startsWith('alerting/'))).toEqual(names.map((name) => `alerting/${name}`));
  expect(names.map((name) => one.text(`alerting/${name}`))).toEqual(names.map((name) => readFileSync(join(example, 'alerting', name), 'utf8')));
});

describe('the manifests', () => {
  it.each<[string, () => Scaffolded]>([['with defaults', () => one], ['with other values', () => other]])('%s have the fields of their kinds and no other', (_name, which) => {
    const faults = [...manifests(which())].flatMap(([path, manifest]) => (Manifest.safeParse(manifest).error?.issues ?? []).map(({ path: at, message }) => `${path} ${at.join('.')}: ${message}`));
    expect(faults).toEqual([]);
  });

  it('are noticed when a field is misspelt or in the wrong place', () => {
    const [application] = applications(one);
    const faulty = [
      { ...application, spec: { ...application!.spec, syncpolicy: {} } },
      { ...application, spec: { ...application!.spec, destination: { server: 'https://kubernetes.default.svc', namespace: 'Not A Name' } } },
      { ...application, metadata: { name: 'a' } },
    ];
    expect(faulty.map((manifest) => Manifest.safeParse(manifest).success)).toEqual([false, false, false]);
  });

  it('all stand in the namespace of Argo CD, under names of their own', () => {
    const places = [...manifests(other).values()].map((manifest) => (manifest as { metadata?: { name: string; namespace?: string } }).metadata).filter((metadata) => metadata?.namespace !== undefined);
    expect(new Set(places.map((metadata) => metadata!.namespace))).toEqual(new Set(['cd']));
    expect(applications(other).map(({ metadata }) => metadata.name).sort()).toEqual(['alerting', 'applications', 'argo-cd', 'cert-manager', 'metrics-server', 'on', 'traefik']);
  });

  it('Applications of this repository lead to folders that are there, in the address that the Secret has', () => {
    const own = applications(other).filter(({ spec }) => spec.source.path !== undefined);
    expect(own.map(({ spec }) => `${spec.source.repoURL} ${spec.source.path} ${String(spec.source.targetRevision)}`).sort()).toEqual([
      'https://gitlab.com/a/b.git alerting 1.0',
      'https://gitlab.com/a/b.git applications 1.0',
      'https://gitlab.com/a/b.git argocd-kustomize 1.0',
    ]);
    expect(parse(other.text('argocd-kustomize/repository-secret.yaml.example'))).toMatchObject({ metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } }, stringData: { type: 'git', url: 'https://gitlab.com/a/b.git' } });
    expect(new Set(other.files().map((path) => path.split('/')[0]))).toEqual(new Set(['.gitignore', '.gitlab-ci.yml', 'README.md', 'alerting', 'applications', 'argocd-bootstrap.yml', 'argocd-kustomize', 'renovate.json', 'runner.json5']));
  });

  it('what is about Argo CD stays in its cluster, and the rest goes to the other', () => {
    expect(Object.fromEntries(applications(other).map(({ metadata, spec }) => [metadata.name, spec.destination.server]))).toEqual({
      alerting: 'https://kubernetes.default.svc',
      applications: 'https://kubernetes.default.svc',
      'argo-cd': 'https://kubernetes.default.svc',
      on: 'https://kubernetes.default.svc',
      'cert-manager': 'https://10.0.0.1:6443',
      'metrics-server': 'https://10.0.0.1:6443',
      traefik: 'https://10.0.0.1:6443',
    });
  });

  it('labels name the release, also one that YAML reads as true', () => {
    expect(parse(other.text('alerting/argocd-metrics.yaml'), { version: '1.1' })).toMatchObject({ metadata: { labels: { release: 'on' } } });
  });
});

describe('Argo CD itself', () => {
  it('is pinned, with a namespace of its own that nothing prunes', () => {
    expect(parse(one.text('argocd-kustomize/kustomization.yaml'))).toMatchObject({ namespace: 'argocd', resources: ['namespace.yaml'], helmCharts: [{ name: 'argo-cd', version: expect.stringMatching(/^\d+\.\d+\.\d+$/), releaseName: 'argocd', valuesFile: 'values.yaml' }] });
    expect(parse(one.text('argocd-kustomize/namespace.yaml'))).toMatchObject({ metadata: { name: 'argocd', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } } });
  });

  it('can inflate its own chart, and shows itself only where a host is named', () => {
    const always = { configs: { cm: { 'kustomize.buildOptions': '--enable-helm' } }, controller: { metrics: { enabled: true } } };
    expect(parse(one.text('argocd-kustomize/values.yaml'))).toEqual(always);
    expect(parse(other.text('argocd-kustomize/values.yaml'))).toEqual({
      ...always,
      configs: { ...always.configs, params: { 'server.insecure': true } },
      global: { domain: 'argocd.example.com' },
      server: { ingress: { enabled: true, ingressClassName: 'traefik', tls: true } },
    });
  });
});

describe('GitLab', () => {
  it('the pipeline has check and gate for merge requests, and Renovate for schedules and the button', () => {
    const { check, gate, renovate, workflow } = parse(one.text('.gitlab-ci.yml')) as Record<string, { rules: { if: string }[]; script: string[] }>;
    const when = (job: { rules: { if: string }[] } | undefined): string[] => job!.rules.map((rule) => rule.if);
    expect([when(check), when(gate), when(renovate), when(workflow)]).toEqual([
      ['$CI_PIPELINE_SOURCE == "merge_request_event"', '$CI_PIPELINE_SOURCE == "push"'],
      ['$CI_PIPELINE_SOURCE == "merge_request_event"'],
      ['$CI_PIPELINE_SOURCE == "schedule"', '$CI_PIPELINE_SOURCE == "web"'],
      ['$CI_PIPELINE_SOURCE == "merge_request_event"', '$CI_PIPELINE_SOURCE == "schedule"', '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'],
    ]);
    expect([gate!.script, renovate!.script]).toEqual([['RENOVATE_TOKEN="$GATE_TOKEN" renovate-argocd-runner gate'], ['renovate-argocd-runner run']]);
  });

  it('or the same jobs as components of a project on the same GitLab', async () => {
    const included = await scaffolded('--gitlab', 'https://gitlab.example.com:8443', '--project', 'a/b', '--components', 'platform/renovate-argocd', '--image', '$PREFIX/node:24', '--tag', 'on');
    const { include, default: defaults, renovate } = parse(included.text('.gitlab-ci.yml')) as Record<string, unknown>;
    expect(include).toEqual([['check', 'check'], ['gate', 'gate'], ['run', 'renovate']].map(([name, job]) => ({ component: `gitlab.example.com:8443/platform/renovate-argocd/${name}@v${version}`, inputs: { job, image: '$PREFIX/node:24' } })));
    expect([defaults, renovate]).toEqual([{ tags: ['on'] }, { rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }, { if: '$CI_PIPELINE_SOURCE == "web"' }] }]);
    expect(included.files()).toEqual(one.files());
    included.remove();
  });

  it('image and tags are the team\'s', () => {
    expect((parse(other.text('.gitlab-ci.yml')) as { default: unknown }).default).toMatchObject({ image: '$PREFIX/node:24', tags: ['it\'s "x"'] });
    expect((parse(one.text('.gitlab-ci.yml')) as { default: unknown }).default).not.toHaveProperty('tags');
  });

  it('the runner takes its configuration', () => {
    const config = readRunnerConfig({ file: { path: 'runner.json5', text: one.text('runner.json5') }, env: {}, flags: [] });
    expect(config).toMatchObject({ endpoint: 'https://gitlab.example.com', projects: ['platform/cluster-config'], scheduleProject: 'platform/cluster-config', schedules: [{ cron: '15 6-18/4 * * 1-5' }] });
  });
});

describe('the README', () => {
  it('has a way to see that it worked for every step', () => {
    const steps = one.text('README.md').split(/^### (?=\d+\. )/m).slice(1);
    expect(steps.map((step) => step.split('.')[0])).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(steps.filter((step) => !step.includes('**It has worked when**'))).toEqual([]);
  });

  it.each(['argocd-kustomize/repository-secret.yaml.example', 'alerting/gitlab-alerts-secret.yaml.example'])('makes the Secret as %s says', (path) => {
    const command = one.text(path).split('\n').filter((line) => line.startsWith('#   ')).map((line) => line.slice(4)).filter((line) => !line.startsWith('read'));
    expect(command.length).toBeGreaterThan(0);
    expect(one.text('README.md')).toContain(command.join('\n'));
  });

  it('names every file that it is about', () => {
    const readme = other.text('README.md');
    expect([...readme.matchAll(/`(?<path>[\w-]+\/(?:[\w.-]+\/?)*)`/g)].map(({ groups }) => groups!['path']!).filter((path) => !other.files().some((file) => file.startsWith(path)))).toEqual([]);
  });
});

describeWith(['promtool', 'amtool'], 'the alerting, in another namespace', () => {
  it('is taken by Prometheus and Alertmanager, and alerts of that namespace reach GitLab', () => {
    const rules = ruleFile(other.text('alerting/argocd-applications.yaml'));
    const cases = readFileSync(join(fixturesRoot, 'alerting/applications.test.yml'), 'utf8');
    const folder = temporaryFolder({ 'rules.yml': rules, 'alertmanager.yml': alertmanagerFile(other.text('alerting/gitlab-webhook.yaml')), 'example.yml': ruleFile(one.text('alerting/argocd-applications.yaml')), 'example.test.yml': cases.replace('[rules.yml]', '[example.yml]') });
    const route = (...labels: string[]): string => run('amtool', ['config', 'routes', 'test', '--config.file=alertmanager.yml', ...labels], folder.root).output.split('\n')[0]!;
    try {
      expect(run('promtool', ['check', 'rules', 'rules.yml'], folder.root)).toEqual({ status: 0, output: expect.stringContaining('SUCCESS: 4 rules found') });
      expect(run('promtool', ['test', 'rules', 'example.test.yml'], folder.root)).toEqual({ status: 0, output: expect.stringContaining('SUCCESS') });
      expect(run('amtool', ['check-config', 'alertmanager.yml'], folder.root)).toEqual({ status: 0, output: expect.stringContaining('SUCCESS') });
      expect([route('notify=gitlab', 'namespace=cd', 'name=web'), route('notify=gitlab', 'namespace=argocd', 'name=web')]).toEqual(['cd/gitlab/gitlab-webhook', 'null']);
    } finally {
      folder.remove();
    }
  });
});
