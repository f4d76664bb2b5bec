import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { run } from '../src/cli/harness.ts';
import { projectRoot } from '../support/fixtures.ts';
import { describeWith, run as runTool } from '../support/monitoring-tools.ts';
import { alertmanagerFile } from '../support/prometheus-operator.ts';

/** What docs/github.md tells people to put into a workflow and a cluster is tried here, as far as it goes without GitHub. */
const page = readFileSync(join(projectRoot, 'docs/github.md'), 'utf8');
const workflow = parse(/```yaml\n(?<yaml>[^]*?)```/.exec(page)!.groups!['yaml']!) as { jobs: { check: { steps: { name?: string; run?: string }[] } } };
const example = (path: string): string => readFileSync(join(projectRoot, 'examples/github-alerting', path), 'utf8');

let home: string;
let repository: string;

function git(...args: string[]): void {
  execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { stdio: 'ignore' });
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'renovate-argocd-github-'));
  repository = join(home, 'cluster-config');
  cpSync(join(projectRoot, 'examples/cluster-config'), repository, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A step's command as the shell would start it. */
function commandOf(step: string): string[] {
  const script = workflow.jobs.check.steps.find(({ name }) => name === step)!.run!.trim();
  const given: Record<string, string> = { GITHUB_BASE_REF: 'main', GITHUB_STEP_SUMMARY: join(home, 'summary.md') };
  return script.replaceAll(/\$(?<name>GITHUB_\w+)/g, (_all, name: string) => given[name]!).replaceAll('"', '').split(' ').slice(1);
}

describe('the workflow', () => {
  it('findings are commands, one a line, as the page shows them', async () => {
    const { exit, stdout } = await run(commandOf('Findings'), { cwd: repository });
    const shown = /^::error .*?(?=…)/m.exec(page)![0];
    expect(exit).toBe(1);
    expect(stdout.split('\n').filter((line) => line !== '' && !/^::(?:error|warning|notice) file=[^:,]+,line=\d+,col=\d+,endColumn=\d+,title=[\w-]+::[^\r\n]+$/.test(line))).toEqual([]);
    expect(stdout).toContain(shown);
  });

  it('nothing changed: the summaries say so', async () => {
    expect((await run(commandOf('Who keeps the versions up to date'), { cwd: repository })).exit).toBe(0);
    expect(readFileSync(join(home, 'summary.md'), 'utf8')).toBe('Who keeps the versions up to date is the same as in origin/main.\n');
    expect((await run(commandOf('What merges by itself'), { cwd: repository })).exit).toBe(0);
    expect(readFileSync(join(home, 'summary.md'), 'utf8')).toBe('The policy is the same as in origin/main.\n');
  });

  it('another policy: a table of what differs', async () => {
    writeFileSync(join(repository, 'renovate.json'), JSON.stringify({ extends: ['github>OWNER/renovate-argocd', 'github>OWNER/renovate-argocd//presets/policy/manual'] }));
    await run(commandOf('What merges by itself'), { cwd: repository });
    git('checkout', '--', '.');
    expect(readFileSync(join(home, 'summary.md'), 'utf8')).toMatch(/\| cert-manager \| v1\.18\.2 \|.*~~automerge after 3 days~~ → \*\*merge-request/);
  });
});

describe('the alerts', () => {
  it('check finds no fault in them, in the place of those for GitLab', async () => {
    const folder = join(home, 'alerting');
    cpSync(join(projectRoot, 'examples/cluster-config'), folder, { recursive: true });
    rmSync(join(folder, 'alerting/gitlab-webhook.yaml'));
    cpSync(join(projectRoot, 'examples/github-alerting'), join(folder, 'alerting'), { recursive: true });
    const { findings } = JSON.parse((await run(['check', folder, '--format', 'json'])).stdout) as { findings: { rule: string; file: string }[] };
    expect(findings.filter(({ file }) => file.startsWith('alerting/'))).toEqual([]);
  });

  it('the title is made of labels that the route groups by', () => {
    const [config] = parseAllDocuments(example('receiver.yaml')).map((document) => document.toJS() as { data: Record<string, string> });
    const named = [...config!.data['title.tmpl']!.matchAll(/GroupLabels\.(?<label>\w+)/g)].map(({ groups }) => groups!['label']);
    expect(new Set(parse(example('github-issues.yaml')).spec.route.groupBy)).toEqual(new Set(named));
  });

  it('the address is the Service', () => {
    const [, deployment, service] = parseAllDocuments(example('receiver.yaml')).map((document) => document.toJS());
    const { url } = parse(example('github-issues.yaml')).spec.receivers[0].webhookConfigs[0];
    expect(url).toBe(`http://${service.metadata.name}.${service.metadata.namespace}.svc:${service.spec.ports[0].port}/v1/receiver`);
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
  });

  describeWith(['amtool'], 'the receiver in Alertmanager', () => {
    beforeAll(() => writeFileSync(join(home, 'alertmanager.yml'), alertmanagerFile(example('github-issues.yaml'))));

    // Alertmanager's templates know the same labels, without the message around them
    it.each([
      ['an alert about an Application', { alertname: 'ArgoCDApplicationNotSynced', namespace: 'argocd', name: 'web' }, 'ArgoCDApplicationNotSynced: argocd/web'],
      ['one about none', { alertname: 'ArgoCDMetricsMissing', namespace: 'argocd' }, 'ArgoCDMetricsMissing'],
    ])('the title of %s', (_name, groupLabels, title) => {
      const template = (parseAllDocuments(example('receiver.yaml'))[0]!.toJS() as { data: Record<string, string> }).data['title.tmpl']!.replaceAll('.Data.', '.');
      writeFileSync(join(home, 'title.json'), JSON.stringify({ receiver: 'github-issues', status: 'firing', alerts: [], groupLabels, commonLabels: {}, commonAnnotations: {}, externalURL: '' }));
      writeFileSync(join(home, 'none.tmpl'), '');
      const { status, output } = runTool('amtool', ['template', 'render', '--template.glob=none.tmpl', '--template.data=title.json', `--template.text=${template}`], home);
      expect([status, output.trim()]).toEqual([0, title]);
    });

    it('amtool check-config', () => {
      expect(runTool('amtool', ['check-config', 'alertmanager.yml'], home)).toEqual({ status: 0, output: expect.stringContaining('SUCCESS') });
    });

    it.each([
      ['an Application', ['notify=gitlab', 'namespace=argocd', 'name=web'], 'argocd/github/github-issues'],
      ['any other alert', ['alertname=Watchdog', 'namespace=argocd'], 'null'],
    ])('%s', (_name, labels, receiver) => {
      const { status, output } = runTool('amtool', ['config', 'routes', 'test', '--config.file=alertmanager.yml', ...labels], home);
      expect([status, output.split('\n')[0]]).toEqual([0, receiver]);
    });
  });
});
