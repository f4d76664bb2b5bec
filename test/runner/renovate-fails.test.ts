import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { projectRoot } from '../support/fixtures.ts';
import { runRunner, type RunnerRun } from './harness.ts';
import { filesWith } from './support/leaks.ts';

/** A Renovate that fails in every way a process can; none may lose or double a project, or fail the others. */
const command = [process.execPath, join(projectRoot, 'test/runner/support/fake-renovate.mjs')];
const files = { 'renovate.json': '{}' };

function namesOf(run: RunnerRun): Record<string, string> {
  return Object.fromEntries(run.report?.projects.map(({ path, outcome, attempts }) => [path.replace('g/', ''), `${outcome} ${attempts}`]) ?? []);
}

function leftovers(sandbox: Sandbox): string[] {
  return readdirSync(sandbox.folder).filter((name) => name.startsWith('renovate-argocd-'));
}

describe('one batch with every failure', () => {
  const ways = ['throws', 'exits', 'aborts', 'killed', 'silent', 'heap', 'hog', 'garbage', 'leaks', 'invalid', 'dead', 'unheard', 'fine'];
  let sandbox: Sandbox;
  let run: RunnerRun;

  beforeAll(async () => {
    sandbox = await startSandbox({ projects: () => ways.map((way, index) => ({ path: `g/${String.fromCharCode(97 + index)}-${way}`, files })) });
    run = await runRunner(sandbox, ['run'], { config: { groups: ['g'], command, retries: 1, memory: 256, batch: { stall: 0.05 }, report: { coverage: false } } });
  }, 120_000);
  afterAll(() => sandbox.close());

  it('each project has one result, by the log and not by the exit code', () => {
    expect(namesOf(run)).toEqual({
      'a-throws': 'crashed 2',
      'b-exits': 'crashed 2',
      'c-aborts': 'crashed 2',
      'd-killed': 'killed 2',
      'e-silent': 'hung 1',
      'f-heap': 'out-of-memory 2',
      'g-hog': 'out-of-memory 2',
      'h-garbage': 'done 1',
      'i-leaks': 'done 1',
      'j-invalid': 'config-validation 1',
      'k-dead': 'external-host-error 2',
      'l-unheard': 'unknown 1',
      'm-fine': 'done 1',
    });
  });

  it('exit 1, a remedy for each, and the last words of a crash', () => {
    expect(run.exit).toBe(1);
    expect(run.report?.projects.filter(({ status, remedy }) => status === 'failed' && remedy === null)).toEqual([]);
    expect(run.report?.projects[0]?.message).toContain('something upstream is undefined');
  });

  it('a token that Renovate says goes no further', () => {
    expect(run.report?.projects.find(({ path }) => path === 'g/i-leaks')?.warnings[0]).toContain('https://oauth2:**redacted**@gitlab.example.com');
    expect([filesWith(run.cwd, sandbox.gitlab.token), run.stdout.includes(sandbox.gitlab.token), run.stderr.includes(sandbox.gitlab.token)]).toEqual([[], false, false]);
  });

  it('leaves no folder behind', () => {
    expect(leftovers(sandbox)).toEqual([]);
  });
});

describe('a signal', () => {
  let sandbox: Sandbox;
  const config = { groups: ['g'], command, concurrency: 1, report: { coverage: false } };

  beforeAll(async () => {
    sandbox = await startSandbox({ projects: () => ['a-slow', 'b-slow', 'c-slow', 'd-silent'].map((name) => ({ path: `g/${name}`, files })) });
  });
  afterAll(() => sandbox.close());

  it('lets the project in work come to its end, and no other begin', async () => {
    const stopped = await runRunner(sandbox, ['run'], { config, onStderr: (text, kill) => void (text.includes('[1/') && kill('SIGTERM')) });
    expect(namesOf(stopped)).toEqual({ 'a-slow': 'done 1', 'b-slow': 'done 1', 'c-slow': 'interrupted 0', 'd-silent': 'interrupted 0' });
    expect([stopped.exit, stopped.report?.interrupted]).toEqual([1, true]);
    expect(leftovers(sandbox)).toEqual([]);
  }, 30_000);

  it('ends what does not come to its end in time', async () => {
    const stopped = await runRunner(sandbox, ['run', '--project', 'g/d-silent'], { config: { ...config, drain: 0.2 }, ...killWhenLogged(sandbox) });
    expect(namesOf(stopped)).toEqual({ 'd-silent': 'interrupted 1' });
  }, 30_000);
});

/** Sends SIGTERM once the log of the batch says that the project has begun. */
function killWhenLogged(sandbox: Sandbox): { readonly cwd: string; onStart(pid: number): void } {
  const cwd = mkdtempSync(join(sandbox.folder, 'runner-'));
  return {
    cwd,
    onStart: (pid) => {
      const timer = setInterval(() => {
        if (!logOf(cwd).includes('Repository started')) return;
        clearInterval(timer);
        process.kill(pid, 'SIGTERM');
      }, 20);
    },
  };
}

function logOf(cwd: string): string {
  try {
    return readFileSync(join(cwd, 'renovate-report/logs/batch-001.ndjson'), 'utf8');
  } catch {
    return '';
  }
}

describe('a full disk', () => {
  let sandbox: Sandbox;
  let run: RunnerRun;

  beforeAll(async () => {
    sandbox = await startSandbox({ projects: () => [{ path: 'g/fine', files }] });
    const cwd = mkdtempSync(join(sandbox.folder, 'runner-'));
    mkdirSync(join(cwd, 'renovate-report/logs'), { recursive: true });
    symlinkSync('/dev/full', join(cwd, 'renovate-report/report.json.new'));
    symlinkSync('/dev/full', join(cwd, 'renovate-report/logs/batch-001.ndjson'));
    writeFileSync(join(cwd, 'renovate-report/report.json'), '"the last one"');
    run = await runRunner(sandbox, ['run'], { cwd, config: { groups: ['g'], command, report: { coverage: false } } });
  });
  afterAll(() => sandbox.close());

  it('the report stands on stdout, the last one on disk is as it was, and the error says what to do', () => {
    expect(run.exit).toBe(3);
    expect(run.stdout).toContain('1 project, 1 done');
    expect(run.stderr).toContain('error[output-unwritable]');
    expect(run.stderr).toContain('ENOSPC');
    expect(readFileSync(join(run.cwd, 'renovate-report/report.json'), 'utf8')).toBe('"the last one"');
  });
});
