import { temporaryFolder } from '../../support/fixtures.ts';
import { run } from './harness.ts';

/** Reports go into logs and merge requests: no format may show a key, whatever finding stands on its line. */
const KEY = '0123456789abcdef0123456789abcdef';
const TOKEN = 'glpat-ABCDEFGHIJKLMNOPQRST';

const files = {
  'alerting/config.yaml': `apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: {name: gitlab, namespace: argocd}
spec:
  receivers:
    - name: gitlab
      webhookConfigs:
        - {url: "http://gitlab.example.com/g/p/prometheus/alerts/notify.json", sendResolved: false, httpConfig: {authorization: {credentials: {name: s, key: ${KEY}}}}}
`,
  'alerting/alertmanager.yml': `route: {receiver: other}
receivers:
  - {name: gitlab, webhook_configs: [{url: "https://gitlab.example.com/g/p/prometheus/alerts/notify", http_config: {authorization: {credentials: ${KEY}}}}]}
`,
  'alerting/secret.yaml': `kind: Secret
metadata: {name: gitlab-alerts}
data:
  a: ${KEY}
  b: ${TOKEN}
`,
};

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder(files);
});
afterAll(() => folder.remove());

it.each(['pretty', 'json', 'codequality', 'junit', 'sarif', 'github', 'baseline'])('%s', async (format) => {
  const { exit, stdout, stderr } = await run(['check', '--format', format, '--fail-on', 'info'], { cwd: folder.root });
  expect(exit).toBe(1);
  expect(stdout).toMatch(/secret-not-base64/);
  expect(`${stdout}${stderr}`).not.toMatch(/0123456789|ABCDEFGHIJ/);
});

it('the excerpt shows that something is there', async () => {
  const { stdout } = await run(['check'], { cwd: folder.root });
  expect(stdout).toContain(`key: ${'•'.repeat(KEY.length)}`);
  expect(stdout.match(/^error\[\S+|^warning\[\S+/gm)).toEqual([
    'error[alertmanager-route-dead]',
    'warning[alertmanager-route-dead]',
    'warning[alertmanager-url-shape]',
    'error[alertmanager-credential-inline]',
    'warning[alertmanager-route-dead]',
    'warning[alertmanager-url-shape]',
    'error[alert-never-resolves]',
    'error[alertmanager-credential-inline]',
    'error[secret-not-base64]',
    'error[secret-not-base64]',
  ]);
});
