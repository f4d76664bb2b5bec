/**
 * The second half of `npm start`: the main job end to end. The example repository lies in an embedded GitLab, its charts get new releases, and the runner starts the real Renovate on it. Everything is on
 * loopback; the charts' addresses are exchanged for those of the embedded registries. Needs Node 24, which runs TypeScript.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartHosts } from '../test/runner/harness.ts';
import { startSandbox, type Charts, type Sandbox } from '../test/sandbox/index.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const example = join(project, 'examples/cluster-config');

/** What the registries know: version → age in days. OCI registries tell no ages. */
const RELEASES = {
  helm: {
    jetstack: { 'cert-manager': { 'v1.18.2': 120, 'v1.18.3': 20 } },
    ingress: { 'ingress-nginx': { '4.13.3': 90, '4.14.0': 14 } },
    'external-secrets': { 'external-secrets': { '0.19.2': 200, '0.20.1': 150, '0.20.2': 1 } },
    metrics: { 'metrics-server': { '3.12.2': 300, '3.13.0': 30 } },
    argo: { 'argo-cd': { '8.3.9': 60, '9.0.0': 10 } },
  },
  oci: { 'prometheus-community/charts/kube-prometheus-stack': ['77.6.2', '77.6.3'], 'grafana/grafana': ['12.1.1', '12.2.0'] },
};

function addresses(charts: Charts): readonly (readonly [string, string])[] {
  return [
    ['https://charts.jetstack.io', charts.helm('jetstack')],
    ['https://kubernetes.github.io/ingress-nginx', charts.helm('ingress')],
    ['https://charts.external-secrets.io', charts.helm('external-secrets')],
    ['https://kubernetes-sigs.github.io/metrics-server/', charts.helm('metrics')],
    ['https://argoproj.github.io/argo-helm', charts.helm('argo')],
    ['ghcr.io/prometheus-community', `${charts.registry}/prometheus-community`],
    ['repository: grafana/grafana', `repository: ${charts.registry}/grafana/grafana`],
  ];
}

function exampleFiles(charts: Charts): Record<string, string> {
  const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(example, path)).isFile());
  const exchange = (text: string): string => addresses(charts).reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), exchange(readFileSync(join(example, path), 'utf8'))]));
}

const bold = (text: string): string => (process.stdout.isTTY && !process.env['NO_COLOR'] ? `\u001B[1m${text}\u001B[22m` : text);

function runner(sandbox: Sandbox, cwd: string, argv: readonly string[]): Promise<number | null> {
  console.log(`${bold(`$ renovate-argocd-runner ${argv.join(' ')}`)}\n`);
  const env = { ...process.env, RENOVATE_TOKEN: sandbox.gitlab.token, HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(project, 'bin/renovate-argocd-runner.js'), ...argv], { cwd, env, stdio: 'inherit' });
    child.on('exit', resolve);
  });
}

const sandbox = await startSandbox({
  charts: RELEASES,
  projects: (charts) => [
    { path: 'platform/cluster-config', files: exampleFiles(charts), pipelinesMustSucceed: true, removeSourceBranch: true },
    { path: 'platform/cluster-retired', files: exampleFiles(charts), archived: true },
  ],
});
let exit: number | null = 3;
try {
  const cwd = mkdtempSync(join(tmpdir(), 'renovate-argocd-start-'));
  writeFileSync(join(cwd, 'runner.json5'), JSON.stringify({ endpoint: sandbox.gitlab.endpoint, groups: ['platform'], renovate: { ...chartHosts(sandbox), prHourlyLimit: 0 } }, null, 2));
  console.log(`
The same repository now lies in a GitLab on this machine (an embedded one), and its charts have new releases. The runner finds the
projects, starts the real Renovate on them, and says what came of it.
`);
  await runner(sandbox, cwd, ['plan']);
  console.log();
  exit = await runner(sandbox, cwd, ['run']);
  const merged = sandbox.gitlab.file('platform/cluster-config', 'applications/templates/app-cert-manager.yaml')?.match(/targetRevision: (.*)/)?.[1];
  console.log(`
In main cert-manager is at ${merged} now: its pipeline was green, and the policy lets patches merge. The report as a page, with its logs beside it:

  ${bold(join(cwd, 'renovate-report/report.html'))}

With your own GitLab it is one command (docs/runner.md):

  ${bold('RENOVATE_TOKEN=… npx renovate-argocd-runner run --endpoint https://gitlab.example.com --project platform/cluster --dry-run')}
`);
} finally {
  await sandbox.close();
}
process.exitCode = exit ?? 3;
