import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { jobsIn, temporaryStores } from './support/stores.ts';

const stores = temporaryStores();
afterAll(stores.remove);

const PROJECTS = 60;
const SCRIPT = fileURLToPath(new URL('support/to-be-killed.ts', import.meta.url));

/** Runs it until it has said so many lines, then kills it without a word; null: until it ends by itself. */
async function workUntil(path: string, lines: number | null): Promise<string | null> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, path, String(PROJECTS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = 0;
  createInterface(child.stdout).on('line', () => {
    said += 1;
    if (said === lines) child.kill('SIGKILL');
  });
  const { promise, resolve } = Promise.withResolvers<string | null>();
  child.on('close', (_exit, signal) => resolve(signal));
  return promise;
}

it('killed again and again, it does every job exactly once', async () => {
  const path = stores.path();
  const kills = [1, 7, 2, 30, 11];
  const ends: (string | null)[] = [];
  for (const lines of [...kills, null]) ends.push(await workUntil(path, lines));
  expect(ends).toEqual([...kills.map(() => 'SIGKILL'), null]);
  const jobs = jobsIn(stores.open(path));
  expect(jobs.filter((job) => !/ done done by start(?: lost \d)?$/.test(job))).toEqual([]);
  expect(new Set(jobs.map((job) => job.split(' ')[0])).size).toBe(PROJECTS);
  expect(jobs).toHaveLength(PROJECTS);
  expect(jobs.some((job) => job.endsWith('lost 1'))).toBe(true);
});

it('a project that kills it each time is given up, and all others are done', async () => {
  const path = stores.path();
  // the first project of the queue, each time: it comes alone and last after the first kill
  for (const lines of [1, 2 * (PROJECTS - 1) + 1, 1]) await workUntil(path, lines);
  expect(await workUntil(path, null)).toBeNull();
  const jobs = jobsIn(stores.open(path));
  expect(jobs).toHaveLength(PROJECTS);
  expect(jobs.filter((job) => !job.endsWith(' done done by start'))).toEqual(['group/project-0 failed crashed by start lost 3']);
});
