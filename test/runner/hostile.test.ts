import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { application } from '../support/application.ts';
import { runRunner, type RunnerRun } from './harness.ts';

/** Names and texts that want to be more than text, through the real Renovate, real git and every form of the report. */
const CANARY = 'canary';
const TITLE = `it's "quoted" $(touch ${CANARY}) \`touch ${CANARY}\` <script>alert(1)</script> | @all !1 日本語 \u001b[31mred \u202egnp.exe`;
const FILES = [`applications/with space/$(touch ${CANARY}).yaml`, `applications/it's {braced}/日本語.yaml`, 'applications/-rf.yaml'];
/** Git lists it in quotes, and Renovate finds no such file: a version that nobody keeps up to date. */
const UNSEEN = 'applications/with "quotes".yaml';

let sandbox: Sandbox;
let run: RunnerRun;

beforeAll(async () => {
  sandbox = await startSandbox({
    charts: { helm: { stable: { db: { '2.0.0': 90, '2.0.1': 30 }, web: { '1.0.0': 90, '1.1.0': 30 } } } },
    projects: (charts) => [
      {
        path: 'hostile/names_.-x',
        name: TITLE,
        description: `line one\nline two $(touch ${CANARY})`,
        files: {
          'renovate.json': JSON.stringify({
            extends: ['local>platform/renovate-argocd//presets/managers/application'],
            prHourlyLimit: 0,
            labels: [`$(touch ${CANARY})`, 'a"b', '日本語'],
            prBodyNotes: [`\n\n/merge\n/assign @all\n<img src=x onerror=alert(1)>`],
            packageRules: [{ matchManagers: ['argocd'], commitMessageTopic: TITLE }, { matchUpdateTypes: ['minor'], groupName: `gr\nup; touch ${CANARY} && 日本語` }],
          }),
          [FILES[0]!]: application('db', '2.0.0', charts.helm('stable')),
          [FILES[1]!]: application('web', '1.0.0', charts.helm('stable')),
          [FILES[2]!]: application('db', '2.0.0', charts.helm('stable')),
          [UNSEEN]: application('db', '2.0.0', charts.helm('stable')),
        },
      },
    ],
  });
  run = await runRunner(sandbox, ['run'], { config: { groups: ['hostile'] } });
}, 120_000);
afterAll(() => sandbox.close());

it('is run like any other', () => {
  expect([run.exit, run.report?.projects.map(({ outcome }) => outcome)]).toEqual([0, ['done']]);
  const opened = run.report?.projects[0]?.opened ?? [];
  expect(opened.map(({ title }) => title)).toEqual([expect.stringContaining(CANARY), expect.stringContaining(CANARY)]);
  expect(FILES.map((file) => opened.some(({ branch }) => sandbox.gitlab.file('hostile/names_.-x', file, branch)?.includes('2.0.1') === true || sandbox.gitlab.file('hostile/names_.-x', file, branch)?.includes('1.1.0') === true))).toEqual([true, true, true]);
});

it('a file that Renovate does not find is counted as what it is', () => {
  expect(run.report?.projects[0]?.coverage).toMatchObject({ pins: 4, managed: 3, unmanaged: 1 });
  expect(sandbox.gitlab.branches('hostile/names_.-x').map((branch) => sandbox.gitlab.file('hostile/names_.-x', UNSEEN, branch)?.includes('2.0.0'))).not.toContain(false);
});

it('nothing of it was executed', () => {
  expect([run.cwd, sandbox.folder, process.cwd()].filter((folder) => existsSync(join(folder, CANARY)))).toEqual([]);
});

it('on a terminal it stays on its line, and colours and turns nothing', () => {
  expect(`${run.stdout}${run.stderr}`).not.toMatch(/\u001b|\u202e/);
  expect(run.stdout.split('\n').filter((line) => /^(?:line two|up; touch|\/merge)/.test(line))).toEqual([]);
});

it.each([
  ['report.html', 'touch', /<script>alert|<img src=x/],
  ['report.md', 'touch', /<script>|^\/merge|(?<!\\)@all/m],
  ['junit.xml', 'hostile', /<script>|\u001b/],
])('%s holds it as text', (file, word, live) => {
  const text = readFileSync(join(run.cwd, 'renovate-report', file), 'utf8');
  expect(text).toContain(word);
  expect(text).not.toMatch(live);
});
