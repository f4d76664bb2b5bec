import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { jobsIn, temporaryStores } from './support/stores.ts';

const stores = temporaryStores();
afterAll(stores.remove);

const PROJECTS = 60;
const SCRIPT = fileURLToPath(new URL('support/to-be-killed.ts', import.meta.url));

interface Kill {
  /** After so many lines, wherever it is then. */
  readonly lines?: number;
  /** While it works on this project. */
  readonly during?: string;
}

/** How it ended: the signal or the exit code. */
async function work(path: string, { lines, during = '' }: Kill): Promise<string | number | null> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, path, String(PROJECTS), during], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = 0;
  createInterface(child.stdout).on('line', (line) => {
    said += 1;
    if (said === lines || line === `began ${during}`) child.kill('SIGKILL');
    else child.stdin.write('\n');
  });
  const { promise, resolve } = Promise.withResolvers<string | number | null>();
  child.on('close', (exit, signal) => resolve(signal ?? exit));
  return promise;
}

it('killed again and again, it does every job exactly once', async () => {
  const path = stores.path();
  const kills: readonly Kill[] = [{ lines: 1 }, { lines: 7 }, { during: 'group/project-30' }, { lines: 2 }, { lines: 12 }];
  for (const kill of kills) expect(await work(path, kill)).toBe('SIGKILL');
  expect(await work(path, {})).toBe(0);
  const jobs = jobsIn(stores.open(path));
  expect(jobs.filter((job) => !/ done done by start(?: lost \d)?$/.test(job))).toEqual([]);
  expect(new Set(jobs.map((job) => job.split(' ')[0])).size).toBe(PROJECTS);
  expect(jobs).toHaveLength(PROJECTS);
  expect(jobs).toContain('group/project-30 done done by start lost 1');
});

it('a project that kills it each time is given up, and all others are done', async () => {
  const path = stores.path();
  const during = 'group/project-7';
  for (const attempt of [1, 2, 3]) expect([attempt, await work(path, { during })]).toEqual([attempt, 'SIGKILL']);
  expect(await work(path, { during })).toBe(0);
  const jobs = jobsIn(stores.open(path));
  expect(jobs).toHaveLength(PROJECTS);
  expect(jobs.filter((job) => !job.endsWith(' done done by start'))).toEqual(['group/project-7 failed crashed by start lost 3']);
});
