import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { main } from '../../../src/cli/main.ts';
import { run, type Outcome } from './harness.ts';

let folder: string;
let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'renovate-argocd-init-')));
  folder = join(home, 'cluster');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const PROJECT = ['--project', 'platform/cluster-config'];

function init(...argv: string[]): Promise<Outcome> {
  return run(['init', 'cluster', ...argv], { cwd: home });
}

function files(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
}

function text(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function put(path: string, content: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function git(...args: string[]): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
}

interface Answer {
  readonly directory: string;
  readonly done: boolean;
  readonly dryRun: boolean;
  readonly values: Record<string, unknown>;
  readonly files: readonly { readonly path: string; readonly state: string; readonly reason: string | null }[];
}

async function answered(...argv: string[]): Promise<Answer> {
  return JSON.parse((await init('--format', 'json', ...argv)).stdout) as Answer;
}

const ALL = [
  '.gitignore',
  '.gitlab-ci.yml',
  'README.md',
  'alerting/argocd-applications.yaml',
  'alerting/argocd-metrics.yaml',
  'alerting/gitlab-alerts-secret.yaml.example',
  'alerting/gitlab-webhook.yaml',
  'applications/Chart.yaml',
  'applications/templates/app-alerting.yaml',
  'applications/templates/app-argo-cd.yaml',
  'applications/templates/app-cert-manager.yaml',
  'applications/templates/app-kube-prometheus-stack.yaml',
  'applications/templates/app-metrics-server.yaml',
  'applications/templates/app-traefik.yaml',
  'applications/values.yaml',
  'argocd-bootstrap.yml',
  'argocd-kustomize/kustomization.yaml',
  'argocd-kustomize/namespace.yaml',
  'argocd-kustomize/repository-secret.yaml.example',
  'argocd-kustomize/values.yaml',
  'renovate.json',
  'runner.json5',
];

describe('what it writes', () => {
  it('a new folder, and nothing else in it', async () => {
    const { exit, stdout, stderr } = await init(...PROJECT);
    expect(files()).toEqual(ALL);
    expect(stdout).toContain('22 files written');
    expect([exit, stderr]).toEqual([0, '']);
  });

  it('the current folder when none is named', async () => {
    mkdirSync(folder);
    expect((await run(['init', ...PROJECT], { cwd: folder })).exit).toBe(0);
    expect(files()).toEqual(ALL);
  });

  it.each([[[]], [['--policy', 'fast']], [['--argocd-host', 'argocd.example.com', '--branch', 'live', '--destination', 'https://10.0.0.1:6443', '--gitlab', 'https://gitlab.example.com', '--tag', 'a "b" # {{ x }}']]])('no placeholder and no condition is left: %j', async (argv) => {
    await init(...PROJECT, ...argv);
    expect(files().filter((path) => /__[A-Z_]+__|@if /.test(text(path)))).toEqual([]);
  });

  it('the same a second time: nothing changes', async () => {
    await init(...PROJECT);
    const times = ALL.map((path) => statSync(join(folder, path)).mtimeMs);
    const { exit, stdout } = await init(...PROJECT);
    expect(stdout).toContain('All of it is there: nothing was written.');
    expect(exit).toBe(0);
    expect(ALL.map((path) => statSync(join(folder, path)).mtimeMs)).toEqual(times);
  });

  it('only what is missing of it', async () => {
    await init(...PROJECT);
    rmSync(join(folder, 'alerting'), { recursive: true });
    expect((await init(...PROJECT)).stdout).toContain('4 files written');
    expect(files()).toEqual(ALL);
  });

  it('nothing with --dry-run, not even the folder', async () => {
    const { exit, stdout } = await init('--dry-run', ...PROJECT);
    expect(stdout).toContain('22 files would be written');
    expect([exit, readdirSync(home)]).toEqual([0, []]);
  });

  it('one JSON document', async () => {
    const answer = await answered(...PROJECT, '--gitlab', 'https://gitlab.example.com');
    expect(answer).toMatchObject({
      version: 1,
      directory: folder,
      dryRun: false,
      done: true,
      values: { gitlab: 'https://gitlab.example.com', project: 'platform/cluster-config', presets: 'local>platform/renovate-argocd', policy: 'standard', argocdNamespace: 'argocd', tags: [] },
    });
    expect(answer.files).toEqual(ALL.map((path) => ({ path, state: 'written', reason: null })));
  });
});

describe('what is there is never overwritten', () => {
  it('another file stops all of it, and is named', async () => {
    put('README.md', 'mine');
    const { exit, stdout } = await init(...PROJECT);
    expect(stdout).toMatch(/– README\.md +is there already, and different/);
    expect(stdout).toContain('Nothing was written: 1 file is in the way');
    expect([exit, files(), text('README.md')]).toEqual([1, ['README.md'], 'mine']);
  });

  it('--keep writes what is missing beside it', async () => {
    put('README.md', 'mine');
    const { exit, stdout } = await init('--keep', ...PROJECT);
    expect(stdout).toContain('21 files written, 1 left as they were');
    expect([exit, files(), text('README.md')]).toEqual([0, ALL, 'mine']);
  });

  it('other values a second time are other files', async () => {
    await init(...PROJECT);
    const answer = await answered(...PROJECT, '--argocd-host', 'argocd.example.com');
    expect(answer.done).toBe(false);
    expect(answer.files.filter(({ state }) => state !== 'same')).toEqual([
      { path: 'README.md', state: 'left', reason: 'is there already, and different' },
      { path: 'argocd-kustomize/values.yaml', state: 'left', reason: 'is there already, and different' },
    ]);
  });

  it('a symbolic link is not followed, wherever it leads', async () => {
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(join(home, 'elsewhere/README.md'), 'mine');
    mkdirSync(folder);
    symlinkSync(join(home, 'elsewhere'), join(folder, 'applications'));
    symlinkSync(join(home, 'elsewhere/README.md'), join(folder, 'README.md'));
    symlinkSync(join(home, 'nowhere'), join(folder, 'renovate.json'));
    expect((await init(...PROJECT)).exit).toBe(1);
    const answer = await answered('--keep', ...PROJECT);
    expect(new Map(answer.files.filter(({ state }) => state === 'left').map(({ path, reason }) => [path.split('/')[0], reason]))).toEqual(
      new Map([
        ['README.md', 'is a symbolic link'],
        ['applications', 'applications is a symbolic link'],
        ['renovate.json', 'is a symbolic link'],
      ]),
    );
    expect([readdirSync(join(home, 'elsewhere')), readdirSync(home).sort()]).toEqual([['README.md'], ['cluster', 'elsewhere']]);
    expect(lstatSync(join(folder, 'applications')).isSymbolicLink()).toBe(true);
  });

  it('DIR itself may be a link', async () => {
    mkdirSync(join(home, 'real'));
    symlinkSync(join(home, 'real'), folder);
    expect((await answered(...PROJECT)).directory).toBe(join(home, 'real'));
  });

  it('a file where a folder is needed, and a folder where a file is', async () => {
    put('alerting', 'a file');
    put('renovate.json/a', '');
    const answer = await answered(...PROJECT);
    expect(answer.files.filter(({ reason }) => reason !== null).map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      'alerting/argocd-applications.yaml alerting is no folder',
      'alerting/argocd-metrics.yaml alerting is no folder',
      'alerting/gitlab-alerts-secret.yaml.example alerting is no folder',
      'alerting/gitlab-webhook.yaml alerting is no folder',
      'renovate.json is no file',
    ]);
  });

  it('what somebody left beside a target is not taken away', async () => {
    put('renovate.json.renovate-argocd', 'mine');
    const { exit, stderr } = await init(...PROJECT);
    expect(stderr).toContain('error[output-unwritable]: renovate.json cannot be written (EEXIST)');
    expect([exit, text('renovate.json.renovate-argocd')]).toEqual([3, 'mine']);
  });
});

describe('a folder that cannot be', () => {
  it.each([
    ['a file', 'file', 2, 'error[directory-missing]: file is a file, not a directory'],
    ['a name that is too long', 'a'.repeat(300), 2, 'cannot be looked at (ENAMETOOLONG)'],
    ['one below a file', 'file/cluster', 3, 'file/cluster/.gitignore cannot be looked at (ENOTDIR)'],
  ])('%s', async (_name, directory, code, message) => {
    writeFileSync(join(home, 'file'), '');
    const { exit, stderr, stdout } = await run(['init', directory, ...PROJECT], { cwd: home });
    expect(stderr).toContain(message);
    expect([exit, stdout]).toEqual([code, '']);
  });
});

describe('values', () => {
  it.each<[string, string[], Record<string, unknown>]>([
    ['gitlab.com has the published presets, pinned', [], { gitlab: 'https://gitlab.com', presets: expect.stringMatching(/^gitlab>renovate-argocd\/renovate-argocd#v\d+\.\d+\.\d+$/) as string, alertUrl: 'https://gitlab.com/platform/cluster-config/prometheus/alerts/notify.json' }],
    ['another GitLab has those of the first group', ['--gitlab', 'https://gitlab.example.com/'], { gitlab: 'https://gitlab.example.com', presets: 'local>platform/renovate-argocd' }],
    ['the last of an option counts', ['--policy', 'fast', '--policy', 'manual'], { policy: 'manual' }],
    ['tags add up', ['--tag', 'a', '--tag', 'b c'], { tags: ['a', 'b c'] }],
  ])('%s', async (_name, argv, values) => {
    expect((await answered('--dry-run', ...PROJECT, ...argv)).values).toMatchObject(values);
  });

  it.each<[string, string, unknown]>([
    ['standard', 'renovate.json', ['local>a/b#v1']],
    ['manual', 'renovate.json', ['local>a/b#v1', 'local>a/b//presets/policy/manual#v1']],
    ['fast', 'renovate.json', ['local>a/b#v1', 'local>a/b//presets/policy/fast#v1']],
  ])('the policy %s is what renovate.json extends, in three lines', async (policy, path, expected) => {
    await init(...PROJECT, '--presets', 'local>a/b#v1', '--policy', policy);
    expect((JSON.parse(text(path)) as { extends: unknown }).extends).toEqual(expected);
    expect(text(path).split('\n')).toHaveLength(4);
  });

  it.each<[string, string[], RegExp]>([
    ['no project at all', [], /error\[usage\]: nothing says which project of GitLab this repository is\n.*--project GROUP\/PROJECT/],
    ['a project that would be a Helm action', ['--project', 'a/{{ .Values.x }}'], /error\[usage\]: --project: the path of a project is of the form GROUP\/PROJECT/],
    ['an address with a comment in it', [...PROJECT, '--gitlab', 'https://gitlab.com #'], /--gitlab: GitLab's address is of the form/],
    ['a namespace over two lines', [...PROJECT, '--argocd-namespace', 'a\nkind: Secret'], /--argocd-namespace: a name has/],
    ['a policy that is none', [...PROJECT, '--policy', 'manul'], /--policy: it is one of standard, manual, fast\n.*Did you mean manual\?/],
    ['an address that takes no alerts', [...PROJECT, '--alert-url', 'https://gitlab.com/a/b'], /--alert-url: .* ends in \/prometheus\/alerts\/notify\.json/],
    ['a tag over two lines', [...PROJECT, '--tag', 'a\nb'], /--tag: a tag is a text on one line/],
    ['two folders', [...PROJECT, 'other'], /takes one directory/],
  ])('refuses %s', async (_name, argv, message) => {
    const { exit, stderr } = await init(...argv);
    expect(stderr).toMatch(message);
    expect([exit, readdirSync(home)]).toEqual([2, []]);
  });

  it('a password in an address is not repeated', async () => {
    const { stderr, exit } = await init(...PROJECT, '--gitlab', 'https://u:s3cret@gitlab.com');
    expect(stderr).toContain("--gitlab: GitLab's address has no user or password in it");
    expect([exit, stderr.includes('s3cret')]).toEqual([2, false]);
  });
});

describe('in a git repository', () => {
  it.each([
    ['https://token:s3cret@gitlab.example.com/platform/clusters/one.git', 'https://gitlab.example.com', 'platform/clusters/one'],
    ['git@gitlab.com:platform/one.git', 'https://gitlab.com', 'platform/one'],
  ])('takes GitLab and project from the remote', async (remote, gitlab, project) => {
    git('init', '--quiet');
    git('remote', 'add', 'origin', remote);
    const { stdout, stderr } = await init('--format', 'json');
    expect((JSON.parse(stdout) as Answer).values).toMatchObject({ gitlab, project });
    expect(`${stdout}${stderr}${files().map(text).join('')}`).not.toContain('s3cret');
  });

  it('options win, and the project of one GitLab is none of another', async () => {
    git('init', '--quiet');
    git('remote', 'add', 'origin', 'git@gitlab.com:platform/one.git');
    expect((await answered('--dry-run', '--project', 'a/b')).values).toMatchObject({ project: 'a/b' });
    expect((await init('--gitlab', 'https://gitlab.example.com')).stderr).toContain('nothing says which project');
  });

  it.each(['/srv/git/one.git', 'git@gitlab.com:a/$(id)'])('the remote %s says nothing', async (remote) => {
    git('init', '--quiet');
    git('remote', 'add', 'origin', remote);
    expect((await init()).exit).toBe(2);
  });

  it('a folder of another repository is no place for it, and has not its remote', async () => {
    git('init', '--quiet', '.');
    git('remote', 'add', 'origin', 'git@gitlab.com:platform/one.git');
    mkdirSync(join(folder, 'inner'));
    const { stderr, exit } = await run(['init', 'inner'], { cwd: folder });
    expect(stderr).toContain('is a folder of the git repository');
    expect(exit).toBe(2);
  });
});

describe('on a terminal', () => {
  async function asked(argv: readonly string[], answers: readonly (string | null)[]): Promise<Outcome & { readonly questions: string[] }> {
    const questions: string[] = [];
    const written = { stdout: '', stderr: '' };
    const left = [...answers];
    const exit = await main(['init', 'cluster', ...argv], {
      cwd: home,
      env: {},
      stdoutIsTty: true,
      stderrIsTty: true,
      now: () => 0,
      stdout: (out) => void (written.stdout += out),
      stderr: (out) => void (written.stderr += out),
      ask: async (question) => {
        questions.push(question);
        return left.shift() ?? null;
      },
    });
    return { exit, ...written, questions };
  }

  it('asks what is not said, and an empty answer takes the default', async () => {
    const { exit, questions } = await asked([], ['https://gitlab.example.com', 'platform/cluster', '', 'fast', '', '']);
    expect(questions).toEqual([
      "GitLab's address [https://gitlab.com]: ",
      'Path of the project there that holds this repository: ',
      "Where Renovate finds this package's presets [local>platform/renovate-argocd]: ",
      'What merges by itself: standard (patches, after three days), manual (nothing), fast (minors, too) [standard]: ',
      'Address of the cluster to deploy to, as Argo CD knows it [https://kubernetes.default.svc]: ',
      'Host name for Argo CD, empty for none: ',
    ]);
    expect(exit).toBe(0);
    expect(JSON.parse(text('renovate.json'))).toEqual({ extends: ['local>platform/renovate-argocd', 'local>platform/renovate-argocd//presets/policy/fast'] });
  });

  it('asks again until the answer can be used', async () => {
    const { exit, questions, stderr } = await asked(['--gitlab', 'https://gitlab.com', '--presets', 'local>a/b', '--policy', 'manual', '--destination', 'https://a.example', '--argocd-host', 'argocd.example.com'], ['', 'cluster', ' a/b ']);
    expect(questions).toHaveLength(3);
    expect(stderr.match(/the path of a project is of the form/g)).toHaveLength(2);
    expect(exit).toBe(0);
    expect(parse(text('argocd-bootstrap.yml'))).toMatchObject({ spec: { source: { repoURL: 'https://gitlab.com/a/b.git' } } });
  });

  it('writes nothing when the questions are broken off', async () => {
    const { exit, stderr } = await asked([], ['https://gitlab.com', null]);
    expect(stderr).toContain('the questions were broken off; nothing was written');
    expect([exit, readdirSync(home)]).toEqual([3, []]);
  });

  it('asks nothing with --yes', async () => {
    const { exit, questions } = await asked(['--yes', ...PROJECT], []);
    expect([exit, questions]).toEqual([0, []]);
  });
});
